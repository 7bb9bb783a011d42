package value

import (
	"bytes"
	"strings"
)

// Conflict is what git leaves in a file that two branches changed in the same
// lines: theirs and ours, between marks.
type Conflict struct {
	// First and Last are the lines of the outer marks, from 1.
	First, Last int
	// Ours and Theirs are the names of the branches, as the marks have them.
	Ours, Theirs string
}

// Conflicts returns the conflicts of a file, in order: all three marks, each at
// the beginning of a line, so that no underlined heading is taken for one.
func Conflicts(src []byte) []Conflict {
	if !bytes.Contains(src, []byte("<<<<<<<")) {
		return nil
	}
	var all []Conflict
	var c Conflict
	var parted bool
	n := 0
	for line := range bytes.Lines(src) {
		n++
		kind, name := ConflictMark(strings.TrimRight(string(line[:min(len(line), 200)]), "\r\n"))
		switch {
		case kind == '<':
			c, parted = Conflict{First: n, Ours: name}, false
		case kind == '=' && c.First > 0:
			parted = true
		case kind == '>' && parted:
			c.Last, c.Theirs = n, name
			all = append(all, c)
			c, parted = Conflict{}, false
		}
	}
	return all
}

// ConflictMark returns the character of a line that git writes around a
// conflict (0 for any other line), one of "<|=>", and the name of the branch
// after it.
func ConflictMark(line string) (kind byte, name string) {
	for _, c := range []byte("<|=>") {
		rest, ok := strings.CutPrefix(line, strings.Repeat(string(c), 7))
		if ok && (rest == "" || rest[0] == ' ') {
			return c, strings.TrimSpace(rest)
		}
	}
	return 0, ""
}
