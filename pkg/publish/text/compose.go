package text

import (
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// Codes of findings.
const (
	CodeTooLong  problem.Code = "platform-text-too-long"
	CodeNothing  problem.Code = "platform-nothing-to-say"
	CodePartLong problem.Code = "platform-part-too-long"
	// Warnings: the link was left out of a person's words; a text was too long
	// for a thread, and a short one takes its place.
	CodeNoRoom     problem.Code = "platform-no-room-for-link"
	CodeThreadLong problem.Code = "platform-thread-too-long"
)

// Rule is how a platform counts, and what it takes.
type Rule struct {
	// Kind is the platform, for findings.
	Kind string
	// Limit is the most of one post by Count, whose unit Unit names
	// ("characters", "graphemes", "weighted", "bytes"). Bytes, unless 0, is the
	// most in bytes of UTF-8 besides.
	Limit int
	Unit  string
	Count func(string) int
	Bytes int
	// Tags is how many tags a text may end with; NoTags those platforms where
	// they mean nothing.
	Tags   int
	NoTags bool
	// NoLink leaves the link out: where it stands beside the text, or is no good.
	NoLink bool
	// Threads lets a longer text become several posts, at most this many; 0 and
	// 1 allow none. Numbered ends each of them with " 1/4"; LinkFirst puts the
	// link into the first and not the last.
	Threads             int
	Numbered, LinkFirst bool
}

// Compose returns what a post says on a platform: the variant's own words, or
// the whole text as a thread where the post wants that, or the title, the
// question, the summary and the invitation as far as there is room, with the
// link and the tags (docs/platform-text.md). What does not fit is an error only
// if a person wrote it for this platform.
func Compose(p platform.Post, r Rule) ([]platform.Part, []problem.Problem) {
	r.Numbered = r.Numbered || p.Numbered
	if texts := ownTexts(p, r); len(texts) > 0 {
		return own(p, texts, r)
	}
	var problems []problem.Problem
	if p.Thread && r.Threads > 1 && strings.TrimSpace(p.Plain) != "" {
		texts, n := thread(p, r)
		if texts != nil {
			return r.parts(texts), nil
		}
		problems = append(problems, problem.Problem{Code: CodeThreadLong, Severity: problem.Warning, Params: problem.Params{
			"platform": r.Kind, "count": strconv.Itoa(n), "limit": strconv.Itoa(r.Threads),
		}})
	}
	s := derive(p, r)
	if s == "" {
		return nil, append(problems, problem.Problem{Code: CodeNothing, Params: problem.Params{"platform": r.Kind}})
	}
	return r.parts([]string{s}), problems
}

func (r Rule) fits(s string) bool {
	return (r.Bytes == 0 || len(s) <= r.Bytes) && (r.Limit == 0 || r.Count(s) <= r.Limit)
}

// parts are texts with how long they are.
func (r Rule) parts(texts []string) []platform.Part {
	parts := make([]platform.Part, len(texts))
	for i, s := range texts {
		parts[i] = platform.Part{Text: s, Count: r.Count(s), Limit: r.Limit, Unit: r.Unit}
	}
	return parts
}

// ownTexts are the words that a person wrote for this platform: one text, or
// those of a thread where it allows some.
func ownTexts(p platform.Post, r Rule) []string {
	clean := func(s string) string { return strings.TrimSpace(publish.Clean(s)) }
	var texts []string
	for _, s := range p.Texts {
		if s = clean(s); s != "" {
			texts = append(texts, s)
		}
	}
	if len(texts) > 0 && (r.Threads > 1 || len(texts) == 1) {
		return texts
	}
	if s := clean(p.Text); s != "" {
		return []string{s}
	}
	if len(texts) > 0 {
		return []string{paragraphs(texts...)}
	}
	return nil
}

// own are texts that a person wrote: none is cut. The address of the post in
// them becomes the one that tells where readers come from; one that is missing
// is added, where there is room.
func own(p platform.Post, texts []string, r Rule) ([]platform.Part, []problem.Problem) {
	var problems []problem.Problem
	if !r.NoLink && p.Link != "" {
		linked := false
		for i, s := range texts {
			var there bool
			texts[i], there = relink(s, p)
			linked = linked || there
		}
		at := len(texts) - 1
		if r.LinkFirst {
			at = 0
		}
		if with := paragraphs(texts[at], p.Link); !linked && r.fits(with) {
			texts[at] = with
		} else if !linked && r.fits(texts[at]) { // else said below
			problems = append(problems, problem.Problem{Code: CodeNoRoom, Severity: problem.Warning, Params: problem.Params{"platform": r.Kind}})
		}
	}
	if r.Threads > 1 && len(texts) > r.Threads {
		problems = append(problems, problem.Problem{Code: CodeThreadLong, Params: problem.Params{
			"platform": r.Kind, "count": strconv.Itoa(len(texts)), "limit": strconv.Itoa(r.Threads),
		}})
	}
	if r.Numbered && len(texts) > 1 {
		for i := range texts {
			texts[i] += number(i, len(texts))
		}
	}
	return r.parts(texts), append(problems, r.tooLong(texts)...)
}

// relink puts the post's link in the place of its plain address; there reports
// that the text has one of the two.
func relink(s string, p platform.Post) (out string, there bool) {
	var b strings.Builder
	at := 0
	for _, sp := range Spans(s) {
		if sp.Kind != Link || sp.Target != p.Link && (p.Canonical == "" || sp.Target != p.Canonical) {
			continue
		}
		b.WriteString(s[at:sp.Start] + p.Link)
		at, there = sp.End, true
	}
	return b.String() + s[at:], there
}

// tooLong says which texts do not fit.
func (r Rule) tooLong(texts []string) []problem.Problem {
	var problems []problem.Problem
	for i, s := range texts {
		if r.fits(s) {
			continue
		}
		count, limit := r.Count(s), r.Limit
		if limit == 0 || count <= limit {
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
	return problems
}
