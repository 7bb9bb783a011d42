package wire_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// stalls gives some bytes, and then no more until somebody has enough of it.
type stalls struct {
	some io.Reader
	stop context.CancelFunc
}

func (s stalls) Read(p []byte) (int, error) {
	n, err := s.some.Read(p)
	if err == io.EOF {
		s.stop()
		return 0, context.Canceled
	}
	return n, err
}

// A line that is too slow for a film: as long as the last byte has not left, the
// server cannot have it, and it can be sent again. Once it has, nobody knows.
func TestDo_knowsThatHalfARequestIsNone(t *testing.T) {
	data := bytes.Repeat([]byte("film"), 100_000)
	for half, want := range map[bool]platform.Class{true: platform.Temporary, false: platform.Uncertain} {
		ctx, stop := context.WithCancel(t.Context())
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			stop() // and no answer
			<-r.Context().Done()
		}))
		r := wire.Raw(http.MethodPost, server.URL, "video/mp4", data)
		if half {
			r.Body = stalls{bytes.NewReader(data[:len(data)/2]), stop}
		}
		_, err := wire.Do(ctx, server.Client(), r)
		if platform.ClassOf(err) != want || err == nil {
			t.Errorf("half %t: %v, want %s", half, err, want)
		}
		stop()
		server.CloseClientConnections()
		server.Close()
	}
}
