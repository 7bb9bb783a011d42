package forecast

import "time"

// Post is a post in production as it stands now.
type Post struct {
	ID, Kind string
	Stage    Stage
	// Age is how long the post has been in its stage.
	Age time.Duration
}

// Curve returns the chance that a post is ready within 0, 1, 2, … hours. It is
// computed, not drawn.
func (m *Model) Curve(p Post, hours int) []float64 { return m.curves(p.Kind, hours).of(p) }

// curves are those of posts that have just entered a stage, of one kind.
type curves struct {
	m     *Model
	g     *group
	fresh [working][]float64
}

func (m *Model) curves(kind string, hours int) *curves {
	c := &curves{m: m, g: m.group(kind)}
	var leave [working]leaving
	for s := range working {
		c.fresh[s] = make([]float64, hours+1)
		leave[s] = c.leaving(s, 0, hours)
	}
	// What is ready within h hours left the stage after some of them, and
	// became ready from the next stage in the hours that were left.
	for h := 1; h <= hours; h++ {
		for s := range working {
			c.fresh[s][h] = c.reached(s, leave[s], h)
		}
	}
	return c
}

// leaving is the chance to leave a stage, by hours from now.
type leaving struct{ after, within []float64 }

// leaving tells it of a stage from an age on.
func (c *curves) leaving(stage, age, hours int) leaving {
	l := leaving{make([]float64, hours+1), make([]float64, hours+1)}
	still := 1.0
	for t := 1; t <= hours; t++ {
		p := c.m.hazard(c.g, stage, age+t)
		l.after[t] = still * p
		still *= 1 - p
		l.within[t] = 1 - still
	}
	return l
}

// reached is the chance to be ready within h hours for a post that leaves its
// stage as is given.
func (c *curves) reached(stage int, l leaving, h int) float64 {
	next := &c.g.next[stage]
	total := float64(next[ready] * l.within[h])
	for j := range working {
		if next[j] == 0 {
			continue
		}
		part := 0.0
		for t, f := range c.fresh[j][:h] { // ready t hours after it went on
			part += float64(l.after[h-t] * f)
		}
		total += float64(next[j] * part)
	}
	return min(total, 1)
}

// of returns the curve of a post.
func (c *curves) of(p Post) []float64 {
	all := make([]int, len(c.fresh[0]))
	for h := range all {
		all[h] = h
	}
	return c.at(p, all)
}

// at returns the curve of a post at some hours, in order.
func (c *curves) at(p Post, hours []int) []float64 {
	out := make([]float64, len(hours))
	stage := p.Stage.index()
	var l leaving
	if stage < working {
		l = c.leaving(stage, max(0, int(p.Age/time.Hour)), hours[len(hours)-1])
	}
	for i, h := range hours {
		switch {
		case stage == ready:
			out[i] = 1
		case stage < working && h > 0:
			out[i] = c.reached(stage, l, h)
		}
	}
	return out
}
