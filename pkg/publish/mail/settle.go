package mail

import (
	"encoding/json"
	"slices"

	"editorial/pkg/publish/platform"
)

// Tally is how many recipients stand where.
type Tally struct{ Pending, Sent, Refused, Uncertain int }

// Read says how the recipients of a handle stand, in the order of the
// configuration. Those that stand as sending are uncertain: whoever reads is not
// sending.
func Read(h platform.Handle) ([]Recipient, Tally, error) {
	s := &sheet{}
	if len(h) == 0 {
		return nil, Tally{}, nil
	}
	if err := json.Unmarshal(h, s); err != nil {
		return nil, Tally{}, errHandle(err)
	}
	s.lose()
	return s.All, Tally{s.count(Pending), s.count(Sent), s.count(Refused), s.count(Uncertain)}, nil
}

// Name fills in the addresses of the recipients that are still among those; the
// others have none.
func Name(all []Recipient, key platform.Key, addresses []string) []Recipient {
	all = slices.Clone(all)
	for _, text := range addresses {
		token, ok := Token(key, text)
		if !ok {
			continue
		}
		for i := range all {
			if all[i].Token == token {
				all[i].Address = text
			}
		}
	}
	return all
}

// Settle is what a person says of recipients whose mail may be out: it is there,
// or it shall be sent again. Without tokens it is about all of them. A recipient
// who was refused is sent to again only by his token; one whose mail the server
// took never is.
//
// An edition is out after "it is there" if nobody is pending ([Read]). Else, and
// after "send again", Commit goes on from the handle that is returned. A handle
// that cannot be read is returned as it is.
func Settle(h platform.Handle, again bool, tokens ...string) platform.Handle {
	s := &sheet{}
	if json.Unmarshal(h, s) != nil {
		return h
	}
	s.lose()
	for i := range s.All {
		r := &s.All[i]
		named := slices.Contains(tokens, r.Token)
		switch {
		case len(tokens) > 0 && !named:
		case r.State == Uncertain && !again:
			r.State, r.Why = Sent, WhyPerson
		case r.State == Uncertain, r.State == Refused && again && named:
			*r = Recipient{Token: r.Token, State: Pending, Why: WhyAgain}
		}
	}
	data, err := s.handle(s.Saved)
	if err != nil {
		return h
	}
	return data
}

// Settle is [Settle] about everybody.
func (p *Publisher) Settle(h platform.Handle, again bool) (platform.Handle, error) {
	if _, _, err := Read(h); err != nil {
		return h, err
	}
	return Settle(h, again), nil
}

// SettlePart is [Settle] about one recipient, by his token. The error is
// [platform.ErrNoPart] where it would change nothing.
func (p *Publisher) SettlePart(h platform.Handle, again bool, token string) (after platform.Handle, left, waiting int, err error) {
	before, _, err := Read(h)
	if err != nil {
		return h, 0, 0, err
	}
	i := slices.IndexFunc(before, func(r Recipient) bool { return r.Token == token })
	if i < 0 || before[i].State != Uncertain && !(again && before[i].State == Refused) {
		return h, 0, 0, platform.ErrNoPart
	}
	after = Settle(h, again, token)
	_, tally, err := Read(after)
	return after, tally.Uncertain, tally.Pending, err
}
