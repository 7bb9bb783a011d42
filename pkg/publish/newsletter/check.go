package newsletter

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
)

// Codes of an edition whose mail would be longer than mail programs show: it is
// cut where it is read; its last posts are left to its page.
const (
	CodeTooLong problem.Code = "newsletter-too-long"
	CodeLeft    problem.Code = "newsletter-left"
)

// tooLong says that the mail would be longer than mail programs show, with the
// posts to shorten. The position is that of the longest; its file is a path
// inside the corpus.
func (m *Mailing) tooLong(made *sent) ([]problem.Problem, error) {
	if len(made.html) <= MaxBytes && made.left == nil {
		return nil, nil
	}
	whole, err := m.mailHTML(made.letter)
	if err != nil {
		return nil, err
	}
	over := len(whole) - MaxBytes
	parts, err := m.weigh(made.letter, len(whole))
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
			"edition": m.edition.ID, "size": kilobytes(len(whole)), "limit": kilobytes(MaxBytes), "over": kilobytes(over),
			"cuts": strings.Join(cuts, ", "),
		},
	}
	if len(made.html) <= MaxBytes {
		var titles []string
		for _, x := range made.left {
			titles = append(titles, x.Title)
		}
		found.Code, found.Params["left"] = CodeLeft, strings.Join(titles, ", ")
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
