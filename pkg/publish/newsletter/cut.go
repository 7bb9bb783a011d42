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
// the edition, each whole, and a link in their place says so. The text of the
// mail, which nobody clips, has them all.
//
// Without a page there is nowhere to leave a post, and the first one stays, so
// that the mail may still be too long: [Mailing.Check] says so. left are the
// posts that were left out.
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
	kept, out := 1, total
	for kept+1 < out {
		n := (kept + out) / 2
		shorter, _ := l.keep(n)
		made, err := p.mailHTML(shorter)
		if err != nil {
			return nil, nil, err
		}
		if len(made) <= MaxBytes {
			kept = n
		} else {
			out = n
		}
	}
	if total <= 1 {
		return page, nil, nil
	}
	shorter, left := l.keep(kept)
	page, err = p.mailHTML(shorter)
	return page, left, err
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
	return &less, left
}
