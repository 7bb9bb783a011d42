package mail

import (
	"context"

	"editorial/pkg/publish/platform"
)

// Prepare notes the recipients; it asks no server. After an edition that nobody
// took, all are tried again.
func (p *Publisher) Prepare(_ context.Context, job platform.Job) (platform.Handle, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return nil, err
	}
	s, err := open(job.Handle, w)
	if err != nil {
		return nil, err
	}
	s.lose()
	if s.count(Refused) == len(s.All) {
		for i := range s.All {
			s.All[i] = Recipient{Token: s.All[i].Token, State: Pending}
		}
	}
	return s.handle(job.Now)
}
