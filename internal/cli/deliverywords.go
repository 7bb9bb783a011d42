package cli

import (
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// sayDelivery is how a delivery stands, in words.
func (a *app) sayDelivery(o *office.Office, d store.Delivery) string {
	return a.sayStanding(o, a.say("delivery.state-"+string(d.State)), d)
}

// sayStanding puts the reason of a delivery, and what is known besides, behind a
// first word.
func (a *app) sayStanding(o *office.Office, text string, d store.Delivery) string {
	if d.Reason != journal.NoReason {
		text += a.say("delivery.colon") + a.words.Say("delivery.reason-"+string(d.Reason), problem.Params{"platform": d.Platform})
	}
	if detail := a.sayDetail(o, d); detail != "" {
		text += " (" + detail + ")"
	}
	return text
}

// sayDetail words the detail of a delivery: what the program itself wrote there
// is a name, what a platform or a person said stands as it is.
func (a *app) sayDetail(o *office.Office, d store.Delivery) string {
	switch d.Reason {
	case journal.NotReady, journal.NotApproved, journal.TooLate, journal.CoolOff, journal.Embargoed:
		if p := postAt(o, d.Detail); p != nil { // of an edition
			return words.Inert(office.ContentDir+"/"+p.Path) + a.say("delivery.colon") + a.sayMatter(p)
		}
	}
	switch {
	case d.Detail == "":
		return ""
	case d.Reason == journal.Frozen: // what a person said
		return words.Inert(d.Detail)
	case d.Reason == journal.NotReady || d.Reason == journal.Broken:
		return a.sayCode(postAt(o, d.File), d)
	case d.Reason == journal.NotApproved:
		if n, wanted, ok := twoNumbers(d.Detail, "/"); ok {
			return a.words.Say("delivery.approvals", problem.Params{"n": strconv.FormatInt(n, 10), "wanted": strconv.FormatInt(wanted, 10)})
		}
	case d.Reason == journal.OutOfMoney:
		if spent, budget, ok := twoNumbers(d.Detail, " "); ok {
			return a.words.Say("delivery.spent", problem.Params{"spent": dollars(spent), "budget": dollars(budget)})
		}
	case d.Reason == journal.TooLate && a.words.Has("delivery.late-"+d.Detail):
		return a.say("delivery.late-" + d.Detail)
	}
	return a.sayFailure(d.Reason, d.Detail)
}

// sayMatter says what keeps a post of an edition from going out.
func (a *app) sayMatter(p *content.Post) string {
	for _, x := range p.Problems {
		if x.Severity == problem.Error {
			text, _ := a.words.Problem(x)
			return text
		}
	}
	return a.say("stage." + string(p.Stage))
}

// sayCode words a stage or the code of a finding. The parameters of a finding are
// those of the post as it is now; where it is mended meanwhile, or where only its
// platform finds that, they are not known, and the preview says it.
func (a *app) sayCode(p *content.Post, d store.Delivery) string {
	code := d.Detail
	if p != nil {
		for _, x := range p.Problems {
			if string(x.Code) == code {
				text, _ := a.words.Problem(x)
				return text
			}
		}
	}
	for _, key := range []string{"stage." + code, "delivery.detail-" + code} {
		if a.words.Has(key) {
			return a.say(key)
		}
	}
	key, known := "problem."+code, problem.Params{"platform": d.Platform}
	if text, ok := a.words.Whole(key, known); ok {
		return text
	}
	if a.words.Has(key) {
		return a.say("delivery.unfit")
	}
	return a.sayFailure(journal.Broken, code)
}

// sameAs reports whether a reason says what a class of failures does.
func sameAs(why journal.Reason, class platform.Class) bool {
	switch why {
	case journal.NeedsAccount, journal.NoPermission, journal.OutOfQuota, journal.Broken:
		return string(why) == string(class)
	case journal.Refused:
		return class == platform.Invalid
	case journal.AnswerLost, journal.CannotLook, journal.NotSettled:
		return class == platform.Uncertain
	}
	return false
}

// postAt is the post of a file below content/, or nil.
func postAt(o *office.Office, file string) *content.Post {
	if o == nil || file == "" {
		return nil
	}
	for _, p := range o.Corpus.Posts {
		if p.Path == file {
			return p
		}
	}
	return nil
}

// twoNumbers reads two numbers with something between.
func twoNumbers(s, between string) (first, second int64, ok bool) {
	x, y, _ := strings.Cut(s, between)
	first, err := strconv.ParseInt(x, 10, 64)
	if err != nil {
		return 0, 0, false
	}
	second, err = strconv.ParseInt(y, 10, 64)
	return first, second, err == nil
}

// dollars writes an amount in millionths of a US dollar.
func dollars(micro int64) string {
	return strconv.FormatFloat(float64(micro)/1e6, 'f', 2, 64)
}
