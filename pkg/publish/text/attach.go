package text

import (
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// Codes of findings about files.
const (
	CodeLeftOut   problem.Code = "platform-media-left-out"
	CodeTooMany   problem.Code = "platform-media-too-many"
	CodeLargeFile problem.Code = "platform-file-too-large"
	CodeLongAlt   problem.Code = "platform-alt-too-long"
	CodeNoAlt     problem.Code = "platform-no-alt"
	CodeNotPublic problem.Code = "platform-file-not-public"
)

// Files is which files a platform takes beside a text.
type Files struct {
	// Kind is the platform, for findings.
	Kind string
	// Types are the MIME types that it takes.
	Types []string
	// Most is the most files of one post, Bytes the most bytes of one of them; 0
	// is no limit.
	Most  int
	Bytes int64
	// Public are platforms that fetch files themselves, from where everybody can.
	Public bool
	// Alt is the most characters of an alternative text: 0 is no limit, -1 are
	// platforms that have none.
	Alt int
}

// Attach returns the files that go out with a post, the first ones in their
// order, and what is wrong: a file that is too large is an error, one that is left
// out or that says nothing to those who cannot see it a warning.
func Attach(all []platform.Media, r Files) (taken []platform.Media, problems []problem.Problem) {
	found := func(code problem.Code, severity problem.Severity, params problem.Params) {
		params["platform"] = r.Kind
		problems = append(problems, problem.Problem{Code: code, Severity: severity, Params: params})
	}
	over := 0
	for _, m := range all {
		switch {
		case !slices.Contains(r.Types, m.Type):
			found(CodeLeftOut, problem.Warning, problem.Params{"path": m.Path, "type": m.Type})
		case r.Public && !strings.HasPrefix(m.URL, "https://"):
			found(CodeNotPublic, problem.Warning, problem.Params{"path": m.Path})
		case r.Most == 0 || len(taken) < r.Most:
			taken = append(taken, m)
		default:
			over++
		}
	}
	if over > 0 {
		found(CodeTooMany, problem.Warning, problem.Params{"count": strconv.Itoa(len(taken) + over), "limit": strconv.Itoa(len(taken))})
	}
	for _, m := range taken {
		if r.Bytes > 0 && m.Bytes > r.Bytes {
			found(CodeLargeFile, problem.Error, problem.Params{"path": m.Path, "bytes": strconv.FormatInt(m.Bytes, 10), "limit": strconv.FormatInt(r.Bytes, 10)})
		}
		switch n := Characters(m.Alt); {
		case r.Alt < 0:
		case strings.TrimSpace(m.Alt) == "":
			found(CodeNoAlt, problem.Warning, problem.Params{"path": m.Path})
		case r.Alt > 0 && n > r.Alt:
			found(CodeLongAlt, problem.Error, problem.Params{"path": m.Path, "count": strconv.Itoa(n), "limit": strconv.Itoa(r.Alt)})
		}
	}
	return taken, problems
}
