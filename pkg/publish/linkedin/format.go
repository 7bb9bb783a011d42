package linkedin

import (
	"encoding/json"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Kind is the name of the platform in configurations.
const Kind = "linkedin"

// Format is what a post is on LinkedIn.
type Format struct {
	// Author is the URN of whose name it is: urn:li:organization:1 or
	// urn:li:person:abc; "" of an assisted platform.
	Author string
}

// frozen is what the message keeps beside its text.
type frozen struct {
	// Commentary is the text as "little text".
	Commentary string `json:"commentary"`
	// Title is that of a film.
	Title   string   `json:"title,omitempty"`
	Article *article `json:"article,omitempty"`
}

// article is the post's page as a card: LinkedIn reads nothing of it itself.
type article struct {
	Source      string `json:"source"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
}

// Validate finds what keeps the post from LinkedIn.
func (f Format) Validate(p platform.Post) []problem.Problem {
	taken, problems := choose(p.Media)
	_, found := text.Compose(p, rule(len(taken) > 0))
	return append(found, problems...)
}

// Render freezes the post: with its pictures, or its film, and the link in the text, or without
// pictures and its page as a card.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	taken, _ := choose(p.Media)
	parts, _ := text.Compose(p, rule(len(taken) > 0))
	m := platform.Message{Kind: Kind, Parts: parts, Media: taken, FirstComment: p.FirstComment}
	var w frozen
	if len(parts) > 0 {
		w.Commentary = escape(parts[0].Text)
	}
	switch title := line(p.Title, limitTitle); {
	case title == "":
	case len(taken) == 0 && p.Link != "":
		w.Article = &article{Source: p.Link, Title: title, Description: line(p.Summary, limitSummary)}
	case len(taken) == 1 && media.Film(taken[0].Type):
		w.Title = title
	}
	var err error
	m.Wire, err = json.Marshal(w)
	return m, err
}

func rule(pictures bool) text.Rule {
	return text.Rule{Kind: Kind, Limit: limitText, Unit: "characters", Count: count, Tags: 3, NoLink: !pictures}
}

// line is a text on one line, cut where it is too long.
func line(s string, limit int) string {
	s = strings.Join(strings.Fields(publish.Clean(s)), " ")
	return text.Cut(s, func(cut string) bool { return text.Characters(cut) <= limit })
}
