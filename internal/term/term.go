// Package term is what the commands know of the screen: its width, whether it
// shows colours, and how wide text stands on it.
//
// Colours are used only on a terminal, never under NO_COLOR or TERM=dumb, and
// never alone: what a colour says, a word or a sign says too.
package term

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
	"golang.org/x/term"
)

// DefaultWidth is the width of what is no terminal.
const DefaultWidth = 80

// Screen is where a command prints.
type Screen struct {
	// Width in columns, at least 20.
	Width int
	// Colour says whether styles are written.
	Colour bool
	// Terminal says whether a person looks at it.
	Terminal bool
}

// Open looks at where out leads. COLUMNS gives the width of a pipe, and wins
// over that of a terminal; getenv looks up the environment.
func Open(out io.Writer, getenv func(string) string) Screen {
	s := Screen{Width: DefaultWidth}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.Terminal = true
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			s.Width = w
		}
	}
	if w, err := strconv.Atoi(getenv("COLUMNS")); err == nil && w > 0 {
		s.Width = w
	}
	s.Width = max(s.Width, 20)
	s.Colour = s.Terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	return s
}

// IsTerminal reports whether a file is a terminal.
func IsTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// Style is how text looks.
type Style string

// The styles, named after what they are for.
const (
	Title   Style = "1"    // bold
	Quiet   Style = "2"    // dim
	Good    Style = "32"   // green
	Caution Style = "33"   // yellow
	Bad     Style = "31"   // red
	Today   Style = "1;36" // bold cyan
	New     Style = "36"   // cyan
)

// Paint returns text in a style, or as it is where that is "" or the screen has
// no colours.
func (s Screen) Paint(style Style, text string) string {
	if !s.Colour || text == "" || style == "" {
		return text
	}
	return "\x1b[" + string(style) + "m" + text + "\x1b[0m"
}

// Width returns the columns that text without styles takes.
func Width(text string) int { return displaywidth.String(text) }

// Cut returns text in at most width columns, the cut marked by "…". It never
// cuts inside a character as people see it.
func Cut(text string, width int) string {
	if Width(text) <= width {
		return text
	}
	if width < 1 {
		return ""
	}
	return strings.TrimRight(displaywidth.TruncateString(text, width-1, ""), " ") + "…"
}

// Fit returns text cut or filled with spaces to exactly width columns.
func Fit(text string, width int) string {
	text = Cut(text, width)
	// Twice, as a mark that stands before its letter (U+0601) takes a space for it.
	for range 2 {
		text += strings.Repeat(" ", max(0, width-Width(text)))
	}
	return text
}

// Wrap breaks text into lines of at most width columns, at spaces where there
// are any, and at most limit lines (0: as many as it takes), the last of them
// cut. Empty text has no lines.
func Wrap(text string, width, limit int) []string {
	var lines []string
	line := ""
	words := fields(text)
	for i, word := range words {
		if line != "" && Width(line)+1+Width(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = word
		if limit > 0 && len(lines) == limit-1 {
			line = strings.Join(words[i:], " ")
			break
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	for i := range lines {
		lines[i] = Cut(lines[i], width)
	}
	return lines
}

// fields parts text at its spaces, but not at those that must not break a line.
func fields(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
	})
}

// Flow breaks text into lines of at most width columns at its spaces, so that a
// word, a path or an address that is longer stays whole.
func Flow(text string, width int) []string {
	var lines []string
	for _, word := range fields(text) {
		if last := len(lines) - 1; last >= 0 && Width(lines[last])+1+Width(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// Bar draws part of whole as a bar of width columns. What goes beyond the
// whole is drawn as an arrow at the end.
func Bar(part, whole, width int) string {
	if width <= 0 {
		return ""
	}
	if whole <= 0 {
		if part > 0 {
			return strings.Repeat("█", width-1) + "▶"
		}
		return strings.Repeat("░", width)
	}
	if part > whole {
		return strings.Repeat("█", width-1) + "▶"
	}
	full := (part*width + whole/2) / whole
	return strings.Repeat("█", full) + strings.Repeat("░", width-full)
}
