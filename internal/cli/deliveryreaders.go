package cli

import (
	"strings"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/words"
)

// jsonReader is a reader of an edition in --json output: his token, and never his
// address, which is nobody's business but that of who sends.
type jsonReader struct {
	Reader string `json:"reader"`
	State  string `json:"state"`
	Why    string `json:"why"`
	Status int    `json:"status"`
	Said   string `json:"said"`
}

// readersJSON are the readers of an edition that was begun; nil of all else.
func (a *app) readersJSON(o *office.Office, d store.Delivery) []jsonReader {
	if d.Kind != string(config.KindNewsletter) {
		return nil
	}
	readers, _, err := o.Readers(d.Platform, d.Key, d.Handle)
	if err != nil {
		return nil // the handle says nothing
	}
	var all []jsonReader
	for _, r := range readers {
		all = append(all, jsonReader{r.Token, string(r.State), r.Why, r.Status, r.Text})
	}
	return all
}

// printReaders names the readers of an edition that may have their mail, or got
// none: by their addresses, as config.toml has them now.
func (a *app) printReaders(o *office.Office, d store.Delivery) {
	if d.Kind != string(config.KindNewsletter) {
		return
	}
	readers, tally, err := o.Readers(d.Platform, d.Key, d.Handle)
	if err != nil {
		return
	}
	for _, r := range readers {
		key := "delivery.reader-" + string(r.State)
		if !a.words.Has(key) {
			continue
		}
		who, why := r.Address, words.Inert(strings.TrimSpace(r.Text))
		if who == "" {
			who = a.words.Say("delivery.reader-gone", problem.Params{"token": r.Token[:min(len(r.Token), 8)]})
		}
		if r.Why != "" && a.words.Has("delivery.reader-why-"+r.Why) {
			why = a.say("delivery.reader-why-" + r.Why)
		}
		a.printFlow(deliveryIndent, a.words.Say(key, problem.Params{"reader": words.Inert(who), "why": why}))
	}
	if tally.Uncertain > 1 && d.State == journal.Uncertain {
		a.printFlow(deliveryIndent, a.words.Say("delivery.reader-settle", problem.Params{"command": words.Inert(a.command("resolve", shortID(d.Key)) + " --reader " + a.say("delivery.value-reader"))}))
	}
}

// readerOf finds the reader whom a person names.
func (a *app) readerOf(o *office.Office, d store.Delivery, who string) (token string, err error) {
	r, ok, err := o.Reader(d.Platform, d.Key, d.Handle, who)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", a.usage("delivery.no-reader", problem.Params{"reader": who})
	}
	return r.Token, nil
}
