package week

import (
	"strconv"
	"unicode/utf8"
)

// In tenths of a millimetre: the least height of the weeks of a month on A4
// and on Letter, that of the numbers of the days, and what is between entries.
const (
	gridHeight = 1440
	dayHeight  = 48
	betweenTwo = 6
)

// layout is how the entries of a month stand on paper.
type layout struct {
	// size is the name of the size of type, line its height in tenths of a
	// millimetre, chars about how many characters a line of a day takes.
	size        string
	line, chars int
	// most is how many lines a title has at most.
	most int
}

// layouts are tried from the most comfortable on.
func layouts() []layout {
	return []layout{
		{"large", 34, 23, 5}, {"large", 34, 23, 4}, {"large", 34, 23, 3}, {"medium", 31, 25, 3}, {"large", 34, 23, 2}, {"medium", 31, 25, 2},
		{"small", 28, 27, 2}, {"medium", 31, 25, 1}, {"small", 28, 27, 1},
	}
}

// ahead is about how many characters stand before a title: time, badge, sign.
const ahead = 12

// density is the most comfortable layout with which all weeks stand on one
// sheet; of the last one even if they do not: the weeks that are left go on
// the next sheet.
func density(weeks []sheetWeek) string {
	var l layout
	for _, l = range layouts() {
		height := 0
		for _, w := range weeks {
			most := 0
			for _, d := range w.Days {
				day := 0
				for _, e := range d.Entries {
					lines := 1
					if !e.Free {
						lines = min(l.most, 1+(ahead+utf8.RuneCountInString(e.Title)-1)/l.chars)
					}
					day += lines*l.line + betweenTwo
				}
				most = max(most, day)
			}
			height += dayHeight + max(most, l.line)
		}
		if height <= gridHeight {
			break
		}
	}
	return l.size + " lines" + strconv.Itoa(l.most)
}
