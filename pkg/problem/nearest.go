package problem

import "strings"

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
	for _, k := range known {
		if len(k) > 4*(len(runes)+limit) {
			continue // too long to be near, whatever its letters
		}
		if d := distance(runes, []rune(strings.ToLower(k))); d <= limit && (best == "" || d < limit) {
			best, limit = k, d
		}
	}
	return best
}

// distance is the optimal string alignment distance (Damerau–Levenshtein
// without repeated edits of one substring).
func distance(a, b []rune) int {
	var before []int // the row two above
	above := make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
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
		before, above = above, row
	}
	return above[len(b)]
}
