package publish

import (
	"runtime"
	"sync"
)

// InOrder makes a value for every number below n on all processors, and uses
// them one after the other, in order, in the goroutine of the caller. Never
// more than about two values a processor are made and not yet used. The error
// is the first of use; nothing is used after it.
func InOrder[T any](n int, produce func(i int) T, use func(i int, v T) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	ahead := 2 * workers
	jobs := make(chan int, ahead)
	made := make([]chan T, ahead) // the value of i is in made[i%ahead]
	for i := range made {
		made[i] = make(chan T, 1)
	}
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range jobs {
				made[i%ahead] <- produce(i)
			}
		})
	}
	defer group.Wait()
	defer close(jobs)
	for i := range min(ahead, n) {
		jobs <- i
	}
	for i := range n {
		if err := use(i, <-made[i%ahead]); err != nil {
			return err
		}
		if i+ahead < n {
			jobs <- i + ahead
		}
	}
	return nil
}
