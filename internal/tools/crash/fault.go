package crash

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// fault is a way in which a server fails.
type fault int

const (
	well fault = iota
	dropBefore
	dropAfter
	answersLate
	rateSeconds
	rateDate
	rateReset
	failsFirst
	failsAfter
	garbled
	truncated
	expired
)

// draw returns how a request goes: rather more than half of them well.
func draw(c *chance) fault {
	if n := c.below(20); n < 9 {
		return fault(n + 1)
	} else if n == 9 {
		return []fault{truncated, expired}[c.below(2)]
	}
	return well
}

// server serves a platform with failures. Expire answers a request as if its token
// were over; nil: tokens are for good.
type server struct {
	platform http.Handler
	expire   http.HandlerFunc
	chance   *chance
	// asked hears of every request, if somebody listens.
	asked chan struct{}
}

// ServeHTTP does what is asked, or fails.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status := func(code int, name, value string) {
		if name != "" {
			w.Header().Set(name, value)
		}
		w.WriteHeader(code)
	}
	select {
	case s.asked <- struct{}{}:
	default:
	}
	f := draw(s.chance)
	if f == expired && s.expire == nil {
		f = well
	}
	switch f {
	case dropBefore:
		cut(w, "")
		return
	case rateSeconds:
		status(http.StatusTooManyRequests, "Retry-After", "1")
		return
	case rateDate:
		status(http.StatusTooManyRequests, "Retry-After", time.Now().Add(2*time.Second).UTC().Format(http.TimeFormat))
		return
	case rateReset:
		status(http.StatusTooManyRequests, "X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(2*time.Second).Unix(), 10))
		return
	case failsFirst:
		status(http.StatusInternalServerError, "", "")
		return
	case expired:
		s.expire(w, r)
		return
	}
	done := httptest.NewRecorder()
	s.platform.ServeHTTP(done, r)
	switch f {
	case dropAfter:
		cut(w, "")
		return
	case failsAfter:
		status(http.StatusBadGateway, "", "")
		return
	case garbled:
		status(http.StatusOK, "Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>sorry</title>"))
		return
	case truncated:
		body := done.Body.String()
		cut(w, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "+strconv.Itoa(len(body)+1)+"\r\n\r\n"+body[:len(body)/2])
		return
	case answersLate:
		time.Sleep(300 * time.Millisecond)
	}
	for name, values := range done.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(done.Code)
	_, _ = w.Write(done.Body.Bytes())
}

// cut sends some bytes and ends the connection.
func cut(w http.ResponseWriter, bytes string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok && bytes == "" {
		_ = tcp.SetLinger(0)
	}
	_, _ = conn.Write([]byte(bytes))
	conn.Close()
}
