package term_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"editorial/internal/term"
)

func TestCutAndFit_countColumnsNotBytes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		width int
		cut   string
	}{
		{"Été", 3, "Été"},
		{"Été à Paris", 6, "Été à…"},
		{"日本語", 6, "日本語"},
		{"日本語", 5, "日本…"},
		{"🚲 vélo", 4, "🚲…"},
		{"👨‍👩‍👧‍👦 famille", 2, "…"},
		{"abc", 0, ""},
	} {
		if got := term.Cut(tt.text, tt.width); got != tt.cut {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.text, tt.width, got, tt.cut)
		}
		if got := term.Width(term.Fit(tt.text, tt.width)); got != tt.width {
			t.Errorf("Fit(%q, %d) is %d wide", tt.text, tt.width, got)
		}
	}
}

func TestWrap_keepsEveryWordUpToTheLimit(t *testing.T) {
	t.Parallel()
	text := "Régler ses freins avant l’hiver en dix minutes"
	if got := strings.Join(term.Wrap(text, 14, 0), "|"); got != "Régler ses|freins avant|l’hiver en dix|minutes" {
		t.Errorf("got %q", got)
	}
	if got := strings.Join(term.Wrap(text, 14, 2), "|"); got != "Régler ses|freins avant…" {
		t.Errorf("got %q", got)
	}
	if got := strings.Join(term.Wrap("anticonstitutionnellement", 10, 2), "|"); got != "anticonst…" {
		t.Errorf("got %q", got)
	}
	if got := strings.Join(term.Wrap("Quel est l’outil\u202f?", 17, 0), "|"); got != "Quel est|l’outil\u202f?" {
		t.Errorf("got %q: a line begins with a mark", got)
	}
	if got := term.Wrap("  ", 10, 2); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestBar_isAlwaysAsWideAsAsked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		part, whole int
		want        string
	}{
		{0, 10, "░░░░"}, {5, 10, "██░░"}, {10, 10, "████"}, {11, 10, "███▶"}, {0, 0, "░░░░"}, {1, 0, "███▶"},
	} {
		if got := term.Bar(tt.part, tt.whole, 4); got != tt.want {
			t.Errorf("Bar(%d, %d) = %q, want %q", tt.part, tt.whole, got, tt.want)
		}
	}
}

func TestOpen_pipeHasNoColourAndTheWidthOfCOLUMNS(t *testing.T) {
	t.Parallel()
	env := map[string]string{"COLUMNS": "120"}
	s := term.Open(&bytes.Buffer{}, func(k string) string { return env[k] })
	if s.Width != 120 || s.Colour || s.Terminal || s.Paint(term.Bad, "x") != "x" {
		t.Errorf("%+v", s)
	}
	if s := term.Open(&bytes.Buffer{}, func(string) string { return "" }); s.Width != term.DefaultWidth {
		t.Errorf("%+v", s)
	}
}

func TestFlow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, nil},
		{"a bb ccc", 4, []string{"a bb", "ccc"}},
		{"see content/a-long-path.md:1:1 now", 8, []string{"see", "content/a-long-path.md:1:1", "now"}},
		{"日本 語", 4, []string{"日本", "語"}},
	} {
		if got := term.Flow(tt.text, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d: %q", tt.text, tt.width, got)
		}
	}
}
