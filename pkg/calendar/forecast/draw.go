package forecast

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"sort"
	"time"
)

// moves is how often a post may change its stage in one drawn future: one that
// goes back and forth longer is not ready.
const moves = 50

// never is a post that is not ready within the time that is looked at.
const never = 1 << 30

// stream is a source of chance that belongs to what it is named after: the same
// names give the same numbers.
func stream(names ...string) *rand.Rand {
	h := sha256.New()
	for _, name := range names {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(name)))
		h.Write(n[:])
		h.Write([]byte(name))
	}
	sum := h.Sum(nil)
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
}

// drawer draws how long posts of one kind take, up to a number of hours.
type drawer struct {
	m     *Model
	g     group
	hours int
	// staying is the chance to be still there after each number of hours, of
	// one that has just come.
	staying [working][]float64
}

func (m *Model) drawer(kind string, hours int, keep bool) *drawer {
	d := &drawer{m: m, g: *m.group(kind), hours: hours}
	if keep {
		d.g.keep()
	}
	for s := range working {
		d.staying[s] = d.from(s, 0)
	}
	return d
}

// keep takes giving up out of a group.
func (g *group) keep() {
	for s := range working {
		rest := 1 - g.next[s][gone]
		for j := range g.next[s] {
			if j == gone {
				g.next[s][j] = 0
			} else if rest > 0 {
				g.next[s][j] /= rest
			}
		}
	}
}

// from is the chance to be still in a stage after each number of hours from an
// age on.
func (d *drawer) from(stage, age int) []float64 {
	out := make([]float64, d.hours+1)
	out[0] = 1
	for t := 1; t <= d.hours; t++ {
		out[t] = out[t-1] * (1 - d.m.hazard(&d.g, stage, age+t))
	}
	return out
}

// stay draws the hours of a stay.
func stay(r *rand.Rand, staying []float64) int {
	u := 1 - r.Float64() // more than 0
	return sort.Search(len(staying), func(t int) bool { return staying[t] < u })
}

// futures draws, many times, after how many hours a post is ready.
func (d *drawer) futures(r *rand.Rand, p Post, runs int) []int {
	out := make([]int, runs)
	stage := p.Stage.index()
	switch stage {
	case ready:
		return out
	case gone:
		for i := range out {
			out[i] = never
		}
		return out
	}
	first := d.from(stage, max(0, int(p.Age/time.Hour)))
	for i := range out {
		out[i] = d.future(r, stage, first)
	}
	return out
}

func (d *drawer) future(r *rand.Rand, stage int, staying []float64) int {
	total := 0
	for range moves {
		if total += stay(r, staying); total > d.hours {
			return never
		}
		switch stage = pick(r, d.g.next[stage]); stage {
		case ready:
			return total
		case gone:
			return never
		}
		staying = d.staying[stage]
	}
	return never
}

// pick draws where a post goes next.
func pick(r *rand.Rand, shares [ends]float64) int {
	u := r.Float64()
	for j, share := range shares {
		if u < share {
			return j
		}
		u -= share
	}
	return ready
}
