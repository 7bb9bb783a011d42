package config

import (
	"regexp"

	"editorial/pkg/problem"
)

// masked is a text as problems may quote it: of an address nothing that stands
// before its @, where a password would. An @ far behind in an address is not told
// from that one, where a : stands between.
func masked(text string) string {
	text = regexp.MustCompile(`(?i)([a-z][a-z0-9+.-]*://)(?:[^/?#@\s]*|[^@\s]*:\S*)@`).ReplaceAllString(text, "${1}"+hidden+"@")
	return regexp.MustCompile(`^[^\s/:@]*:[^\s/][^\s@]*@`).ReplaceAllString(text, hidden+"@")
}

// maskedAll are parameters as problems may show them.
func maskedAll(params problem.Params) problem.Params {
	all := make(problem.Params, len(params)+1)
	for name, value := range params {
		all[name] = masked(value)
	}
	return all
}
