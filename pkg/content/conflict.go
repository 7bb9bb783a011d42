package content

import (
	"bytes"
	"strconv"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// checkConflicts reports what git left where two branches changed the same
// lines, and whether the front matter is among it. What stands in a fenced
// block of code of the body is an example.
func (p *Post) checkConflicts(src []byte, f frontMatter, code problem.Code) (front bool) {
	conflicts := value.Conflicts(src)
	if len(conflicts) == 0 || code == CodeUTF16 {
		return false
	}
	bodyLine := 1 + countLines(src[:f.body])
	if code != "" {
		bodyLine = 1 + countLines(src) // no body is known
	}
	fenced := fencedLines(src[f.body:], bodyLine)
	for _, c := range conflicts {
		if c.First >= bodyLine && fenced[c.First] {
			continue
		}
		front = front || c.First < bodyLine
		p.problem(problem.Position{File: p.Path, Line: c.First, Col: 1}, CodeConflict, problem.Params{
			"last": strconv.Itoa(c.Last), "ours": c.Ours, "theirs": c.Theirs,
		})
	}
	return front
}

// fencedLines returns the lines inside fenced blocks of code, a body's first
// line being the given one.
func fencedLines(body []byte, first int) map[int]bool {
	lines := map[int]bool{}
	var fence []byte
	for line := range bytes.Lines(body) {
		text := bytes.TrimSpace(line)
		switch {
		case fence != nil && bytes.HasPrefix(text, fence) && len(bytes.Trim(text, string(fence[:1]))) == 0:
			fence = nil
		case fence != nil:
			lines[first] = true
		case bytes.HasPrefix(text, []byte("```")), bytes.HasPrefix(text, []byte("~~~")):
			fence = text[:len(text)-len(bytes.TrimLeft(text, string(text[:1])))]
		}
		first++
	}
	return lines
}
