package bound

import (
	"math"

	"editorial/pkg/calendar"
)

// readHours reads the rows of Capacity.
func (m *model) readHours() {
	inst := m.inst
	m.begun = make([]int, len(inst.Posts))
	for i := range m.begun {
		m.begun[i] = inst.Weeks
	}
	for _, f := range inst.Fixed {
		if f.Post >= 0 && !f.Done {
			m.begun[f.Post] = min(m.begun[f.Post], f.DueWeek)
		}
	}
	if len(inst.Capacity) == 0 {
		return
	}
	m.spare = make([]int, (len(inst.People)+1)*inst.Weeks)
	for i := range m.spare {
		m.spare[i] = math.MaxInt
	}
	for _, c := range inst.Capacity {
		m.spare[m.row(c.Person, c.Week)] = max(c.Avail-c.Taken, 0)
	}
}

// row is the place of a person's week among the rows of hours; -1 is the team.
func (m *model) row(person, week int) int { return (person+1)*m.inst.Weeks + week }

// bearable returns the first week in which an item may be due for which there
// is time, were it alone. What is due later counts in fewer weeks: from there
// on there is time for it always.
func (m *model) bearable(item int) int {
	it := &m.inst.Items[item]
	week := m.inst.Weeks
	for m.spare != nil && week > 0 {
		own := m.inst.Posts[it.Post].Need
		if week > m.begun[it.Post] {
			own = nil
		}
		if !m.fits(it.Need, own, week-1) {
			return week
		}
		week--
	}
	if m.spare == nil {
		return 0
	}
	return week
}

// fits reports whether a week has the time that an item and its post need.
func (m *model) fits(version, own []calendar.Minutes, week int) bool {
	if whole(version)+whole(own) > m.spare[m.row(-1, week)] {
		return false
	}
	for _, need := range [][]calendar.Minutes{version, own} {
		for _, n := range need {
			if n.Person >= 0 && share(version, n.Person)+share(own, n.Person) > m.spare[m.row(n.Person, week)] {
				return false
			}
		}
	}
	return true
}

// whole sums up. More than anybody could ever work is as good as that.
func whole(need []calendar.Minutes) int {
	sum := 0
	for _, n := range need {
		sum = min(sum+min(n.Minutes, endless), endless)
	}
	return sum
}

// share is what somebody owes of some work, -1 for the team: all of it.
func share(need []calendar.Minutes, who int) int {
	if who < 0 {
		return whole(need)
	}
	sum := 0
	for _, n := range need {
		if n.Person == who {
			sum = min(sum+min(n.Minutes, endless), endless)
		}
	}
	return sum
}

// endless is more minutes than count.
const endless = 1 << 50
