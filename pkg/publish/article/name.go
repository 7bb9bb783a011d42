package article

import (
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// Address is the last part of a post's address, at most so many bytes. Whoever
// has none gets one that follows from the key.
func Address(p platform.Post, most int) string {
	s := Slug(p.Slug)
	if s == "" {
		s = Slug(p.Title)
	}
	if s == "" {
		s = "post-" + p.Key.Token(10)
	}
	return strings.Trim(s[:min(len(s), most)], "-")
}

// Names are those of tags or categories, each once, whatever its case, at most
// so many characters long.
func Names(list []string, most int) []string {
	var all []string
	seen := map[string]bool{}
	for _, n := range list {
		n = strings.Join(strings.Fields(publish.Clean(n)), " ")
		if r := []rune(n); len(r) > most {
			n = strings.TrimSpace(string(r[:most]))
		}
		if low := strings.ToLower(n); n != "" && !seen[low] {
			seen[low], all = true, append(all, n)
		}
	}
	return all
}

// Long are the parameters of a finding about something that is too long.
func Long(kind string, count, limit int) problem.Params {
	return problem.Params{"platform": kind, "count": strconv.Itoa(count), "limit": strconv.Itoa(limit)}
}
