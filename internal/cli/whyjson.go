package cli

import (
	"time"

	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// JSON shapes; docs/json.md is their reference.

type jsonWhy struct {
	Version    int             `json:"version"`
	Now        time.Time       `json:"now"`
	Post       *jsonPost       `json:"post"`
	Placements []jsonWhyPlaced `json:"placements"`
	Left       []jsonWhyLeft   `json:"left"`
}

type jsonWhyPlaced struct {
	jsonPlacement
	Value int          `json:"value"`
	Slots []jsonReason `json:"slots"`
	// Yielding would stand there if it did not.
	Yielding []jsonStanding `json:"yielding"`
}

type jsonWhyLeft struct {
	jsonLeft
	Advice jsonAnswer   `json:"advice"`
	Slots  []jsonReason `json:"slots"`
}

type jsonReason struct {
	At      time.Time     `json:"at"`
	Value   int           `json:"value"`
	Rule    string        `json:"rule"`
	Limit   string        `json:"limit,omitempty"`
	Bound   *time.Time    `json:"bound,omitempty"`
	Other   *jsonStanding `json:"other,omitempty"`
	Person  *string       `json:"person,omitempty"`
	Week    *civil.Week   `json:"week,omitempty"`
	Minutes int           `json:"minutes,omitempty"`
	Cap     int           `json:"cap,omitempty"`
	Share   string        `json:"share,omitempty"`
	Below   bool          `json:"below,omitempty"`
	Percent int           `json:"percent,omitempty"`
	Posts   int           `json:"posts,omitempty"`
}

// jsonStanding is what stands in the way, or would.
type jsonStanding struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	At    *time.Time `json:"at"` // null: it has no place itself
	Value int        `json:"value"`
}

func (a *app) whyJSON(o *office.Office, p *office.Proposal, post *content.Post) jsonWhy {
	doc := jsonWhy{1, o.Now.In(o.Zone.Location()), postJSON(post), []jsonWhyPlaced{}, []jsonWhyLeft{}}
	placed, left := p.Of(post)
	for _, x := range placed {
		j := jsonWhyPlaced{jsonPlacement: placementJSON(o, x), Slots: []jsonReason{}, Yielding: []jsonStanding{}}
		if item, value := p.Item(x.Key); item >= 0 {
			j.Value, j.Slots = value, reasonsJSON(o.Reasons(p, item))
			for _, y := range o.Yielding(p, item) {
				_, value := p.Item(y.Key)
				j.Yielding = append(j.Yielding, standingJSON(y, value))
			}
		}
		doc.Placements = append(doc.Placements, j)
	}
	for _, l := range left {
		doc.Left = append(doc.Left, jsonWhyLeft{
			jsonLeft{l.Key.String(), l.Key.Platform, postJSON(l.Post), o.WhyLeft(a.words, p, l)},
			a.answerJSON(o, o.Advise(p, l.Item)), reasonsJSON(o.Reasons(p, l.Item)),
		})
	}
	return doc
}

func reasonsJSON(reasons []office.Reason) []jsonReason {
	all := make([]jsonReason, 0, len(reasons))
	for _, r := range reasons {
		j := jsonReason{
			At: r.At, Value: r.Value, Rule: string(r.Rule), Limit: string(r.Limit), Minutes: r.Minutes,
			Cap: r.Cap, Share: r.Share, Below: r.Below, Percent: r.Percent, Posts: r.Posts,
		}
		if j.Rule == "" {
			j.Rule = "open"
		}
		if !r.Bound.IsZero() {
			j.Bound = &r.Bound
		}
		if r.Week != (civil.Week{}) {
			j.Week = &r.Week
		}
		if r.Minutes > 0 {
			j.Person = &r.Person
		}
		if r.Other != nil {
			other := standingJSON(*r.Other, r.Worth)
			j.Other = &other
		}
		all = append(all, j)
	}
	return all
}

func standingJSON(x office.Placement, value int) jsonStanding {
	j := jsonStanding{Key: x.Key.String(), Title: office.TitleOf(x), Value: value}
	if !x.At.IsZero() {
		j.At = &x.At
	}
	return j
}
