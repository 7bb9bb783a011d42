package media

import (
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Codes of findings about files.
const (
	CodeLeftOut   problem.Code = "platform-media-left-out"
	CodeTooMany   problem.Code = "platform-media-too-many"
	CodeLargeFile problem.Code = "platform-file-too-large"
	CodeTooLong   problem.Code = "platform-media-too-long"
	CodeTooShort  problem.Code = "platform-media-too-short"
	CodeLongAlt   problem.Code = "platform-alt-too-long"
	CodeNoAlt     problem.Code = "platform-no-alt"
	CodeNotPublic problem.Code = "platform-file-not-public"
)

// AnyAlt is the Alt of a [Rule] of a platform that takes descriptions of any length.
const AnyAlt = -1

// Rule is what a platform takes beside a text.
type Rule struct {
	// Kind is the platform, for findings.
	Kind string
	// Types are the MIME types it takes, each with its most bytes; 0 is no limit.
	Types map[string]int64
	// Most is the most files of one post; 0 is no limit.
	Most int
	// Alone are types of which one file stands alone, without others.
	Alone func(mime string) bool
	// Public are platforms that fetch files themselves, from where everybody can.
	Public bool
	// MinSeconds and MaxSeconds bound films and sounds; 0 is no bound.
	MinSeconds, MaxSeconds int
	// Alt is the longest description in characters, or [AnyAlt]; 0: the platform
	// takes none.
	Alt int
	// Described are types whose descriptions it takes; nil: pictures.
	Described func(mime string) bool
}

// Same gives types of files that share a limit.
func Same(limit int64, types ...string) map[string]int64 {
	all := map[string]int64{}
	for _, t := range types {
		all[t] = limit
	}
	return all
}

// Choose returns the files that the platform takes, in their order, and what
// there is to say of them: files that it does not take are left out with a
// warning, those that are empty or too large are errors; one that says nothing to those
// who cannot see it is a warning.
func Choose(files []platform.Media, r Rule) (taken []platform.Media, problems []problem.Problem) {
	find := func(s problem.Severity, code problem.Code, params problem.Params) {
		params["platform"] = r.Kind
		problems = append(problems, problem.Problem{Severity: s, Code: code, Params: params})
	}
	over := 0
	for _, m := range files {
		_, ok := r.Types[m.Type]
		switch {
		case !ok:
			find(problem.Warning, CodeLeftOut, problem.Params{"path": m.Path, "type": m.Type})
		case r.Public && !strings.HasPrefix(m.URL, "https://"):
			find(problem.Warning, CodeNotPublic, problem.Params{"path": m.Path})
		case r.full(taken, m):
			over++
		default:
			taken = append(taken, m)
		}
	}
	if over > 0 {
		find(problem.Warning, CodeTooMany, problem.Params{"count": strconv.Itoa(len(taken) + over), "limit": strconv.Itoa(len(taken))})
	}
	for _, m := range taken {
		r.measure(m, find)
		r.hear(m, find)
	}
	return taken, problems
}

// full reports whether a file has no room beside those that are taken.
func (r Rule) full(taken []platform.Media, m platform.Media) bool {
	if len(taken) == 0 {
		return false
	}
	return r.Most > 0 && len(taken) >= r.Most || r.Alone != nil && (r.Alone(m.Type) || r.Alone(taken[0].Type))
}

// measure finds what is empty, too large, too long or too short of a file.
func (r Rule) measure(m platform.Media, find func(problem.Severity, problem.Code, problem.Params)) {
	for _, p := range Weigh(r.Kind, m, r.Types[m.Type]) {
		find(p.Severity, p.Code, p.Params)
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
}

// hear finds what a file says too little or too much of itself.
func (r Rule) hear(m platform.Media, find func(problem.Severity, problem.Code, problem.Params)) {
	described := strings.HasPrefix(m.Type, "image/")
	if r.Described != nil {
		described = r.Described(m.Type)
	}
	switch n := text.Characters(m.Alt); {
	case r.Alt == 0 || !described:
	case strings.TrimSpace(m.Alt) == "":
		find(problem.Warning, CodeNoAlt, problem.Params{"path": m.Path})
	case r.Alt > 0 && n > r.Alt:
		find(problem.Error, CodeLongAlt, problem.Params{"path": m.Path, "count": strconv.Itoa(n), "limit": strconv.Itoa(r.Alt)})
	}
}
