package agreed

import (
	"strconv"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// conflict is what git left where two branches changed the same lines.
type conflict struct {
	since int    // the line of <<<<<<<, 0 outside of a conflict
	ours  string // the name after it
}

// inConflict reports whether the line is one of a conflict. A conflict is one
// problem, whatever its lines say: who mends it chooses among them, and they
// would only be reported as each other's doubles.
func (p *parser) inConflict(line string) bool {
	kind, name := value.ConflictMark(line)
	switch {
	case p.conflict.since == 0 && kind == 0:
		return false
	case p.conflict.since == 0:
		p.started = true
		p.conflict = conflict{since: p.line, ours: name}
		if kind != '<' { // half of a conflict that was mended by halves
			p.conflict.ours = ""
			p.endConflict("")
		}
	case kind == '<': // the end of the one before is missing
		p.line--
		p.endConflict("")
		p.line++
		p.conflict = conflict{since: p.line, ours: name}
	case kind == '>':
		p.endConflict(name)
	}
	return true
}

// endConflict reports the conflict that the present line ends.
func (p *parser) endConflict(theirs string) {
	last := p.line
	p.line = p.conflict.since
	p.report(CodeConflict, 1, problem.Params{"ours": p.conflict.ours, "theirs": theirs, "last": strconv.Itoa(last)})
	p.line = last
	p.conflict = conflict{}
}
