package ping

import (
	"net/http"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Outcome is what became of a ping.
type Outcome struct {
	// Told is how many addresses were taken.
	Told int
	// Later are those to tell again, not before Until, which is zero where nobody
	// says.
	Later []string
	Until time.Time
	// Refused are those that will not be taken, Why in a few words of the answer,
	// for a log.
	Refused []string
	Why     string
}

// add sorts addresses by what an answer to them means.
func (o *Outcome) add(urls []string, a wire.Answer, err error, now time.Time) {
	switch {
	case err == nil && a.OK():
		o.Told += len(urls)
	case err != nil, a.Status == http.StatusTooManyRequests, a.Status == http.StatusRequestTimeout, a.Status >= 500:
		o.Later = append(o.Later, urls...)
		if until := a.Until(now); until.After(o.Until) {
			o.Until = until
		}
		o.because(a, err)
	default:
		o.Refused = append(o.Refused, urls...)
		o.because(a, err)
	}
}

// because keeps the first reason.
func (o *Outcome) because(a wire.Answer, err error) {
	switch {
	case o.Why != "":
	case err != nil:
		o.Why = platform.As(err).Error()
	default:
		o.Why = strconv.Itoa(a.Status) + " " + wire.Cut(string(a.Body))
	}
}
