package article

import (
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// Codes of findings.
const (
	CodeNothing problem.Code = "blog-nothing-to-say"
	CodeNoTitle problem.Code = "blog-no-title"
	CodeNoAlt   problem.Code = "blog-no-alt"
)

// Validate finds what keeps a post from a blog, and what its readers would miss
// there.
func Validate(kind string, p platform.Post) []problem.Problem {
	var all []problem.Problem
	find := func(s problem.Severity, code problem.Code, params problem.Params) {
		params["platform"] = kind
		all = append(all, problem.Problem{Position: problem.Position{File: p.File}, Code: code, Severity: s, Params: params})
	}
	if strings.TrimSpace(HTML(p)) == "" {
		find(problem.Error, CodeNothing, problem.Params{})
	}
	if strings.TrimSpace(p.Title) == "" {
		find(problem.Warning, CodeNoTitle, problem.Params{})
	}
	for _, m := range p.Media {
		if strings.HasPrefix(m.Type, "image/") && strings.TrimSpace(m.Alt) == "" {
			find(problem.Warning, CodeNoAlt, problem.Params{"value": m.Name})
		}
	}
	return all
}
