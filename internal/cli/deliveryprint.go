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
	Commands  []string          `json:"commands"`
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
	commands, first := orEmpty(a.settleCommands(d)), ""
	if len(commands) > 0 {
		first = commands[0]
	}
	path := ""
	if d.File != "" {
		path = office.ContentDir + "/" + d.File
	}
	return jsonDelivery{
		Key: d.Key, ID: shortID(d.Key), Platform: d.Platform, Kind: d.Kind, Post: d.Post, Path: path, Title: d.Title, Due: *in(d.Due),
		State: d.State, Reason: d.Reason, Detail: d.Detail, Sentence: a.sayDelivery(o, d), Person: journal.NeedsPerson(d.State, d.Reason),
		Command: first, Commands: commands, Attempt: d.Attempt, Next: in(d.Next), Published: in(d.Published), URL: d.Receipt.URL, RemoteID: d.Receipt.ID,
		Evidence: d.Receipt.Evidence, Sum: d.Sum, Cost: d.Cost,
	}
}

// What the lines of a delivery are indented by, and the widths of a screen below
// which its title stands on a line of its own.
const (
	deliveryIndent = "            "
	deliveryNarrow = 72
	platformWidth  = 11
)

// printDeliveries prints deliveries, one a line, with how they stand and what
// settles them below.
func (a *app) printDeliveries(c *courier.Courier, all []store.Delivery) {
	for _, d := range all {
		a.printDelivery(c, d)
	}
}

// printDelivery prints one, with what settles it.
func (a *app) printDelivery(c *courier.Courier, d store.Delivery) {
	a.printDeliveryHead(c.Office, d)
	a.printFlow(deliveryIndent, a.sayDelivery(c.Office, d))
	switch {
	case d.State == journal.Published && d.Receipt.URL != "":
		a.printf(deliveryIndent+"%s\n", words.Inert(d.Receipt.URL))
	case !d.Next.IsZero() && d.State != journal.Published:
		a.printFlow(deliveryIndent, a.words.Say("delivery.again", problem.Params{"when": a.when(c.Office, d.Next)}))
	}
	if mendFirst(d) {
		a.printFlow(deliveryIndent, a.say("delivery.mend-first"))
	}
	if d.Reason == journal.ByHand {
		for _, command := range a.ofPost(d, "preview", " --platform "+shellWord(d.Platform)) {
			a.printf(deliveryIndent+"→ %s\n", words.Inert(command))
		}
	}
	for _, command := range a.settleCommands(d) {
		a.printf(deliveryIndent+"→ %s\n", words.Inert(command))
	}
}

// printDeliveryHead prints what a delivery is: its short name, its instant, where
// it goes, its title.
func (a *app) printDeliveryHead(o *office.Office, d store.Delivery) {
	local := o.Zone.DateTime(d.Due)
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
	head := "  " + a.screen.Paint(style, shortID(d.Key)) + "  " + local.Date.String() + " " + local.Clock.String() + "  "
	if a.screen.Terminal && a.screen.Width < deliveryNarrow {
		a.printf("%s%s\n", head, term.Cut(words.Inert(d.Platform), max(1, a.screen.Width-30)))
		a.printFlow(deliveryIndent, title)
		return
	}
	a.printf("%s%s  %s\n", head, term.Fit(words.Inert(d.Platform), platformWidth), term.Cut(title, max(1, a.screen.Width-30-platformWidth-2)))
}
