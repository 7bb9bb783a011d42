package cli

import (
	"time"

	"editorial/internal/office"
	"editorial/internal/revision"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// JSON shapes; docs/json.md is their reference.

type jsonDiff struct {
	Version int            `json:"version"`
	Now     time.Time      `json:"now"`
	Zone    string         `json:"zone"`
	Before  jsonSide       `json:"before"`
	After   jsonSide       `json:"after"`
	Summary string         `json:"summary"`
	Moved   jsonCount      `json:"moved"`
	New     jsonCount      `json:"new"`
	Removed jsonCount      `json:"removed"`
	Changes []jsonChange   `json:"changes"`
	Load    []jsonLoadDiff `json:"load"`
	Found   []jsonProblem  `json:"problems"`
}

// jsonSide is what is compared.
type jsonSide struct {
	Kind      string        `json:"kind"` // "agreed", "revision" or "office"
	File      string        `json:"file,omitempty"`
	Revision  string        `json:"revision,omitempty"`
	Commit    string        `json:"commit,omitempty"`
	Committed *time.Time    `json:"committed,omitempty"`
	Subject   string        `json:"subject,omitempty"`
	Skipped   []string      `json:"skipped,omitempty"`
	Found     []jsonProblem `json:"problems,omitempty"`
}

type jsonCount struct {
	Posts      int `json:"posts"`
	Placements int `json:"placements"`
}

type jsonChange struct {
	Kind     office.ChangeKind `json:"kind"`
	Key      string            `json:"key"`
	Platform string            `json:"platform"`
	From     *time.Time        `json:"from"`
	To       *time.Time        `json:"to"`
	State    office.State      `json:"state,omitempty"`
	Post     *jsonPost         `json:"post"`
	Cause    *jsonCause        `json:"cause"`
}

type jsonCause struct {
	Code     office.CauseCode `json:"code"`
	Sentence string           `json:"sentence"`
	Slots    []jsonReason     `json:"slots,omitempty"`
}

type jsonLoadDiff struct {
	Person string     `json:"person"` // "" is the team
	Week   civil.Week `json:"week"`
	Before jsonHours  `json:"before"`
	After  jsonHours  `json:"after"`
}

type jsonHours struct {
	Needed int `json:"needed_minutes"`
	Had    int `json:"had_minutes"`
}

func (a *app) diffJSON(o *office.Office, d *planDiff) jsonDiff {
	count := func(kind office.ChangeKind) jsonCount {
		posts, placements := d.Posts(kind)
		return jsonCount{posts, placements}
	}
	doc := jsonDiff{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), Before: jsonSide{Kind: "agreed", File: office.AgreedFile}, After: jsonSide{Kind: "office"},
		Moved: count(office.ChangeMoved), New: count(office.ChangeNew), Removed: count(office.ChangeRemoved),
		Changes: []jsonChange{}, Load: []jsonLoadDiff{}, Found: a.jsonProblems(append(append([]problem.Problem{}, o.Problems...), d.now.Problems...)),
	}
	doc.Summary, _ = a.summary(d.PlanDiff)
	side := func(r *revision.Revision, found []problem.Problem) jsonSide {
		at := r.At.In(o.Zone.Location())
		return jsonSide{"revision", "", r.Name, r.Hash, &at, r.Subject, r.Skipped, a.jsonProblems(found)}
	}
	if d.before != nil {
		doc.Before = side(d.before, d.then.Problems)
	}
	if d.after != nil {
		doc.After = side(d.after, nil) // its problems are those of the answer
	}
	instant := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	for _, c := range d.Changes {
		j := jsonChange{
			Kind: c.Kind, Key: c.Key.String(), Platform: c.Key.Platform, From: instant(c.From), To: instant(c.To), State: c.State, Post: postJSON(c.Post),
		}
		if c.Cause.Code != "" {
			j.Cause = &jsonCause{c.Cause.Code, c.Cause.Word(a.words), reasonsJSON(c.Cause.Reasons)}
		}
		doc.Changes = append(doc.Changes, j)
	}
	for _, w := range d.Work {
		doc.Load = append(doc.Load, jsonLoadDiff{w.Person, w.Week, jsonHours{w.NeededBefore, w.HadBefore}, jsonHours{w.Needed, w.Had}})
	}
	return doc
}
