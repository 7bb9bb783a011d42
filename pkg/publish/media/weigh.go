package media

import (
	"strconv"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// CodeEmpty says that there is nothing in a file.
const CodeEmpty problem.Code = "platform-file-empty"

// Weigh finds what is wrong with the length of a file: it is empty, or has more
// bytes than most; 0 is no limit. Both are errors. kind is the platform.
func Weigh(kind string, m platform.Media, most int64) []problem.Problem {
	found := problem.Problem{Severity: problem.Error, Params: problem.Params{"platform": kind, "path": m.Path}}
	switch {
	case m.Bytes <= 0:
		found.Code = CodeEmpty
	case most > 0 && m.Bytes > most:
		found.Code = CodeLargeFile
		found.Params["bytes"], found.Params["limit"] = strconv.FormatInt(m.Bytes, 10), strconv.FormatInt(most, 10)
	default:
		return nil
	}
	return []problem.Problem{found}
}

// Whole is [Weigh] for all files of a post, each of which is sent from memory.
func Whole(kind string, p platform.Post) []problem.Problem {
	var all []problem.Problem
	for _, m := range p.Media {
		for _, found := range Weigh(kind, m, MaxWhole) {
			found.Position = problem.Position{File: p.File}
			all = append(all, found)
		}
	}
	return all
}
