package cli

import (
	"time"

	"editorial/internal/courier"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// jsonDelivery is a delivery in --json output.
type jsonDelivery struct {
	Key       platform.Key      `json:"key"`
	ID        string            `json:"id"`
	Platform  string            `json:"platform"`
	Kind      string            `json:"kind"`
	Post      string            `json:"post"`
	Path      string            `json:"path"`
	Title     string            `json:"title"`
	Due       time.Time         `json:"due"`
	State     journal.State     `json:"state"`
	Reason    journal.Reason    `json:"reason"`
	Detail    string            `json:"detail"`
	Sentence  string            `json:"sentence"`
	Person    bool              `json:"needs_person"`
	Command   string            `json:"command"`
	Attempt   int               `json:"attempt"`
	Next      *time.Time        `json:"next"`
	Published *time.Time        `json:"published"`
	URL       string            `json:"url"`
	RemoteID  string            `json:"remote_id"`
	Evidence  platform.Evidence `json:"evidence"`
	Sum       string            `json:"sum"`
	Cost      int64             `json:"cost_microdollars"`
}

func (a *app) deliveryJSON(o *office.Office, d store.Delivery) jsonDelivery {
	in := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		t = t.In(o.Zone.Location())
		return &t
	}
	path := ""
	if d.File != "" {
		path = office.ContentDir + "/" + d.File
	}
	return jsonDelivery{
		Key: d.Key, ID: shortID(d.Key), Platform: d.Platform, Kind: d.Kind, Post: d.Post, Path: path, Title: d.Title, Due: *in(d.Due),
		State: d.State, Reason: d.Reason, Detail: d.Detail, Sentence: a.sayDelivery(d), Person: journal.NeedsPerson(d.State, d.Reason),
		Command: settleCommand(d), Attempt: d.Attempt, Next: in(d.Next), Published: in(d.Published), URL: d.Receipt.URL, RemoteID: d.Receipt.ID,
		Evidence: d.Receipt.Evidence, Sum: d.Sum, Cost: d.Cost,
	}
}

// sayDelivery is how a delivery stands, in words.
func (a *app) sayDelivery(d store.Delivery) string {
	text := a.say("delivery.state-" + string(d.State))
	if d.Reason != journal.NoReason {
		text += a.say("delivery.colon") + a.words.Say("delivery.reason-"+string(d.Reason), problem.Params{"platform": d.Platform})
	}
	if d.Detail != "" {
		text += " (" + words.Inert(d.Detail) + ")"
	}
	return text
}

// settleCommand is the one command that settles what needs a person, "" where
// there is none.
func settleCommand(d store.Delivery) string {
	id := shortID(d.Key)
	switch {
	case !journal.NeedsPerson(d.State, d.Reason):
		return ""
	case d.State == journal.Uncertain:
		return "editorial resolve " + id + " --there --url …"
	case d.Reason == journal.ByHand:
		return "editorial done " + id + " --url …"
	case d.Reason == journal.NotReady:
		return "editorial check"
	case d.Reason == journal.NotApproved:
		return "editorial approve " + d.File + " --by …"
	case d.Reason == journal.NeedsAccount:
		return "editorial connect " + d.Platform
	}
	return "editorial retry " + id
}

// printDeliveries prints deliveries, one a line, with how they stand and what
// settles them below.
func (a *app) printDeliveries(c *courier.Courier, all []store.Delivery) {
	for _, d := range all {
		local := c.Office.Zone.DateTime(d.Due)
		style := term.Style("")
		switch {
		case journal.NeedsPerson(d.State, d.Reason):
			style = term.Bad
		case d.State == journal.Published:
			style = term.Good
		}
		title := words.Inert(d.Title)
		if title == "" {
			title = words.Inert(d.Post)
		}
		a.printf("  %s  %s %s  %s  %s\n", a.screen.Paint(style, shortID(d.Key)), local.Date, local.Clock, term.Fit(words.Inert(d.Platform), 11),
			term.Cut(title, max(20, a.screen.Width-45)))
		a.printFlow("            ", a.sayDelivery(d))
		switch {
		case d.State == journal.Published && d.Receipt.URL != "":
			a.printf("            %s\n", words.Inert(d.Receipt.URL))
		case !d.Next.IsZero() && d.State != journal.Published:
			a.printf("            %s\n", a.words.Say("delivery.again", problem.Params{"when": a.when(c.Office, d.Next)}))
		}
		if d.Reason == journal.ByHand && d.File != "" {
			a.printf("            → %s\n", words.Inert("editorial preview "+office.ContentDir+"/"+d.File+" --platform "+d.Platform))
		}
		if command := settleCommand(d); command != "" {
			a.printf("            → %s\n", words.Inert(command))
		}
	}
}
