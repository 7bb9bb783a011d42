package tui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"editorial/internal/office"
)

func itoa(n int) string { return strconv.Itoa(n) }

// hit is where a title was found.
type hit struct{ lane, index int }

// hits returns the placements whose titles hold a text, in order of time and
// platform.
func (m *model) hits(text string) []hit {
	var all []hit
	for l := range m.board.lanes {
		for i, e := range m.board.lanes[l].entries {
			if e.placed != nil && contains(title(*e.placed), text) {
				all = append(all, hit{l, i})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b hit) int {
		return m.board.lanes[a.lane].entries[a.index].at.Compare(m.board.lanes[b.lane].entries[b.index].at)
	})
	return all
}

// after compares a hit with the cursor, in the order of hits.
func (m *model) after(h hit) int {
	at := m.board.lanes[h.lane].entries[h.index].at
	return cmp.Or(at.Compare(m.goal), h.lane-m.lane, h.index-m.index)
}

// contains reports whether a title holds a text; case and accents do not count.
func contains(title, text string) bool { return strings.Contains(fold(title), fold(text)) }

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '’':
			return '\''
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// leftTitle names a post that is left out.
func leftTitle(l office.Left) string {
	return title(office.Placement{Key: l.Key, Post: l.Post})
}
