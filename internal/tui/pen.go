package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"editorial/internal/term"
	"editorial/pkg/words"
)

// here is the style of what the cursor is on; a sign says it, too.
const here term.Style = "7"

// pen writes text on the screen: nothing that a terminal would obey. It counts
// columns as the renderer does, which is as the terminal does: by characters,
// or by signs where the terminal says so (mode 2027).
type pen struct {
	screen  term.Screen
	columns ansi.Method
}

// width is how many columns a text takes, its styles left aside.
func (p pen) width(text string) int { return p.columns.StringWidth(text) }

// cut is text in at most width columns, "…" where something is cut off.
func (p pen) cut(text string, width int) string {
	if p.width(text) <= width {
		return text
	}
	return p.columns.Truncate(text, max(0, width), "…")
}

// pad is text cut or filled with spaces to exactly width columns.
func (p pen) pad(text string, width int) string {
	text = p.cut(plain(text), width)
	return text + strings.Repeat(" ", max(0, width-p.width(text)))
}

// wrap breaks text into lines of at most width columns at its spaces, but not
// at those that must not break a line.
func (p pen) wrap(text string, width int) []string {
	var lines []string
	for _, word := range strings.FieldsFunc(plain(text), func(r rune) bool { return r == ' ' }) {
		if last := len(lines) - 1; last >= 0 && p.width(lines[last])+1+p.width(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// ink writes text as wide as it is.
func (p pen) ink(style term.Style, text string) string { return p.screen.Paint(style, plain(text)) }

// fit writes text on exactly width columns.
func (p pen) fit(style term.Style, text string, width int) string {
	if width <= 0 {
		return ""
	}
	return p.screen.Paint(style, p.pad(text, width))
}

// plain is text as one line of characters that all terminals show alike: those
// that join emoji to one sign, which some draw as one and others as several,
// are left out.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x200d, r >= 0xfe00 && r <= 0xfe0f, r >= 0x1f3fb && r <= 0x1f3ff, r >= 0xe0020 && r <= 0xe007f, r == 0x20e3:
			return -1 // joiner, variations, skin, tags, keycap
		case r >= 0x1f1e6 && r <= 0x1f1ff:
			return 'A' + r - 0x1f1e6 // the letters of a flag
		}
		return r
	}, words.Inert(text))
}

// para is a piece of text that is broken at the width of its pane.
type para struct {
	style term.Style
	// mark stands before the first line, and its width before the others.
	mark, text string
}

// flow breaks paragraphs into lines of at most width columns.
func (p pen) flow(paras []para, width int) []string {
	var lines []string
	for _, a := range paras {
		mark := plain(a.mark)
		wide := p.width(mark)
		broken := p.wrap(a.text, max(8, width-wide))
		if len(broken) == 0 {
			broken = []string{""}
		}
		for _, line := range broken {
			lines = append(lines, p.screen.Paint(a.style, p.cut(mark+line, width)))
			mark = strings.Repeat(" ", wide)
		}
	}
	return lines
}
