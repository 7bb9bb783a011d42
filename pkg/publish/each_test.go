package publish_test

import (
	"errors"
	"strconv"
	"testing"

	"editorial/pkg/publish"
)

func TestEach_doesAllAndReturnsTheFirstError(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 1000} {
		done := make([]int, n)
		if err := publish.Each(n, func(i int) error { done[i]++; return nil }); err != nil {
			t.Fatal(err)
		}
		for i, times := range done {
			if times != 1 {
				t.Fatalf("%d of %d: done %d times", i, n, times)
			}
		}
	}
	err := publish.Each(1000, func(i int) error {
		if i%100 == 37 {
			return errors.New(strconv.Itoa(i))
		}
		return nil
	})
	if err == nil || err.Error() != "37" {
		t.Errorf("got %v, want 37", err)
	}
}
