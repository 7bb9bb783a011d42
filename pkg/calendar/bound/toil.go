package bound

import "math/bits"

// hourRows makes the rows of hours: what is due by the end of each week, of
// the team and then of each person.
func (p *pricing) hourRows() []row {
	var rows []row
	if p.spare == nil {
		return rows
	}
	for who := -1; who < len(p.inst.People); who++ {
		work := p.toilOf(who)
		for week := range p.inst.Weeks {
			rows = append(rows, work.row(week, p.spare[p.row(who, week)]))
		}
	}
	return rows
}

// toil is the pieces of work that somebody may have to do.
type toil []piece

// piece is some work, and the week in which it may be due first.
type piece struct{ minutes, week int }

// toilOf lists the work of a person, -1 for the team.
func (p *pricing) toilOf(who int) toil {
	var all toil
	for _, t := range p.trees {
		soon := p.inst.Weeks
		for _, i := range t.items {
			week := int(p.pairs[i][0].week)
			soon = min(soon, week)
			all = append(all, piece{share(p.inst.Items[i].Need, who), week})
		}
		all = append(all, piece{share(t.need, who), soon})
	}
	return all
}

// row is that of a week in which so many minutes are to spare. Its limit is
// the most that some of the pieces can take of them: whole pieces take no
// more.
func (t toil) row(week, spare int) row {
	total, divisor, n := 0, 0, 0
	for _, x := range t {
		if x.minutes > 0 && x.week <= week {
			total, divisor, n = min(total+x.minutes, endless), gcd(divisor, x.minutes), n+1
		}
	}
	if total <= spare {
		return row{unit: 1}
	}
	return row{
		limit: int64(divisor * t.reach(week, spare/divisor, divisor)), most: int64(mostPrice / total),
		unit: float64(total) / float64(n),
	}
}

// mostReach is up to which sum, in units of what divides all pieces, sums are
// looked at one by one.
const mostReach = 1 << 14

// reach returns the greatest sum of pieces that may be due by a week, in units
// of the divisor, which is at most the limit.
func (t toil) reach(week, limit, divisor int) int {
	if limit > mostReach {
		return limit
	}
	sums := make([]uint64, limit/64+1) // a bit for each that can be reached
	sums[0] = 1
	for _, x := range t {
		if x.minutes > 0 && x.week <= week && x.minutes/divisor <= limit {
			shift(sums, x.minutes/divisor)
		}
		if sums[limit/64]>>(limit%64)&1 == 1 {
			return limit
		}
	}
	for i := len(sums) - 1; ; i-- {
		if i == limit/64 {
			sums[i] &= 1<<(limit%64+1) - 1
		}
		if sums[i] != 0 {
			return 64*i + bits.Len64(sums[i]) - 1
		}
	}
}

// shift adds to the bits the same ones, n places further.
func shift(sums []uint64, n int) {
	for i := len(sums) - 1; i >= n/64; i-- {
		more := sums[i-n/64] << (n % 64)
		if n%64 > 0 && i > n/64 {
			more |= sums[i-n/64-1] >> (64 - n%64)
		}
		sums[i] |= more
	}
}
