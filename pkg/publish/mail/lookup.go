package mail

import (
	"context"
	"time"

	"editorial/pkg/publish/platform"
)

// trust is how old a handle may be and still be believed in what it says of
// those who have no mail: a program that crashed is mostly back by then, and a
// backup that is restored is mostly older.
const trust = 15 * time.Minute

// Lookup asks no server, for none can say. What Commit recorded tells who has his
// mail, and that those have none before whom the program ended; where that record
// is missing or old, nobody knows.
func (p *Publisher) Lookup(_ context.Context, job platform.Job) (platform.Finding, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Finding{}, err
	}
	s, err := open(job.Handle, w)
	if err != nil {
		return platform.Finding{}, err
	}
	s.lose()
	saved := s.Saved
	if !s.Begun || job.Since.IsZero() || job.Now.Sub(saved) > trust || job.Now.Before(saved) {
		s.doubt()
	}
	h, err := s.handle(saved)
	if err != nil {
		return platform.Finding{}, err
	}
	f := platform.Finding{Whether: platform.Found, Handle: h}
	switch {
	case s.count(Pending) > 0:
		f.Whether = platform.NotFound // Commit goes on with them
	case s.count(Uncertain) > 0:
		f.Whether = platform.Unknown
	case s.count(Sent) == 0:
		f.Whether = platform.NotFound // Commit says that nobody took it
	default:
		f.Receipt = s.receipt(w, job)
	}
	return f, nil
}

// receipt is that of an edition that is out.
func (s *sheet) receipt(w wired, job platform.Job) platform.Receipt {
	return platform.Receipt{ID: w.messageID(job.Key.Token(tokenLength)), Evidence: platform.ByResponse}
}
