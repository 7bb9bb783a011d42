package sample

import (
	"slices"

	"editorial/pkg/publish"
)

// Turns are the characters that set the direction of what follows.
const Turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

// Turned is a site of one post whose every text of one line holds [Turns].
func Turned() publish.Site {
	s := Site()
	turn := func(text *string) { *text += " " + Turns + "gnp.exe" }
	e := s.Entries[slices.IndexFunc(s.Entries, func(x publish.Entry) bool { return x.Post.Path == "fr/freins.md" })]
	p := *e.Post
	e.Post, e.Translations = &p, nil
	p.Tags, e.Authors = []string{"réglages"}, []string{"Anne"}
	for _, text := range []*string{
		&s.Title, &s.Description, &s.Licence, &s.Author, &p.Title, &p.Summary, &p.Question, &p.Invite, &p.Series, &p.Pillar, &p.Tags[0], &e.Authors[0],
		&e.Image.Alt, &e.Image.Credit, &e.Image.Licence,
	} {
		turn(text)
	}
	s.Entries = []publish.Entry{e}
	return s
}
