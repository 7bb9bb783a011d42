package cli

import (
	"time"

	"editorial/internal/office"
	"editorial/pkg/civil"
)

// JSON shapes of what would let a post in; docs/json.md is their reference.

type jsonAnswer struct {
	Changes []jsonAdvice `json:"changes"` // the cheapest first
	Needs   *jsonNeed    `json:"needs"`
	Tried   int          `json:"tried"`
	Untried int          `json:"untried"`
}

type jsonAdvice struct {
	Change   jsonSingle     `json:"change"`
	Sentence string         `json:"sentence"`
	At       time.Time      `json:"at"`
	Loss     int            `json:"loss"`
	Share    float64        `json:"share"`
	Lost     []jsonMovement `json:"lost"`
	Moved    []jsonMovement `json:"moved"`
	Gained   []jsonMovement `json:"gained"`
}

type jsonSingle struct {
	Kind     string     `json:"kind"`
	Key      string     `json:"key,omitempty"`
	Post     string     `json:"post,omitempty"`
	Platform string     `json:"platform,omitempty"`
	Person   string     `json:"person,omitempty"`
	Week     civil.Week `json:"week,omitzero"`
	Minutes  int        `json:"minutes,omitempty"`
	Intent   string     `json:"intent,omitempty"`
	Pillar   string     `json:"pillar,omitempty"`
	Odd      bool       `json:"odd,omitempty"`
	From     any        `json:"from,omitempty"`
	To       any        `json:"to,omitempty"`
}

// jsonMovement is what becomes of another placement.
type jsonMovement struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	From  *time.Time `json:"from"` // null: it had no place
	To    *time.Time `json:"to"`   // null: it has none
}

type jsonNeed struct {
	Sentence string    `json:"sentence"`
	Platform string    `json:"platform"`
	Share    string    `json:"share,omitempty"`
	Other    bool      `json:"other,omitempty"`
	Posts    int       `json:"posts"`
	At       time.Time `json:"at"`
}

func (a *app) answerJSON(o *office.Office, answer office.Answer) jsonAnswer {
	doc := jsonAnswer{Changes: []jsonAdvice{}, Tried: answer.Tried, Untried: answer.Untried}
	for _, x := range answer.Found {
		doc.Changes = append(doc.Changes, jsonAdvice{
			Change: singleJSON(x), Sentence: o.SayAdvice(a.words, x), At: x.At, Loss: x.Loss, Share: x.Share,
			Lost:   movementsJSON(x.Lost, func(p office.Placement) (from, to *time.Time) { return &p.At, nil }),
			Moved:  movementsJSON(x.Moved, func(p office.Placement) (from, to *time.Time) { return &p.From, &p.At }),
			Gained: movementsJSON(x.Gained, func(p office.Placement) (from, to *time.Time) { return nil, &p.At }),
		})
	}
	if n := answer.Needs; n != nil {
		doc.Needs = &jsonNeed{o.SayNeed(a.words, *n), n.Platform, n.Share, n.Other, n.Posts, n.At}
	}
	return doc
}

func singleJSON(x office.Advice) jsonSingle {
	c := x.Change
	j := jsonSingle{Kind: string(c.Kind), Platform: c.Platform, Person: c.Person, Week: c.Week, Intent: c.Intent, Pillar: c.Pillar, Odd: c.Odd}
	switch {
	case x.Item != nil && c.Platform != "":
		j.Key = c.Key().String()
	case c.Post != "":
		j.Post = c.Post
	}
	switch {
	case c.Person != "":
		j.Minutes = c.N
	case x.Item == nil && c.N+x.Was > 0:
		j.From, j.To = x.Was, c.N
	}
	if !x.WasAt.IsZero() {
		j.From = x.WasAt
	}
	if !c.At.IsZero() {
		j.To = c.At
	}
	return j
}

func movementsJSON(all []office.Placement, when func(office.Placement) (from, to *time.Time)) []jsonMovement {
	out := make([]jsonMovement, 0, len(all))
	for _, x := range all {
		from, to := when(x)
		out = append(out, jsonMovement{x.Key.String(), office.TitleOf(x), from, to})
	}
	return out
}
