package newsletter

import (
	"cmp"
	"slices"
)

// MaxBytes is the length at which Gmail clips the HTML of a mail: about
// 102 kB.
const MaxBytes = 102_000

// shorten returns the HTML of a letter, no longer than mail programs show where
// that can be: of one that is too long the last posts are left to the page of
// the edition, each whole, and their titles with a link stand in their place.
// The text of the mail, which nobody clips, has them all. left are those posts.
//
// Without a page there is nowhere to leave a post, and an introduction is never
// left out, so that the mail may still be too long: [Mailing.Check] says so.
func (p *press) shorten(l *letter) (page []byte, left []piece, err error) {
	page, err = p.mailHTML(l)
	if err != nil || len(page) <= MaxBytes || l.Online == "" {
		return page, nil, err
	}
	total := 0
	for _, s := range l.Sections {
		total += len(s.Pieces)
	}
	// The most posts that fit, by bisection: more posts are never shorter.
	fits, tooMany := -1, total
	var shorter []byte
	for fits+1 < tooMany {
		n := (fits + tooMany) / 2
		less, out := l.keep(n)
		made, err := p.mailHTML(less)
		switch {
		case err != nil:
			return nil, nil, err
		case len(made) <= MaxBytes:
			fits, shorter, left = n, made, out
		default:
			tooMany = n
		}
	}
	if fits < 0 {
		return page, nil, nil
	}
	return shorter, left, nil
}

// keep returns the letter with its first n posts, and the others.
func (l *letter) keep(n int) (*letter, []piece) {
	less := *l
	less.Sections = nil
	var left []piece
	for _, s := range l.Sections {
		k := min(n, len(s.Pieces))
		for _, x := range s.Pieces[k:] {
			left = append(left, x)
			less.Left = append(less.Left, leftPost{x.Title, cmp.Or(x.Lang, s.Lang), x.Dir})
		}
		if n -= k; k > 0 {
			s.Pieces = slices.Clone(s.Pieces[:k])
			less.Sections = append(less.Sections, s)
		}
	}
	// What is said of a language that is no longer there would be wrong.
	less.Also = slices.DeleteFunc(slices.Clone(l.Also), func(n note) bool {
		return !slices.ContainsFunc(less.Sections, func(s section) bool { return s.Lang == n.Lang })
	})
	return &less, left
}
