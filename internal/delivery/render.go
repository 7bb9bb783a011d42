package delivery

import (
	"errors"

	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// frozenMessage are the bytes to be sent, as they are kept.
type frozenMessage struct {
	data      []byte
	sum, said string
	cost      int64
	items     []string // that an edition carries
}

// errUnfit is the error of a post that does not fit its platform.
var errUnfit = errors.New("the post does not fit the platform")

// render makes the message of a post and freezes it. The error comes with the
// problems.
func (e *Engine) render(f platform.Format, p platform.Post) (frozenMessage, []problem.Problem, error) {
	problems := f.Validate(p)
	if problem.Errors(problems) > 0 {
		return frozenMessage{}, problems, errUnfit
	}
	m, err := f.Render(p)
	if err != nil {
		return frozenMessage{}, problems, err
	}
	data, sum, err := m.Freeze()
	if err != nil {
		return frozenMessage{}, problems, err
	}
	frozen := frozenMessage{data: data, sum: sum, said: m.Said(), cost: m.Cost}
	if p.Edition != nil {
		frozen.items = p.Edition.Items
	}
	return frozen, problems, nil
}

// freeze keeps a message in a delivery.
func freeze(d *store.Delivery, m frozenMessage) {
	d.Message, d.Sum, d.Said, d.Cost, d.Items = m.data, m.sum, m.said, m.cost, m.items
}
