package change

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// turn is a slot of a week that has a turn.
type turn struct {
	day    time.Weekday
	at     civil.Clock
	weight int
}

// order is that of a week that begins on Monday.
func (t turn) order(u turn) int {
	return cmp.Or(cmp.Compare(weekday(t.day), weekday(u.day)), minutes(t.at)-minutes(u.at))
}

// weekday counts from Monday, 0.
func weekday(d time.Weekday) int { return (int(d) + 6) % 7 }

// turns lists the slots of Times, each once a turn, in the order of the week.
func turns(times []rhythm.Times) []turn {
	var all []turn
	for _, t := range times {
		days := t.Days
		if len(days) == 0 {
			days = allDays()
		}
		for _, d := range days {
			for _, at := range t.At {
				all = append(all, turn{d, at, t.Weight})
			}
		}
	}
	slices.SortStableFunc(all, turn.order)
	return slices.CompactFunc(all, func(a, b turn) bool { return a.order(b) == 0 })
}

func allDays() []time.Weekday {
	days := make([]time.Weekday, 7)
	for i := range days {
		days[i] = time.Weekday((i + 1) % 7)
	}
	return days
}

// times makes Times of turns.
func times(all []turn, every int, anchor civil.Date) []rhythm.Times {
	out := make([]rhythm.Times, 0, len(all))
	for _, t := range all {
		x := rhythm.Times{Days: []time.Weekday{t.day}, At: []civil.Clock{t.at}, Weight: t.weight}
		if every > 1 {
			x.Every, x.Anchor = every, anchor
		}
		out = append(out, x)
	}
	return out
}

// anchor is a day of the first week that has a turn: the present one, or with
// Odd the next.
func (c Change) anchor(in calendar.Input) civil.Date {
	monday := civil.WeekOf(in.Zone.Date(in.Now)).Monday()
	if c.Odd {
		monday = monday.AddDays(7)
	}
	return monday
}

// halve halves each part of a rhythm.
func (c Change) halve(in calendar.Input, r rhythm.Rhythm) rhythm.Rhythm {
	var out rhythm.Rhythm
	for _, s := range r.Spaced {
		if s.N > 1 {
			s.N = (s.N + 1) / 2
			out.Spaced = append(out.Spaced, s)
			continue
		}
		once := c.weekly(in, rhythm.Rhythm{Spaced: []rhythm.Spaced{s}})
		out.Times = append(out.Times, times(once, 2, c.anchor(in))...)
	}
	for _, group := range byTurn(r.Times) {
		every, anchor := max(1, group[0].Every), group[0].Anchor
		all := turns(group)
		if len(all) > 1 {
			all = half(all)
		} else {
			if every == 1 || anchor.IsZero() {
				anchor = c.anchor(in)
			} else if c.Odd {
				anchor = anchor.AddDays(7 * every)
			}
			every *= 2
		}
		out.Times = append(out.Times, times(all, every, anchor)...)
	}
	for _, rule := range r.Rules {
		rule.Text = halveRule(rule.Text)
		out.Rules = append(out.Rules, rule)
	}
	return out
}

// byTurn parts Times that have their turns in different weeks.
func byTurn(all []rhythm.Times) [][]rhythm.Times {
	var groups [][]rhythm.Times
	for _, t := range all {
		i := slices.IndexFunc(groups, func(g []rhythm.Times) bool {
			return max(1, g[0].Every) == max(1, t.Every) && (t.Every <= 1 || g[0].Anchor == t.Anchor)
		})
		if i < 0 {
			i, groups = len(groups), append(groups, nil)
		}
		groups[i] = append(groups[i], t)
	}
	return groups
}

// half keeps of each two turns that follow each other the one of greater
// weight, in doubt the first.
func half(all []turn) []turn {
	var out []turn
	for i := 0; i < len(all); i += 2 {
		best := all[i]
		if i+1 < len(all) && weight(all[i+1]) > weight(best) {
			best = all[i+1]
		}
		out = append(out, best)
	}
	return out
}

func weight(t turn) int { return cmp.Or(t.weight, rhythm.DefaultWeight) }

// halveRule doubles the interval of a recurrence rule.
func halveRule(text string) string {
	interval := regexp.MustCompile(`(?i)(^|;)INTERVAL=([0-9]{1,6})`)
	if m := interval.FindStringSubmatchIndex(text); m != nil {
		n, _ := strconv.Atoi(text[m[4]:m[5]])
		return text[:m[4]] + strconv.Itoa(2*n) + text[m[5]:]
	}
	return text + ";INTERVAL=2"
}

