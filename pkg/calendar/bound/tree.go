package bound

import (
	"slices"
	"sort"

	"editorial/pkg/calendar"
)

// link ties a follower to a leader, both free.
type link struct {
	item, leader int
	// first is, by pair of the leader, the first pair of the follower that it
	// allows; one past the last where it allows none.
	first []int32
}

// tree is a post with its items and what ties them: each follows one of the
// others at most.
type tree struct {
	// items come after what they follow.
	items []int
	// followers are, by place in items, the places of what follows it.
	followers [][]int
	// follows is, by place in items, the link to what it follows; nil: nothing.
	follows []*link
	// need is what the post itself owes, until the week begun, from which fixed
	// placements make it owe that anyway.
	need  []calendar.Minutes
	begun int
}

// plant makes a tree of every post, and of the chains that do not fit in one
// (series, and the second of two leaders) links for prices.
func (m *model) plant() {
	leader, rest := m.leaders()
	m.grow(leader)
	follows := make([][]int, len(m.inst.Items))
	for row, a := range m.inst.After {
		if a.Item >= 0 {
			follows[a.Item] = append(follows[a.Item], row)
		}
	}
	for _, row := range rest {
		if a := &m.inst.After[row]; len(m.pairs[a.Item]) > 0 && !m.implied(a, leader, follows) {
			m.links = append(m.links, m.link(a))
		}
	}
}

// leaders chooses the row of After by which each item follows another of its
// post, -1 for none, so that nothing follows itself; rest are the other rows.
func (m *model) leaders() (leader, rest []int) {
	root := make([]int, len(m.inst.Items))
	leader = make([]int, len(m.inst.Items))
	for i := range leader {
		leader[i], root[i] = -1, i
	}
	top := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, kind := range []calendar.Link{calendar.LinkRepeat, calendar.LinkDerives, calendar.LinkSeries} {
		for row := range m.inst.After {
			a := &m.inst.After[row]
			if a.Why != kind || a.Item < 0 || a.Leader < 0 {
				continue
			}
			i, l := top(a.Item), top(a.Leader)
			if leader[a.Item] < 0 && i != l && m.inst.Items[a.Item].Post == m.inst.Items[a.Leader].Post {
				leader[a.Item], root[i] = row, l
			} else {
				rest = append(rest, row)
			}
		}
	}
	return leader, rest
}

// implied reports whether what an item follows follows the same leader.
func (m *model) implied(a *calendar.After, leader []int, follows [][]int) bool {
	if a.Why != calendar.LinkDerives || leader[a.Item] < 0 {
		return false
	}
	before := m.inst.After[leader[a.Item]].Leader
	return slices.ContainsFunc(follows[before], func(row int) bool {
		b := &m.inst.After[row]
		return b.Leader == a.Leader && b.Lag == a.Lag
	})
}

func (m *model) link(a *calendar.After) link {
	l := link{item: a.Item, leader: a.Leader}
	followers := m.pairs[a.Item]
	for _, p := range m.pairs[a.Leader] {
		at := m.release(a, p.slot)
		l.first = append(l.first, int32(sort.Search(len(followers), func(k int) bool { return m.instant(followers[k]) >= at })))
	}
	return l
}

// grow makes the trees of all posts that have anything to place.
func (m *model) grow(leader []int) {
	depth := m.depths(leader)
	byPost := make([][]int, len(m.inst.Posts))
	for i := range leader {
		byPost[m.inst.Items[i].Post] = append(byPost[m.inst.Items[i].Post], i)
	}
	place := slices.Repeat([]int{-1}, len(leader))
	for post, items := range byPost {
		slices.SortStableFunc(items, func(a, b int) int { return depth[a] - depth[b] })
		t := tree{begun: m.begun[post]}
		if m.spare != nil && t.begun > 0 {
			t.need = m.inst.Posts[post].Need
		}
		for _, i := range items {
			m.add(&t, i, leader[i], place)
		}
		if len(t.items) > 0 {
			m.trees = append(m.trees, t)
		}
	}
}

// add puts an item, and what it follows by a row of After, into a tree. Place
// is that of each item in its tree, -1 for none.
func (m *model) add(t *tree, item, row int, place []int) {
	var follows *link
	before := -1
	if row >= 0 {
		a := &m.inst.After[row]
		if before = place[a.Leader]; before < 0 {
			m.pairs[item] = nil // what it follows has no place
		}
		l := m.link(a)
		follows = &l
	}
	if len(m.pairs[item]) == 0 {
		return
	}
	place[item] = len(t.items)
	t.items, t.follows, t.followers = append(t.items, item), append(t.follows, follows), append(t.followers, nil)
	if before >= 0 {
		t.followers[before] = append(t.followers[before], place[item])
	}
}

// depths tells how many others each item follows in its tree.
func (m *model) depths(leader []int) []int {
	depth := slices.Repeat([]int{-1}, len(leader))
	var path []int
	for i := range leader {
		for at := i; depth[at] < 0; at = m.inst.After[leader[at]].Leader {
			path = append(path, at)
			if leader[at] < 0 {
				break
			}
		}
		for k := len(path) - 1; k >= 0; k-- {
			if at := path[k]; leader[at] < 0 {
				depth[at] = 0
			} else {
				depth[at] = 1 + depth[m.inst.After[leader[at]].Leader]
			}
		}
		path = path[:0]
	}
	return depth
}
