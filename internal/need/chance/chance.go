// Package chance is for tests that draw their inputs (pgregory.net/rapid). What
// they draw is the same in every run, so that whether a change is right does
// not depend on luck. To search further, give another seed: the environment
// variable RAPID_SEED, or -rapid.seed, where 0 is a seed of chance. A test
// that fails says with which seed it does so again. scripts/fuzz searches so.
package chance

import (
	"flag"
	"iter"
	"math"
	"strconv"
	"testing"
)

// name is the flag of rapid. Its value is the seed, by default that of
// RAPID_SEED, or 0.
const name = "rapid.seed"

// Run is the TestMain of a package whose tests draw.
func Run(m *testing.M) {
	if f := flag.Lookup(name); f.Value.String() == "0" {
		if err := f.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	m.Run() // reads the command line, which may say otherwise
}

// Seeds are n seeds for the examples of a generator, from the seed of the run
// on.
func Seeds(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		first, err := strconv.ParseUint(flag.Lookup(name).Value.String(), 10, 64)
		if err != nil {
			panic(err)
		}
		for i := range n {
			if !yield(int(first&math.MaxInt32) + i) {
				return
			}
		}
	}
}
