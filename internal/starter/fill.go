package starter

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/words"
)

// errPlaceholder is a mistake in a model; a test holds that there is none.
var errPlaceholder = errors.New("unknown placeholder")

// day is what placeholders count from.
type day struct {
	words   *words.Words
	country string
	today   civil.Date
	file    string
}

// fill puts dates in the place of the placeholders.
func fill(src []byte, d day) ([]byte, error) {
	var b strings.Builder
	rest := string(src)
	for {
		before, after, ok := strings.Cut(rest, "{{")
		b.WriteString(before)
		if !ok {
			return []byte(b.String()), nil
		}
		name, after, ok := strings.Cut(after, "}}")
		value, err := d.value(name)
		if !ok || err != nil {
			return nil, fmt.Errorf("%s: %w {{%s", d.file, errPlaceholder, name)
		}
		b.WriteString(value)
		rest = after
	}
}

func (d day) value(name string) (string, error) {
	name, style, _ := strings.Cut(name, " ")
	switch name {
	case "id":
		seed := "editorial:model:" + string(d.words.Lang()) + ":" + d.file + ":" + d.today.String()
		return uuid.NewSHA1(uuid.NameSpaceURL, []byte(seed)).String(), nil
	case "year":
		return strconv.Itoa(d.today.Year), nil
	case "today":
		return d.today.String(), nil
	}
	date, err := d.date(name)
	if err != nil {
		return "", err
	}
	switch style {
	case "":
		return date.String(), nil
	case "open":
		for d.holiday(date) {
			date = date.AddDays(7)
		}
		return date.String(), nil
	case "long":
		full := d.words.LongDate(date)
		return strings.TrimSuffix(full, " "+strconv.Itoa(date.Year)), nil
	}
	return "", errPlaceholder
}

// date reads "Tue+1", "Sat-3" and "Mon+9+6d".
func (d day) date(name string) (civil.Date, error) {
	if len(name) < 5 {
		return civil.Date{}, errPlaceholder
	}
	weekday := time.Weekday(-1)
	for w := time.Sunday; w <= time.Saturday; w++ {
		if w.String()[:3] == name[:3] {
			weekday = w
		}
	}
	weeks, plus := name[3:], 0
	if i := strings.LastIndexByte(weeks, '+'); i > 0 {
		var err error
		if plus, err = strconv.Atoi(strings.TrimSuffix(weeks[i+1:], "d")); err != nil {
			return civil.Date{}, errPlaceholder
		}
		weeks = weeks[:i]
	}
	n, err := strconv.Atoi(weeks)
	if err != nil || n == 0 || weekday < 0 {
		return civil.Date{}, errPlaceholder
	}
	// One to seven days, so that the day itself never counts.
	ahead := (int(weekday)-int(d.today.Weekday())+6)%7 + 1
	days := ahead + 7*(n-1)
	if n < 0 {
		days = ahead%7 + 7*n
	}
	return d.today.AddDays(days + plus), nil
}

func (d day) holiday(date civil.Date) bool {
	days, _ := rhythm.Holidays(d.country, date.Year)
	for _, h := range days {
		if h.Date == date {
			return true
		}
	}
	return false
}
