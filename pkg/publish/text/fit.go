package text

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// Codes of findings.
const (
	CodeTooLong  problem.Code = "platform-text-too-long"
	CodeNothing  problem.Code = "platform-nothing-to-say"
	CodePartLong problem.Code = "platform-part-too-long"
)

func (r Rule) fits(s string) bool {
	return (r.Limit == 0 || r.Count(s) <= r.Limit) && (r.Bytes == 0 || len(s) <= r.Bytes)
}

func (r Rule) part(s string) platform.Part {
	return platform.Part{Text: s, Count: r.Count(s), Limit: r.Limit, Unit: r.Unit}
}

func compose(p platform.Post, r Rule) ([]platform.Part, []problem.Problem) {
	if len(p.Texts) > 0 && r.Threads > 0 {
		return own(p.Texts, r)
	}
	if s := strings.TrimSpace(publish.Clean(p.Text)); s != "" {
		if p.Link != "" && !r.NoLink && !strings.Contains(s, p.Link) && !strings.Contains(s, p.Canonical) {
			s += "\n\n" + p.Link
		}
		parts, problems := own([]string{s}, r)
		return parts, problems
	}
	s := derive(p, r)
	if s == "" {
		return nil, []problem.Problem{{Position: problem.Position{File: p.File}, Code: CodeNothing, Params: problem.Params{"platform": r.Kind}}}
	}
	return []platform.Part{r.part(s)}, nil
}

// own are texts that a person wrote: none is cut.
func own(texts []string, r Rule) (parts []platform.Part, problems []problem.Problem) {
	for i, s := range texts {
		s = strings.TrimSpace(publish.Clean(s))
		part := r.part(s)
		parts = append(parts, part)
		if r.fits(s) {
			continue
		}
		count, limit := part.Count, part.Limit
		if r.Limit == 0 || count <= limit {
			count, limit = len(s), r.Bytes
		}
		code := CodeTooLong
		if len(texts) > 1 {
			code = CodePartLong
		}
		problems = append(problems, problem.Problem{Code: code, Params: problem.Params{
			"platform": r.Kind, "part": strconv.Itoa(i + 1), "count": strconv.Itoa(count), "limit": strconv.Itoa(limit),
		}})
	}
	return parts, problems
}

// derive makes the text: what counts most is taken first, and what has no room
// left is left out or, if it is the lead, cut.
func derive(p platform.Post, r Rule) string {
	var tail []string
	if p.Link != "" && !r.NoLink {
		tail = append(tail, p.Link)
	}
	tags := ""
	if !r.NoTags {
		for i, tag := range p.Tags {
			if i == r.Tags {
				break
			}
			if t := Hashtag(tag); t != "" {
				tags = strings.TrimSpace(tags + " " + t)
			}
		}
	}
	join := func(lead []string, withTags bool) string {
		all := append(append([]string{}, lead...), tail...)
		if withTags && tags != "" {
			all = append(all, tags)
		}
		return strings.Join(all, "\n\n")
	}
	var lead []string
	for i, s := range []string{p.Title, p.Question, p.Summary, p.Invite} {
		s = strings.TrimSpace(publish.Clean(s))
		if s == "" {
			continue
		}
		if next := append(append([]string{}, lead...), s); r.fits(join(next, i == 0)) {
			lead = next
		} else if len(lead) == 0 {
			lead = []string{Cut(s, func(cut string) bool { return r.fits(join([]string{cut}, false)) })}
		}
	}
	for tags != "" && !r.fits(join(lead, true)) {
		tags = tags[:max(0, strings.LastIndexByte(tags, ' '))]
	}
	return strings.TrimSpace(join(lead, true))
}

// Cut shortens a text until it fits, at the end of a word where there is one,
// never inside what people see as one character.
func Cut(s string, fits func(string) bool) string {
	if fits(s) {
		return s
	}
	var ends []int
	it := graphemes.FromString(s)
	for n := 0; it.Next(); {
		n += len(it.Value())
		ends = append(ends, n)
	}
	for i := len(ends) - 1; i >= 0; i-- {
		cut := s[:ends[i]]
		if !fits(strings.TrimRight(cut, " \n,;:.") + "…") {
			continue
		}
		if at := strings.LastIndexAny(cut, " \n"); at > len(cut)/2 && i < len(ends)-1 && s[ends[i]] != ' ' {
			cut = cut[:at]
		}
		return strings.TrimRight(cut, " \n,;:.") + "…"
	}
	return ""
}

// Hashtag makes "#veloCargo" of "vélo cargo": letters and digits of any script.
func Hashtag(tag string) string {
	var b strings.Builder
	for i, word := range strings.FieldsFunc(tag, func(r rune) bool { return !wordRune(r) }) {
		if i > 0 {
			first, size := utf8.DecodeRuneInString(word)
			word = strings.ToUpper(string(first)) + word[size:]
		}
		b.WriteString(word)
	}
	if b.Len() == 0 {
		return ""
	}
	return "#" + b.String()
}
