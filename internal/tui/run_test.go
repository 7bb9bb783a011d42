package tui

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// breaking is a model that panics: where says in what.
type breaking struct{ where string }

func (b breaking) Init() tea.Cmd {
	return func() tea.Msg {
		if b.where == "beside" {
			panic("boom")
		}
		return tea.PasteMsg{}
	}
}

func (b breaking) Update(tea.Msg) (tea.Model, tea.Cmd) {
	if b.where == "update" {
		panic("boom")
	}
	if b.where == "batch" {
		one := func() tea.Msg { panic("boom") }
		return b, tea.Batch(one, one)
	}
	return b, nil
}

func (b breaking) View() tea.View {
	if b.where == "view" {
		panic("boom")
	}
	return tea.View{Content: "calm", AltScreen: true}
}

// output is what a terminal is sent.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// TestGuarded_givesTheTerminalBack: whatever panics, the terminal leaves the
// other screen, and the error says it.
func TestGuarded_givesTheTerminalBack(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"update", "view", "beside", "batch"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var out output
			g := &guarded{model: breaking{where}, stop: stop}
			_, err := tea.NewProgram(g, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(&out), tea.WithWindowSize(80, 24), tea.WithoutSignalHandler()).Run()
			if !errors.Is(err, tea.ErrProgramKilled) || errors.Is(err, tea.ErrProgramPanic) {
				t.Errorf("ended with %v", err)
			}
			if g.broken == nil || !strings.Contains(g.broken.Error(), "boom") {
				t.Errorf("says %v", g.broken)
			}
			sent := out.b.String()
			if in, out := strings.LastIndex(sent, "\x1b[?1049h"), strings.LastIndex(sent, "\x1b[?1049l"); in > out {
				t.Errorf("stays on the other screen: %q", sent)
			}
			if hide, show := strings.LastIndex(sent, "\x1b[?25l"), strings.LastIndex(sent, "\x1b[?25h"); hide > show {
				t.Errorf("the cursor stays hidden: %q", sent)
			}
		})
	}
}
