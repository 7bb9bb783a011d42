package office

import (
	"strconv"
	"strings"
	"time"

	"editorial/pkg/calendar/change"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// SayChangeOf words a change as what a person would do.
func (o *Office) SayChangeOf(w *words.Words, a Advice) string {
	c := a.Change
	params := problem.Params{"platform": c.Platform, "was": strconv.Itoa(a.Was), "to": strconv.Itoa(c.N), "name": c.Intent + c.Pillar}
	name := string(c.Kind)
	switch c.Kind {
	case change.Hours:
		params["person"], params["hours"], params["week"] = o.PersonName(c.Person), w.Hours(c.N), strconv.Itoa(c.Week.Number)
	case change.MixMin, change.MixMax:
		params["was"], params["to"] = strconv.Itoa(a.Was/10), strconv.Itoa(c.N/10)
	case change.Move, change.Drop:
		name = o.sayPlace(w, a, params)
	case change.NotBefore, change.Deadline, change.Expires:
		params["was"], params["to"] = o.days(w, a.WasAt, c.At)
		if !a.own {
			name += "-other"
			params["title"] = w.Say("why.title", problem.Params{"title": TitleOf(*a.Item)})
		}
	}
	return w.Say("advice."+name, params)
}

// sayPlace fills in what is moved or dropped, and returns the key of the words.
func (o *Office) sayPlace(w *words.Words, a Advice, params problem.Params) string {
	name := string(a.Change.Kind)
	params["title"] = w.Say("why.title", problem.Params{"title": TitleOf(*a.Item)})
	params["to"] = o.when(w, a.Change.At)
	placed := !a.WasAt.IsZero()
	if placed {
		params["was"] = o.when(w, a.WasAt)
	}
	switch {
	case a.Change.Kind == change.Move && a.Change.Key() == a.key:
		return name + "-own"
	case !placed:
		return name + "-left"
	}
	return name
}

// days words two instants by their days, or also by their time where it is the
// same day.
func (o *Office) days(w *words.Words, a, b time.Time) (string, string) {
	from, to := o.Zone.Date(a), o.Zone.Date(b)
	if from == to {
		return o.when(w, a), o.when(w, b)
	}
	say := func(d civil.Date) string { return w.Date(d) }
	return say(from), say(to)
}

// SayEffects words where the item then goes out, and what that does to others.
func (o *Office) SayEffects(w *words.Words, a Advice) string {
	var parts []string
	add := func(key string, list []Placement, params problem.Params) {
		switch {
		case len(list) == 0:
			return
		case len(list) == 1:
			params["title"] = o.sayItem(w, list[0])
			params["date"] = o.when(w, list[0].At)
			parts = append(parts, w.Say("advice."+key+"-one", params))
		default:
			parts = append(parts, w.Say("advice."+key+"-many", problem.Params{"n": strconv.Itoa(len(list))}))
		}
	}
	add("lost", a.Lost, problem.Params{})
	moved := "moved"
	if a.Unagreed && len(a.Moved) > 1 {
		moved = "moved-unagreed"
	}
	add(moved, a.Moved, problem.Params{})
	add("gained", a.Gained, problem.Params{})
	if a.Loss > 0 {
		parts = append(parts, sayLoss(w, a.Share))
	}
	effects := w.Say("advice.nothing", nil)
	if len(parts) > 0 {
		effects = strings.Join(parts, w.Say("advice.and", nil))
	}
	params := problem.Params{"date": o.when(w, a.At), "effects": effects}
	if a.Change.Kind == change.Move && a.Change.Key() == a.key {
		return w.Say("advice.effects", params)
	}
	return w.Say("advice.then", params)
}

// sayLoss words the part of their value that all others lose.
func sayLoss(w *words.Words, share float64) string {
	if share == 0 {
		return w.Say("advice.loss-least", nil)
	}
	percent := strconv.FormatFloat(100*share, 'f', 1, 64)
	if w.Lang() == words.French {
		percent = strings.ReplaceAll(percent, ".", ",")
	}
	return w.Say("advice.loss", problem.Params{"percent": percent})
}

// sayItem names an item by its title and its platform.
func (o *Office) sayItem(w *words.Words, x Placement) string {
	return w.Say("advice.item", problem.Params{
		"title": w.Say("why.title", problem.Params{"title": TitleOf(x)}), "platform": x.Platform,
	})
}

// SayAnswer words what would let an item in: the cheapest change, or that there
// is none.
func (o *Office) SayAnswer(w *words.Words, a Answer) string {
	tried := problem.Params{"n": strconv.Itoa(a.Tried), "untried": strconv.Itoa(a.Untried)}
	switch {
	case len(a.Found) > 0:
		return w.Say("advice.cheapest", problem.Params{"advice": o.SayAdvice(w, a.Found[0])})
	case a.Tried == 0:
		return w.Say("advice.none-to-try", nil)
	case a.Untried > 0:
		return w.Say("advice.none-found", tried)
	}
	return w.Say("advice.none", tried)
}

// SayAdvice words a change and all that it does.
func (o *Office) SayAdvice(w *words.Words, a Advice) string {
	return w.Say("advice.advice", problem.Params{"change": o.SayChangeOf(w, a), "effects": o.SayEffects(w, a)})
}

// SayNeed words what a platform needs first.
func (o *Office) SayNeed(w *words.Words, n Need) string {
	key := "need-edition"
	switch {
	case n.Other:
		key = "need-other"
	case n.Share != "":
		key = "need-share"
	}
	return w.Say("advice."+key, problem.Params{
		"n": strconv.Itoa(n.Posts), "name": n.Share, "platform": n.Platform, "date": o.when(w, n.At),
	})
}
