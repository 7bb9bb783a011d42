package problem

import (
	"strings"
	"unicode/utf8"
)

// Nearest returns the name among known that a person who typed name most
// likely meant, or "" when none is near: at most one edit (an insertion, a
// deletion, a substitution, a swap of neighbours) for every three letters, and
// never more than three. Upper and lower case count as the same. Of equally
// near names the first wins.
func Nearest(name string, known []string) string {
	runes := []rune(strings.ToLower(name))
	if len(runes) > 64 {
		return ""
	}
	best, limit := "", min(3, max(1, len(runes)/3))
	var rows [3][]int
	var other []rune
	for _, k := range known {
		if n := utf8.RuneCountInString(k); n > len(runes)+limit+2 || n < len(runes)-limit-2 {
			continue // too long or too short, whatever lower case makes of it
		}
		other = other[:0]
		for _, r := range strings.ToLower(k) {
			other = append(other, r)
		}
		if d := distance(runes, other, &rows); d <= limit && (best == "" || d < limit) {
			best, limit = k, d
		}
	}
	return best
}

// distance is the optimal string alignment distance (Damerau–Levenshtein
// without repeated edits of one substring). The rows are room to work in.
func distance(a, b []rune, rows *[3][]int) int {
	for i := range rows {
		if cap(rows[i]) <= len(b) {
			rows[i] = make([]int, 2*len(b)+1)
		}
		rows[i] = rows[i][:len(b)+1]
	}
	before, above, row := rows[0], rows[1], rows[2]
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
