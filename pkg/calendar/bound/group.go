package bound

// group is the items of a platform, or those of one pillar or one intent
// there: the rules of slots count groups.
type group struct {
	platform       int
	pillar, intent string
}

// groups lists the groups of a model.
type groups struct {
	list []group
	at   map[group]int
	// kinds are the combinations of groups that items are in: all of the
	// platform, the pillar, the intent; -1 stands for none.
	kinds [][3]int
	// kind is that of each item.
	kind []int
}

func (m *model) groups() *groups {
	g := &groups{at: map[group]int{}}
	kinds := map[[3]int]int{}
	for i := range m.inst.Items {
		it := &m.inst.Items[i]
		k := [3]int{g.add(group{platform: it.Platform}), -1, -1}
		if it.Pillar != "" {
			k[1] = g.add(group{platform: it.Platform, pillar: it.Pillar})
		}
		if it.Intent != "" {
			k[2] = g.add(group{platform: it.Platform, intent: it.Intent})
		}
		if _, ok := kinds[k]; !ok {
			kinds[k] = len(g.kinds)
			g.kinds = append(g.kinds, k)
		}
		g.kind = append(g.kind, kinds[k])
	}
	return g
}

func (g *groups) add(of group) int {
	i, ok := g.at[of]
	if !ok {
		i = len(g.list)
		g.at[of] = i
		g.list = append(g.list, of)
	}
	return i
}
