package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/term"
	"editorial/pkg/words"
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

// TestRun_keysAndPlanningAtOnce: keys come faster than plans; for the race
// detector, too.
func TestRun_keysAndPlanningAtOnce(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	o, err := loader(dir)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out output
	in, keys := io.Pipe()
	go func() {
		for _, key := range strings.Split("j p u p j m j j \r c q l h / n u m \r i q H q o q q y", " ") {
			if _, err := io.WriteString(keys, key); err != nil {
				return
			}
		}
	}()
	result, err := Run(t.Context(), Terminal{In: in, Out: &out, Environ: []string{"TERM=xterm-256color"}}, Options{
		Office: o, Load: loader(dir), Words: words.New(words.English), Screen: term.Screen{Width: 80, Colour: true},
	})
	if err != nil || result.Lost == 0 || len(result.Agreed) > 0 {
		t.Errorf("%+v, %v", result, err)
	}
	if !strings.Contains(out.b.String(), "\x1b[?1049l") {
		t.Error("it stays on the other screen")
	}
}

// TestRun_endsWithItsContext: a signal ends it, and the error is the context's.
func TestRun_endsWithItsContext(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	o, err := loader(dir)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out output
	in, _ := io.Pipe()
	_, err = Run(ctx, Terminal{In: in, Out: &out}, Options{Office: o, Load: loader(dir), Words: words.New(words.French), Screen: term.Screen{Width: 80}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}
