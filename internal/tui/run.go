package tui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
)

// Terminal is where the calendar is shown.
type Terminal struct {
	In      io.Reader
	Out     io.Writer
	Environ []string
}

// Run shows the calendar until somebody leaves it, and gives the terminal back
// as it was, whatever ends it. The error is the context's where that has ended.
func Run(ctx context.Context, on Terminal, opts Options) (Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	m := newModel(ctx, opts, opts.Office.Draft())
	g := &guarded{model: m, stop: stop}
	program := tea.NewProgram(g,
		tea.WithContext(ctx), tea.WithInput(on.In), tea.WithOutput(on.Out), tea.WithEnvironment(on.Environ),
		tea.WithoutSignalHandler(), // the context ends at a signal
	)
	_, err := program.Run()
	m.result.Lost = m.edits()
	switch {
	case g.broken != nil:
		return m.result, g.broken
	case errors.Is(err, tea.ErrProgramKilled) && context.Cause(ctx) != nil:
		return m.result, context.Cause(ctx)
	case err != nil:
		return m.result, fmt.Errorf("show calendar: %w", err)
	}
	return m.result, nil
}

// guarded is a model that ends the program when something panics, so that the
// terminal is given back and a sentence says it.
type guarded struct {
	model  tea.Model
	stop   func()
	broken error
}

// fault is what panicked beside the keys.
type fault struct{ value any }

func (g *guarded) caught(value any) {
	if g.broken == nil {
		g.broken = fmt.Errorf("calendar on the screen: %v", value)
	}
	g.stop()
}

// Init begins.
func (g *guarded) Init() tea.Cmd { return g.guard(g.model.Init()) }

// Update takes a message.
func (g *guarded) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			g.caught(r)
			next, cmd = g, nil
		}
	}()
	if f, ok := msg.(fault); ok {
		g.caught(f.value)
		return g, nil
	}
	_, cmd = g.model.Update(msg)
	return g, g.guard(cmd)
}

// View draws.
func (g *guarded) View() (v tea.View) {
	defer func() {
		if r := recover(); r != nil {
			g.caught(r)
			v = tea.View{AltScreen: true}
		}
	}()
	return g.model.View()
}

// guard makes a panic beside the keys a message.
func (g *guarded) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = fault{r}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.guard(batch[i])
			}
		}
		return msg
	}
}
