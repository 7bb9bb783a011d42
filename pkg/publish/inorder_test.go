package publish_test

import (
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"editorial/pkg/publish"
)

func TestInOrder_usesInOrderAndNotFarAhead(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 3, 100} {
		var made atomic.Int64
		next := 0
		err := publish.InOrder(n, func(i int) int {
			made.Add(1)
			return i * i
		}, func(i, square int) error {
			if i != next || square != i*i {
				t.Fatalf("of %d: %d with %d, want %d", n, i, square, next)
			}
			next++
			if ahead := int(made.Load()) - i; ahead > 2*runtime.GOMAXPROCS(0) {
				t.Errorf("of %d: %d ahead", n, ahead)
			}
			return nil
		})
		if err != nil || next != n || int(made.Load()) != n {
			t.Errorf("of %d: used %d, made %d, %v", n, next, made.Load(), err)
		}
	}
}

func TestInOrder_stopsAtTheFirstError(t *testing.T) {
	t.Parallel()
	wrong, used := errors.New("wrong"), 0
	err := publish.InOrder(1000, func(i int) int { return i }, func(i, _ int) error {
		used++
		if i == 10 {
			return wrong
		}
		return nil
	})
	if !errors.Is(err, wrong) || used != 11 {
		t.Errorf("used %d, %v", used, err)
	}
}
