package cli

import (
	"editorial/internal/connect"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// settleCommands are the commands that settle what needs a person, in the order
// in which they are given, or of which one is chosen; none where there is nothing
// to do here.
func (a *app) settleCommands(d store.Delivery) []string {
	if !journal.NeedsPerson(d.State, d.Reason) && d.State != journal.Missed {
		return nil
	}
	id := shortID(d.Key)
	retry := a.command("retry", id)
	switch {
	case d.Reason == journal.CannotAsk:
		if _, ok := connect.Of(d.Kind); ok {
			return []string{a.command("connect", d.Platform), a.command("resolve", id) + " --there --url …", a.command("resolve", id) + " --send-again"}
		}
		return []string{a.command("resolve", id) + " --there --url …", a.command("resolve", id) + " --send-again"}
	case d.Reason == journal.PartlyOut:
		return []string{a.command("done", id) + " --url …", retry}
	case d.State == journal.Uncertain:
		return []string{a.command("resolve", id) + " --there --url …", a.command("resolve", id) + " --send-again"}
	case d.Reason == journal.ByHand:
		return []string{a.command("done", id) + " --url …"}
	case d.Reason == journal.NotReady:
		return a.ofPost(d, "preview", "")
	case d.Reason == journal.NotApproved:
		return a.ofPost(d, "approve", " --by "+a.say("delivery.value-who"))
	case d.Reason == journal.NeedsAccount:
		if _, ok := connect.Of(d.Kind); ok {
			return []string{a.command("connect", d.Platform), retry}
		}
	case mendFirst(d):
		return append(a.ofPost(d, "preview", " --platform "+shellWord(d.Platform)), retry)
	}
	return []string{retry}
}

// ofPost is a command about the post of a delivery; nothing of an edition.
func (a *app) ofPost(d store.Delivery, name, rest string) []string {
	if d.File == "" {
		return nil
	}
	return []string{a.command(name, office.ContentDir+"/"+d.File) + rest}
}

// mendFirst reports whether trying again makes no sense before the post is
// changed.
func mendFirst(d store.Delivery) bool {
	return d.State == journal.Failed && (d.Reason == journal.Broken || d.Reason == journal.Refused)
}
