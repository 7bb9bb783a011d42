package newsletter

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// CodeTooLong is the problem of an edition whose mail is cut where it is read.
const CodeTooLong problem.Code = "newsletter-too-long"

// MaxBytes is the length at which Gmail clips the HTML of a mail: about
// 102 kB.
const MaxBytes = 102_000

// Check returns what would go wrong with the mail of the edition: that it is
// too long, with the posts to shorten. The position is that of the longest;
// its file is a path inside the corpus.
func (m *Mailing) Check(s publish.Site, bodies publish.Bodies) ([]problem.Problem, error) {
	all, err := m.mail(s, bodies, m.edition)
	if err != nil {
		return nil, err
	}
	over := len(all.html) - MaxBytes
	if over <= 0 {
		return nil, nil
	}
	parts, err := m.weigh(all.letter, len(all.html))
	if err != nil {
		return nil, err
	}
	var cuts []string
	for _, p := range level(parts, over) {
		cuts = append(cuts, p.title+" ("+kilobytes(p.bytes)+")")
	}
	found := problem.Problem{
		Code: CodeTooLong, Severity: problem.Warning,
		Params: problem.Params{
			"edition": m.edition.ID, "size": kilobytes(len(all.html)), "limit": kilobytes(MaxBytes), "over": kilobytes(over),
			"cuts": strings.Join(cuts, ", "),
		},
	}
	if len(parts) > 0 {
		found.Position = problem.Position{File: parts[0].path, Line: parts[0].line}
	}
	return []problem.Problem{found}, nil
}

// part is what a post or the introduction weighs, in bytes of the mail.
type part struct {
	path, title string
	line, bytes int
}

// weigh measures every part of a letter by leaving it out, the heaviest first.
func (m *Mailing) weigh(l *letter, total int) ([]part, error) {
	var parts []part
	without := func(less letter, p part) error {
		data, err := m.mailHTML(&less)
		p.bytes = total - len(data)
		parts = append(parts, p)
		return err
	}
	if intro := m.edition.Intro; intro != nil {
		less := *l
		less.Intro = ""
		if err := without(less, part{path: intro.Path, title: l.Title, line: intro.BodyLine}); err != nil {
			return nil, err
		}
	}
	for i, s := range l.Sections {
		for j, x := range s.Pieces {
			less := *l
			less.Sections = slices.Clone(l.Sections)
			less.Sections[i].Pieces = slices.Delete(slices.Clone(s.Pieces), j, j+1)
			if err := without(less, part{path: x.entry.Post.Path, title: x.Title, line: x.entry.Post.BodyLine}); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.bytes, a.bytes) })
	return parts, nil
}

// level returns by how much to shorten the heaviest parts, which come first,
// so that over is saved and the shortened ones end up alike.
func level(parts []part, over int) []part {
	sum := 0
	for i, p := range parts {
		sum += p.bytes
		rest := (sum - over) / (i + 1) // what is left of each
		if i+1 < len(parts) && rest < parts[i+1].bytes {
			continue
		}
		var cuts []part
		for _, p := range parts[:i+1] {
			p.bytes -= max(0, rest)
			cuts = append(cuts, p)
		}
		return cuts
	}
	return nil
}

func kilobytes(n int) string { return strconv.Itoa((n+999)/1000) + " kB" }
