package week

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// badge stands for a platform: short letters, and one of eight looks.
type badge struct {
	Text string
	Look int
}

// looks is how many looks of badges there are.
const looks = 8

// badges gives each platform the shortest beginning of its name that no other
// one has, and a number where four letters do not tell.
func badges(platforms []Platform) map[string]badge {
	all := make(map[string]badge, len(platforms))
	for i, p := range platforms {
		name := []rune(text("", p.Name))
		mark := strconv.Itoa(i + 1)
		for n := 1; n <= min(4, len(name)); n++ {
			begin := strings.ToLower(string(name[:n]))
			if !slices.ContainsFunc(platforms, func(q Platform) bool {
				return q.Name != p.Name && strings.HasPrefix(strings.ToLower(text("", q.Name)), begin)
			}) {
				short := []rune(begin)
				mark = string(unicode.ToUpper(short[0])) + string(short[1:])
				break
			}
		}
		all[p.Name] = badge{mark, i % looks}
	}
	return all
}
