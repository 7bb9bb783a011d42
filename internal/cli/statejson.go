package cli

import (
	"slices"
	"time"

	"editorial/internal/office"
	"editorial/pkg/civil"
)

// JSON shape of "editorial --json"; docs/json.md is its reference.

type jsonState struct {
	Version  int             `json:"version"`
	Now      time.Time       `json:"now"`
	Zone     string          `json:"zone"`
	Verdict  string          `json:"verdict"`
	Counts   jsonCounts      `json:"counts"`
	Today    []jsonPlacement `json:"today"`
	Next     *jsonPlacement  `json:"next"`
	Week     civil.Week      `json:"week"`
	Work     []jsonLoad      `json:"work"`
	Problems []jsonProblem   `json:"problems"`
	Deliver  jsonSaid        `json:"deliveries"`
	Command  string          `json:"command"`
}

type jsonSaid struct {
	Person  int `json:"needs_person"`
	Notices int `json:"notices"`
}

type jsonCounts struct {
	Posts   int `json:"posts"`
	Placed  int `json:"placed"`
	Left    int `json:"left"`
	Held    int `json:"held"`
	New     int `json:"new"`
	Moved   int `json:"moved"`
	Removed int `json:"removed"`
	Coming  int `json:"coming"`
	Free    int `json:"free"`
	Errors  int `json:"errors"`
	Warned  int `json:"warnings"`
}

func (a *app) stateJSON(o *office.Office, p *office.Proposal) jsonState {
	v, changes := o.Verdict(p), p.Changes()
	coming, free := thisWeek(o, p)
	found, warnings := a.found(o, p)
	doc := jsonState{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), Verdict: v.Code, Week: p.First,
		Counts: jsonCounts{
			Posts: len(o.Corpus.Posts), Placed: v.Placed, Left: v.Left, Held: v.Held,
			New: changes.New, Moved: changes.Moved, Removed: changes.Removed,
			Coming: coming, Free: free, Errors: found, Warned: warnings,
		},
		Today: []jsonPlacement{}, Work: []jsonLoad{}, Problems: a.jsonProblems(append(slices.Clone(o.Problems), p.Problems...)),
		Deliver: jsonSaid{a.journal.person, a.journal.notices}, Command: a.nextCommand(o, p),
	}
	day := o.Zone.Date(o.Now)
	for _, x := range p.Placements {
		if o.Zone.Date(x.At) == day {
			doc.Today = append(doc.Today, placementJSON(o, x))
		} else if doc.Next == nil && x.At.After(o.Now) {
			next := placementJSON(o, x)
			doc.Next = &next
		}
	}
	for _, l := range p.Load {
		if l.Week == p.First && l.Person != "" && l.Needed > 0 {
			doc.Work = append(doc.Work, jsonLoad(l))
		}
	}
	return doc
}
