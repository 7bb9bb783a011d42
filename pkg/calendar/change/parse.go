package change

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Reason says what is wrong with an expression.
type Reason string

const (
	NoForm     Reason = "form"     // neither PLATFORM=… nor person.NAME=…
	NoPlatform Reason = "platform" // no platform has that name
	NoPerson   Reason = "person"   // nobody has
	NoRate     Reason = "rate"     // not so many a week
	NoHours    Reason = "hours"    // not so many hours
	Twice      Reason = "twice"    // something else was said of it before
)

// ParseError is an expression that cannot be read.
type ParseError struct {
	Text   string // the part that is wrong
	Reason Reason
	// Near is the name that was perhaps meant, Known are all of them.
	Near  string
	Known []string
}

func (e *ParseError) Error() string { return fmt.Sprintf("%q: no such %s", e.Text, e.Reason) }

// Names are those that an expression may use.
type Names struct{ Platforms, People []string }

// maxRate bounds the slots of a turn and the weeks from one to the next.
const maxRate = 50

// Parse reads what somebody wonders about, parted by commas:
//
//	blog=2/week        so many slots a week
//	youtube=1/2weeks   so many every so many weeks
//	letter=1/month     so many a month
//	flickr=0           none
//	person.awa=6h      so many hours a week
//	person.awa=+2h     more, or with - fewer
//
// The words may be French: semaine, mois, personne.
func Parse(text string, names Names) ([]Change, error) {
	var all []Change
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		c, err := parse(part, names)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(o Change) bool { return o.Platform == c.Platform && o.Person == c.Person }) {
			return nil, &ParseError{Text: part, Reason: Twice}
		}
		all = append(all, c)
	}
	return all, nil
}

func parse(part string, names Names) (Change, error) {
	left, right, ok := strings.Cut(part, "=")
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if !ok || left == "" || right == "" {
		return Change{}, &ParseError{Text: part, Reason: NoForm}
	}
	for _, prefix := range []string{"person.", "people.", "personne.", "personnes."} {
		if name, ok := strings.CutPrefix(left, prefix); ok {
			if !slices.Contains(names.People, name) {
				return Change{}, &ParseError{name, NoPerson, problem.Nearest(name, names.People), names.People}
			}
			return hours(name, right)
		}
	}
	for _, prefix := range []string{"platform.", "platforms.", "plateforme.", "plateformes."} {
		if name, ok := strings.CutPrefix(left, prefix); ok {
			left = name
		}
	}
	if !slices.Contains(names.Platforms, left) {
		e := &ParseError{left, NoPlatform, problem.Nearest(left, names.Platforms), names.Platforms}
		if slices.Contains(names.People, left) {
			e.Near = "person." + left
		}
		return Change{}, e
	}
	return rate(left, right)
}

// hours reads what a person has.
func hours(person, text string) (Change, error) {
	c := Change{Kind: SetHours, Person: person}
	rest, sign := text, 1
	switch text[0] {
	case '+':
		c.Kind, rest = Hours, text[1:]
	case '-':
		c.Kind, rest, sign = Hours, text[1:], -1
	}
	rest = strings.TrimSpace(rest)
	if n, err := strconv.Atoi(rest); err == nil && n == 0 {
		return c, nil
	}
	minutes, err := civil.ParseWork(rest)
	if err != nil || minutes > 7*24*60 {
		return Change{}, &ParseError{Text: text, Reason: NoHours}
	}
	c.N = sign * minutes
	return c, nil
}

// rate reads how often a platform has a slot.
func rate(platform, text string) (Change, error) {
	wrong := &ParseError{Text: text, Reason: NoRate}
	c := Change{Kind: Rhythm, Platform: platform}
	count, unit, ok := strings.Cut(text, "/")
	n, good := number(strings.TrimSpace(count))
	switch {
	case !good || n > maxRate:
		return Change{}, wrong
	case !ok && n == 0:
		return c, nil
	case !ok:
		return Change{}, wrong
	}
	unit = strings.ToLower(strings.TrimSpace(unit))
	digits := 0
	for digits < len(unit) && '0' <= unit[digits] && unit[digits] <= '9' {
		digits++
	}
	c.N = n
	if digits > 0 {
		if c.Every, good = number(unit[:digits]); !good || c.Every < 1 || c.Every > maxRate {
			return Change{}, wrong
		}
	}
	switch strings.TrimSpace(unit[digits:]) {
	case "week", "weeks", "w", "semaine", "semaines", "sem", "s":
	case "month", "mois":
		if digits > 0 && c.Every != 1 {
			return Change{}, wrong
		}
		c.Monthly, c.Every = true, 0
	default:
		return Change{}, wrong
	}
	return c, nil
}

// number reads a few digits.
func number(text string) (int, bool) {
	if len(text) == 0 || len(text) > 3 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
