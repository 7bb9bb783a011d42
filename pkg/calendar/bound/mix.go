package bound

import "editorial/pkg/calendar"

// ratio is a rule of shares: c of n free items in some slots match, and
// 1000·c - most·n is at most slack or, where it bounds from below,
// least·n - 1000·c is.
type ratio struct {
	platform int
	lo, hi   int
	// all and match are groups; match is -1 where nothing matches.
	all, match int
	perMille   int
	slack      int
}

// mixes adds the bands of all shares: what fixed placements leave of them.
func (b *banding) mixes() {
	for i := range b.inst.Mixes {
		x := &b.inst.Mixes[i]
		of := group{platform: x.Platform, intent: x.Intent}
		if x.Intent == "" {
			of.pillar = x.Pillar
		}
		all, ok := b.at[group{platform: x.Platform}]
		if !ok || of.pillar == "" && of.intent == "" {
			continue
		}
		match, ok := b.at[of]
		if !ok {
			match = -1
		}
		lo, hi := b.slice(x.Platform, func(s *calendar.Slot) int { return s.Block - x.Block })
		if lo == hi {
			continue
		}
		if x.Max < 1000 {
			b.atMost(ratio{x.Platform, lo, hi, all, match, x.Max, max(999+x.Max*x.N-1000*x.C, 0)})
		}
		if x.Min > 0 {
			b.atLeast(ratio{x.Platform, lo, hi, all, match, x.Min, max(999-x.Min*x.N+1000*x.C, 0)})
		}
	}
}

// atMost adds the rule, divided by what divides its left side and then rounded
// down, and what whole numbers make of it beyond: with f(n) the most that may
// match of n, the edges of the least concave line above f.
func (b *banding) atMost(s ratio) {
	d := gcd(s.perMille, 1000)
	b.line(s, 1000/d, -s.perMille/d, s.slack/d)
	b.hull(s, func(n int) int { return min(n, (s.perMille*n+s.slack)/1000) }, 1)
}

// atLeast is the same from below.
func (b *banding) atLeast(s ratio) {
	d := gcd(s.perMille, 1000)
	b.line(s, -1000/d, s.perMille/d, s.slack/d)
	b.hull(s, func(n int) int { return max(0, s.perMille*n-s.slack+999) / 1000 }, -1)
}

// line adds the band c·match + n·all <= limit.
func (b *banding) line(s ratio, c, n, limit int) {
	parts := []part{{s.all, n}}
	if s.match >= 0 {
		parts = append(parts, part{s.match, c})
	}
	b.add(band{parts: parts, lo: s.lo, hi: s.hi, limit: limit})
}

// mostOfHull is up to which number of posts the edges are looked for.
const mostOfHull = 200

// hull adds the edges of the least concave line above f (sign 1), or of the
// greatest convex one below (-1), over all numbers of posts that have room.
func (b *banding) hull(s ratio, f func(n int) int, sign int) {
	room := 0
	for t := s.lo; t < s.hi; t++ {
		room += b.room(t)
	}
	if room > mostOfHull {
		return
	}
	corners := []int{0}
	for n := 1; n <= room; n++ {
		for len(corners) > 1 {
			p, q := corners[len(corners)-2], corners[len(corners)-1]
			if sign*((f(q)-f(p))*(n-q)-(f(n)-f(q))*(q-p)) > 0 {
				break
			}
			corners = corners[:len(corners)-1]
		}
		corners = append(corners, n)
	}
	for i := 1; i < len(corners); i++ {
		p, q := corners[i-1], corners[i]
		rise, run := f(q)-f(p), q-p
		if rise == run && sign > 0 || rise == 0 && sign < 0 {
			continue // c is at most n, and at least 0, anyway
		}
		b.line(s, sign*run, -sign*rise, sign*(run*f(p)-rise*p))
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
