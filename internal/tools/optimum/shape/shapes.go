package shape

import "editorial/pkg/civil"

const (
	hour = 60
	day  = 24 * hour
)

// shapes are the kinds of offices. Each is short of something: slots, hours,
// or freedom.
func shapes() []shape {
	plain := shape{
		weeks: span{5, 8}, platforms: span{2, 4}, posts: span{18, 36}, slots: span{2, 4}, on: 45,
		reserve: []int{0, 150}, need: []int{30, 60, 90, 120, 240}, minutes: []int{240, 480, 900}, effort: []int{0, 30}, lead: []int{0, 1, 2},
		derives: 40, lags: []civil.Span{{}, {Minutes: 4 * hour}, {Days: 1}, {Days: 7}}, gaps: []int{0}, spreads: []int{0},
		family: 5, every: []civil.Span{{}, {Days: 7}, {Days: 14}, {Minutes: 36 * hour}}, early: 10, late: 10, published: 4, closed: 15,
	}
	with := func(name string, change func(*shape)) shape {
		s := plain
		s.name = name
		change(&s)
		return s
	}
	return []shape{
		with("tight hours", func(s *shape) {
			s.people, s.owing, s.absent, s.minutes, s.effort = span{2, 3}, 85, 40, []int{120, 240, 360}, []int{0, 15, 45, 60}
			s.weeks, s.platforms, s.posts = span{3, 7}, span{2, 4}, span{16, 32}
		}),
		with("deep chains", func(s *shape) {
			s.platforms, s.on, s.derives, s.series, s.repeats, s.posts = span{3, 5}, 70, 90, 60, 15, span{14, 26}
			s.lags = []civil.Span{{Minutes: 4 * hour}, {Days: 1}, {Days: 7}, {Days: 3, Minutes: 90}}
		}),
		with("clashing pins", func(s *shape) {
			s.pins, s.dayPins, s.agreed, s.early, s.late = 14, 10, 10, 25, 25
			s.gaps, s.spreads = []int{0, 20 * hour, 2 * day}, []int{0, 3 * day}
		}),
		with("heavy mix", func(s *shape) {
			s.mixes, s.published, s.weeks, s.posts = 100, 15, span{5, 9}, span{24, 48}
		}),
		with("editions", func(s *shape) {
			s.edition, s.slots, s.posts, s.capWeek = 75, span{1, 3}, span{20, 44}, 30
			s.spreads = []int{0, 0, 8 * day}
		}),
		with("a year", func(s *shape) {
			s.weeks, s.platforms, s.slots, s.posts, s.repeats = span{52, 52}, span{1, 2}, span{1, 1}, span{36, 56}, 12
			s.every = []civil.Span{{Days: 28}, {Days: 91}, {Minutes: 1000 * hour}}
			s.people, s.owing, s.minutes = span{0, 2}, 50, []int{60, 120}
		}),
		with("one person", func(s *shape) {
			s.people, s.owing, s.absent, s.minutes = span{1, 1}, 70, 50, []int{180, 300, 480}
			s.platforms, s.weeks, s.posts = span{2, 3}, span{5, 10}, span{18, 34}
		}),
		with("ten people", func(s *shape) {
			s.people, s.owing, s.absent, s.minutes, s.posts = span{10, 10}, 80, 30, []int{60, 90, 150, 240}, span{28, 44}
			s.weeks, s.platforms = span{4, 8}, span{2, 4}
		}),
		with("far apart", func(s *shape) {
			s.slots, s.gaps, s.spreads = span{4, 7}, []int{20 * hour, 2 * day, 3 * day}, []int{0, 3 * day, 6 * day, 10 * day}
			s.capDay, s.capWeek = 50, 50
		}),
		with("agreed", func(s *shape) {
			s.agreed, s.gaps, s.spreads, s.people, s.owing = 60, []int{0, 20 * hour}, []int{0, 3 * day}, span{0, 3}, 40
		}),
		with("weights", func(s *shape) {
			s.weights, s.platforms, s.posts = []int{100, 500, 900, 1000, 1100, 2500, 6000}, span{3, 6}, span{16, 28}
			s.derives, s.capWeek = 60, 30
		}),
		with("bilingual", func(s *shape) {
			s.bilingual, s.series, s.derives, s.on, s.spreads, s.family = true, 50, 60, 60, []int{0, 4 * day}, 8
		}),
		with("everything", func(s *shape) {
			s.people, s.owing, s.absent, s.minutes = span{2, 5}, 50, 30, []int{180, 360, 600}
			s.series, s.repeats, s.edition, s.mixes, s.pins, s.dayPins, s.agreed, s.published = 30, 10, 25, 50, 5, 4, 20, 8
			s.gaps, s.spreads, s.capDay, s.capWeek = []int{0, 0, 20 * hour}, []int{0, 0, 3 * day}, 20, 20
			s.weights = []int{0, 0, 800, 1500}
		}),
		with("a month", func(s *shape) {
			s.weeks, s.platforms, s.slots, s.posts, s.on, s.derives = span{5, 5}, span{3, 3}, span{2, 5}, span{40, 40}, 35, 60
			s.people, s.owing, s.minutes, s.gaps, s.mixes = span{2, 4}, 50, []int{300, 600}, []int{0, 20 * hour}, 30
		}),
	}
}