// set gives a rhythm so many slots every so many weeks.
func (c Change) set(in calendar.Input, r rhythm.Rhythm) rhythm.Rhythm {
	every := max(1, c.Every)
	if c.N <= 0 {
		return rhythm.Rhythm{}
	}
	if len(r.Spaced) == 1 && len(r.Times) == 0 && len(r.Rules) == 0 && every == 1 && !c.Monthly {
		s := r.Spaced[0]
		s.N = c.N
		return rhythm.Rhythm{Spaced: []rhythm.Spaced{s}}
	}
	week := c.weekly(in, r)
	if c.Monthly {
		return rhythm.Rhythm{Rules: c.monthly(in, week)}
	}
	return rhythm.Rhythm{Times: times(fit(week, c.N), every, c.anchor(in))}
}

// yearOfDays is how far ahead a rhythm is read to learn its days and times.
const yearOfDays = 366

// weekly lists the days and times at which a rhythm has slots at all, none
// twice. One that has none gets Tuesday at nine.
func (c Change) weekly(in calendar.Input, r rhythm.Rhythm) []turn {
	all := turns(r.Times)
	monday := civil.WeekOf(in.Zone.Date(in.Now)).Monday()
	days := 7
	if len(r.Rules) > 0 {
		days = yearOfDays
	}
	// On a wall that knows no summer time: a time that a night skips is as
	// good as any.
	slots, _ := rhythm.Rhythm{Spaced: r.Spaced, Rules: r.Rules}.Expand(civil.UTC(), monday, monday.AddDays(days), rhythm.Closed{})
	for _, s := range slots {
		local := civil.UTC().DateTime(s.At)
		all = append(all, turn{local.Date.Weekday(), local.Clock, s.Weight})
	}
	slices.SortStableFunc(all, turn.order)
	all = slices.CompactFunc(all, func(a, b turn) bool { return a.order(b) == 0 })
	if len(all) == 0 {
		all = []turn{{day: time.Tuesday, at: civil.Clock{Hour: 9}}}
	}
	return all
}

// fit makes n turns: some of those that there are, evenly, or all of them and
// others on the days that are furthest from theirs, at the time of the first.
func fit(all []turn, n int) []turn {
	if n <= len(all) {
		out := make([]turn, 0, n)
		for k := range n {
			out = append(out, all[k*len(all)/n])
		}
		return out
	}
	first := all[0]
	for len(all) < n {
		next, ok := lonely(all, first)
		if !ok {
			break
		}
		all = append(all, next)
		slices.SortStableFunc(all, turn.order)
	}
	return all
}

// lonely is a turn on the day that has fewest, and of these the one that is
// furthest from a day that has more; Saturday and Sunday come last. An hour
// later where the time is taken.
func lonely(all []turn, like turn) (turn, bool) {
	var count [7]int
	for _, t := range all {
		count[weekday(t.day)]++
	}
	best := -1
	for d := range 7 {
		if best < 0 || cmp.Or(count[d]-count[best], weekend(d)-weekend(best), alone(count, best)-alone(count, d)) < 0 {
			best = d
		}
	}
	for hour := range 24 {
		t := turn{time.Weekday((best + 1) % 7), like.at, like.weight}
		t.at.Hour = (t.at.Hour + hour) % 24
		if !slices.ContainsFunc(all, func(u turn) bool { return u.order(t) == 0 }) {
			return t, true
		}
	}
	return turn{}, false
}

// weekend is 1 on Saturday and Sunday, counted from Monday, 0.
func weekend(day int) int { return day / 5 }

// alone is how many days, around the week, part a day from one that has more.
func alone(count [7]int, day int) int {
	for apart := 1; apart <= 3; apart++ {
		if count[(day+apart)%7] > count[day] || count[(day+7-apart)%7] > count[day] {
			return apart
		}
	}
	return 4
}

// monthly puts n slots on the first weekday and time: the first of the month,
// the first and third, and so on. More than four give each further time the
// four weeks as well.
func (c Change) monthly(in calendar.Input, week []turn) []rhythm.Rule {
	day := c.anchor(in)
	start := civil.Date{Year: day.Year, Month: day.Month, Day: 1}
	var rules []rhythm.Rule
	all := fit(week, max(1, (c.N+3)/4))
	for i, rest := 0, c.N; rest > 0 && i < len(all); i, rest = i+1, rest-4 {
		var on []string
		for _, k := range positions(min(rest, 4)) {
			on = append(on, fmt.Sprintf("%d%s", k, strings.ToUpper(all[i].day.String()[:2])))
		}
		rules = append(rules, rhythm.Rule{Text: "FREQ=MONTHLY;BYDAY=" + strings.Join(on, ","), Start: start.At(all[i].at), Weight: all[i].weight})
	}
	return rules
}

// positions are the weeks of a month that have a turn.
func positions(n int) []int {
	switch n {
	case 1:
		return []int{1}
	case 2:
		return []int{1, 3}
	case 3:
		return []int{1, 2, 3}
	}
	return []int{1, 2, 3, 4}
}

func minutes(c civil.Clock) int { return 60*c.Hour + c.Minute }
