package media

import (
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Codes of findings, besides those of package text.
const (
	CodeTooLong  problem.Code = "platform-media-too-long"
	CodeTooShort problem.Code = "platform-media-too-short"
)

// Rule is what a platform takes beside a text.
type Rule struct {
	// Kind is the platform, for findings.
	Kind string
	// Types are the MIME types it takes, each with its most bytes; 0 is no limit.
	Types map[string]int64
	// Most is the most files of one post.
	Most int
	// Alone are types of which one file stands alone, without others.
	Alone func(mime string) bool
	// MinSeconds and MaxSeconds bound films and sounds; 0 is no bound.
	MinSeconds, MaxSeconds int
	// Alt is the longest description in characters; 0: the platform takes none.
	Alt int
}

// Choose returns the files that the platform takes, in their order, and what
// there is to say of them: files that it does not take are left out with a
// warning, those that are too large are errors.
func Choose(files []platform.Media, r Rule) (taken []platform.Media, problems []problem.Problem) {
	find := func(s problem.Severity, code problem.Code, params problem.Params) {
		params["platform"] = r.Kind
		problems = append(problems, problem.Problem{Severity: s, Code: code, Params: params})
	}
	over := 0
	for _, m := range files {
		limit, ok := r.Types[m.Type]
		if !ok {
			find(problem.Warning, text.CodeLeftOut, problem.Params{"path": m.Path, "type": m.Type})
			continue
		}
		if len(taken) >= r.Most || len(taken) > 0 && r.Alone != nil && (r.Alone(m.Type) || r.Alone(taken[0].Type)) {
			over++
			continue
		}
		taken = append(taken, m)
		r.measure(m, limit, find)
	}
	if over > 0 {
		find(problem.Warning, text.CodeTooMany, problem.Params{"count": strconv.Itoa(len(taken) + over), "limit": strconv.Itoa(len(taken))})
	}
	return taken, problems
}

func (r Rule) measure(m platform.Media, limit int64, find func(problem.Severity, problem.Code, problem.Params)) {
	if limit > 0 && m.Bytes > limit {
		find(problem.Error, text.CodeLargeFile, problem.Params{"path": m.Path, "bytes": strconv.FormatInt(m.Bytes, 10), "limit": strconv.FormatInt(limit, 10)})
	}
	bound := func(code problem.Code, limit int) {
		find(problem.Error, code, problem.Params{"path": m.Path, "seconds": strconv.Itoa(m.Seconds), "limit": strconv.Itoa(limit)})
	}
	switch {
	case m.Seconds == 0: // not known
	case r.MaxSeconds > 0 && m.Seconds > r.MaxSeconds:
		bound(CodeTooLong, r.MaxSeconds)
	case m.Seconds < r.MinSeconds:
		bound(CodeTooShort, r.MinSeconds)
	}
	if r.Alt == 0 || !strings.HasPrefix(m.Type, "image/") {
		return
	}
	switch n := text.Characters(m.Alt); {
	case n == 0:
		find(problem.Warning, text.CodeNoAlt, problem.Params{"path": m.Path})
	case n > r.Alt:
		find(problem.Error, text.CodeLongAlt, problem.Params{"path": m.Path, "count": strconv.Itoa(n), "limit": strconv.Itoa(r.Alt)})
	}
}
