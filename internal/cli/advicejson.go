package cli

import (
	"time"

	"editorial/internal/office"
	"editorial/pkg/calendar/change"
)

// JSON shapes of what would let a post in; docs/json.md is their reference.

type jsonAnswer struct {
	Changes []jsonAdvice `json:"changes"` // the cheapest first
	Needs   *jsonNeed    `json:"needs"`
	Tried   int          `json:"tried"`
	Untried int          `json:"untried"`
}

type jsonAdvice struct {
	Change   change.Change  `json:"change"`
	Was      *int           `json:"was"`    // null: there was no such number
	WasAt    *time.Time     `json:"was_at"` // null: there was no such instant
	Sentence string         `json:"sentence"`
	At       time.Time      `json:"at"`
	Loss     int            `json:"loss"`
	Share    float64        `json:"share"`
	Lost     []jsonMovement `json:"lost"`
	Moved    []jsonMovement `json:"moved"`
	Gained   []jsonMovement `json:"gained"`
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
		was, at := wasJSON(x)
		doc.Changes = append(doc.Changes, jsonAdvice{
			Change: x.Change, Was: was, WasAt: at, Sentence: o.SayAdvice(a.words, x), At: x.At, Loss: x.Loss, Share: x.Share,
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

// wasJSON is what the change replaces: a bound, or the place of what is moved
// or dropped.
func wasJSON(x office.Advice) (was *int, at *time.Time) {
	switch x.Change.Kind {
	case change.CapDay, change.CapWeek, change.MixMin, change.MixMax:
		was = &x.Was
	}
	if !x.WasAt.IsZero() {
		at = &x.WasAt
	}
	return was, at
}

func movementsJSON(all []office.Placement, when func(office.Placement) (from, to *time.Time)) []jsonMovement {
	out := make([]jsonMovement, 0, len(all))
	for _, x := range all {
		from, to := when(x)
		out = append(out, jsonMovement{x.Key.String(), office.TitleOf(x), from, to})
	}
	return out
}
