package assisted

import (
	"cmp"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Codes of findings, all warnings: files that the platform does not take beside
// the others, a title that is cut.
const (
	CodeMedia problem.Code = "platform-too-many-files"
	CodeTitle problem.Code = "platform-title-cut"
)

// Format is what a post is on a kind of platform, for a person to post.
type Format struct {
	kind  string
	limit limit
}

// New returns the format of a kind of platform, by its name in configurations;
// one without a name here has no limits.
func New(kind string) Format { return Format{kind, limits(kind)} }

// Caps says that only a person can tell what became of it.
func (f Format) Caps() platform.Caps {
	return platform.Caps{
		Kind: f.kind, Guarantee: platform.AskAfterLoss, Threads: f.limit.rule.Threads > 1, Media: f.limit.media,
	}
}

// Validate finds what does not fit.
func (f Format) Validate(p platform.Post) []problem.Problem {
	_, problems := f.compose(p)
	if n := f.limit.media; n > 0 && len(p.Media) > n {
		problems = append(problems, problem.Problem{Code: CodeMedia, Severity: problem.Warning, Params: problem.Params{
			"platform": f.kind, "count": strconv.Itoa(len(p.Media)), "limit": strconv.Itoa(n),
		}})
	}
	if title := f.title(p); f.limit.titled && title != whole(p) {
		problems = append(problems, problem.Problem{Code: CodeTitle, Severity: problem.Warning, Params: problem.Params{
			"platform": f.kind, "count": strconv.Itoa(text.Characters(whole(p))), "limit": strconv.Itoa(f.limit.titles),
		}})
	}
	return problems
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	parts, problems := f.compose(p)
	if len(parts) == 0 {
		return platform.Message{}, platform.Refuse(platform.Invalid, string(problems[len(problems)-1].Code), "")
	}
	m := platform.Message{Kind: f.kind, Parts: parts, Media: p.Media, FirstComment: p.FirstComment}
	if n := f.limit.media; n > 0 && len(m.Media) > n {
		m.Media = m.Media[:n]
	}
	if f.limit.titled {
		m.Title = f.title(p)
	}
	return m, nil
}

// compose makes the text. A title that stands in a field of its own is not said
// again, unless there is nothing else.
func (f Format) compose(p platform.Post) ([]platform.Part, []problem.Problem) {
	if f.limit.whole && strings.TrimSpace(p.Text) == "" {
		p.Text, p.Texts = cmp.Or(p.Markdown, p.Plain), nil
	}
	if !f.limit.titled {
		return text.Compose(p, f.limit.rule)
	}
	untitled := p
	untitled.Title = ""
	if parts, problems := text.Compose(untitled, f.limit.rule); len(parts) > 0 {
		return parts, problems
	}
	return text.Compose(p, f.limit.rule)
}

func (f Format) title(p platform.Post) string {
	return text.Cut(whole(p), func(s string) bool { return f.limit.titles == 0 || text.Characters(s) <= f.limit.titles })
}

func whole(p platform.Post) string { return publish.Spaces(p.Lang, publish.Line(p.Title)) }
