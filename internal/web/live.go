package web

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// pingEvery keeps a stream of events open, and finds those nobody reads.
const pingEvery = 20 * time.Second

// bell tells everybody who waits that something has changed.
type bell struct {
	mu sync.Mutex
	ch chan struct{}
}

func newBell() *bell { return &bell{ch: make(chan struct{})} }

// next is closed at the next ring.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ch
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.ch)
	b.ch = make(chan struct{})
}

// events tells a page which version is shown, at once and whenever it changes
// (https://html.spec.whatwg.org/multipage/server-sent-events.html).
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	told := ""
	for {
		next := s.changed.next()              // before the look, so that no ring is missed
		_ = out.SetWriteDeadline(time.Time{}) // a stream has no end
		if v := s.current.Load().version; v != told {
			if _, err := fmt.Fprintf(w, "data: %s\n\n", v); err != nil {
				return
			}
			told = v
		} else if _, err := fmt.Fprint(w, ": still here\n\n"); err != nil {
			return
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-next:
		case <-ping.C:
		}
	}
}
