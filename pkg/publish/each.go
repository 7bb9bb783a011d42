package publish

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for every number below n, on all processors, and waits for all
// of them. The error is that of the lowest number that has one, so that it does
// not depend on who was faster.
func Each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
