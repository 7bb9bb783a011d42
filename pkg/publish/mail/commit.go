package mail

import (
	"context"
	"fmt"
	"time"

	"github.com/emersion/go-smtp"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

const (
	// GiveUp is for how long somebody is tried whom the server puts off. RFC 5321
	// (section 4.5.4.1) wants days of servers that have a queue; an edition that
	// comes half a day late is none any more.
	GiveUp = 4 * time.Hour
	// firstWait and lastWait bound the time between two attempts at somebody.
	// Greylisting lets in who comes again after 5 minutes (common default,
	// November 2026).
	firstWait = 5 * time.Minute
	lastWait  = time.Hour
	// reconnect is when the rest of an edition goes on after its connection
	// ended.
	reconnect = time.Minute
)

// Commit sends to everybody who is pending and whose turn has come, one after
// the other on one connection, which it opens once. Its error says what keeps
// the edition from being out; what it did is in the handles that it saved.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	s, err := open(job.Handle, w)
	if err != nil {
		return platform.Receipt{}, err
	}
	s.lose()
	r := &run{publisher: p, job: job, wired: w, sheet: s, known: p.known(job.Key)}
	s.Begun = true
	if err := r.save(ctx); err != nil {
		return platform.Receipt{}, err
	}
	err = r.all(ctx)
	r.line.close(ctx)
	if err = r.outcome(err); err != nil {
		return platform.Receipt{}, err
	}
	return s.receipt(w, job), nil
}

// run is one Commit.
type run struct {
	publisher *Publisher
	job       platform.Job
	wired     wired
	sheet     *sheet
	known     map[string]address
	line      *line // nil before the first mail
}

// save keeps the sheet for good. Nothing may go on where that fails.
func (r *run) save(ctx context.Context) error {
	h, err := r.sheet.handle(r.job.Now)
	if err == nil {
		err = r.job.Keep(ctx, h)
	}
	if err != nil {
		return &platform.Error{Class: platform.Temporary, Code: "save", Err: err}
	}
	return nil
}

// half is a context that ends when half of the time of Commit is over: a mail
// that is begun has the other half, so that no answer is lost to our own
// deadline.
func (r *run) half(ctx context.Context) (context.Context, context.CancelFunc) {
	end, ok := ctx.Deadline()
	left := end.Sub(r.job.Now)
	if !ok || left <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, left/2)
}

// all sends to everybody whose turn it is. An error ends the run.
func (r *run) all(ctx context.Context) error {
	begin, done := r.half(ctx)
	defer done()
	for i := range r.sheet.All {
		to := &r.sheet.All[i]
		if to.State != Pending || to.Again.After(r.job.Now) {
			continue
		}
		if err := begin.Err(); err != nil {
			return &platform.Error{Class: platform.Temporary, Code: "stopped", Err: err}
		}
		at, ok := r.known[to.Token]
		if !ok {
			to.State, to.Why = Refused, WhyRemoved
			if err := r.save(ctx); err != nil {
				return err
			}
			continue
		}
		if err := r.to(ctx, to, at); err != nil {
			return err
		}
	}
	return nil
}

// to sends to one recipient.
func (r *run) to(ctx context.Context, to *Recipient, at address) error {
	mail, err := r.wired.address(at, to.Token, r.publisher.settings.DKIM)
	if err != nil {
		return &platform.Error{Class: platform.Invalid, Code: "message", Err: err}
	}
	if r.line == nil {
		if r.line, err = r.publisher.dial(ctx); err != nil {
			return err
		}
	}
	if at.utf8() && !r.line.utf8 {
		to.State, to.Why = Refused, WhyUTF8
		return r.save(ctx)
	}
	if err := r.line.takes(mail); err != nil {
		return err
	}
	ctx, end := context.WithTimeout(ctx, oneTime)
	defer end()
	stop := context.AfterFunc(ctx, func() { _ = r.line.conn.Close() })
	defer stop()
	return r.envelope(ctx, to, at, mail)
}

// envelope says who writes to whom, then sends the mail.
func (r *run) envelope(ctx context.Context, to *Recipient, at address, mail []byte) error {
	c := r.line.client
	if a := heard(c.Mail(r.wired.From, &smtp.MailOptions{Size: int64(len(mail)), UTF8: at.utf8()})); !a.ok() {
		return a.failed("mail")
	}
	switch a := heard(c.Rcpt(at.path(), nil)).about(at); {
	case a.ok():
		return r.data(ctx, to, at, mail)
	case a.lost != nil, a.leaving(), a.never() && permanent(a.status), a.overQuota():
		return a.failed("rcpt")
	default:
		return r.put(ctx, to, a)
	}
}

// put notes that a recipient was refused or put off, and makes the line free for
// the next one.
func (r *run) put(ctx context.Context, to *Recipient, a answer) error {
	to.note(a)
	to.State = Refused
	if a.later() {
		to.State = Pending
		if to.Tries++; to.Tries == 1 {
			to.First = r.job.Now
		}
		to.Again = r.job.Now.Add(wait(to.Tries))
		if r.job.Now.Sub(to.First) >= GiveUp {
			to.State, to.Why, to.Again = Refused, WhyGaveUp, time.Time{}
		}
	}
	if err := r.save(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	if b := heard(r.line.client.Reset()); !b.ok() {
		return b.failed("rset")
	}
	return nil
}

// wait is how long somebody rests who was put off so often.
func wait(tries int) time.Duration {
	d := firstWait
	for range tries - 1 {
		if d *= 2; d > lastWait {
			return lastWait
		}
	}
	return d
}

// late reports whether the server was away for so long that somebody should
// look.
func (r *run) late() bool {
	return !r.job.Since.IsZero() && r.job.Now.Sub(r.job.Since) >= GiveUp
}

// data sends the mail itself. Before, the recipient is saved as sending: if
// nobody comes back from here, he is uncertain.
func (r *run) data(ctx context.Context, to *Recipient, at address, mail []byte) error {
	to.State = Sending
	if err := r.save(ctx); err != nil {
		return err
	}
	a, whole := r.transfer(mail)
	a = a.about(at)
	ctx = context.WithoutCancel(ctx) // what happened is kept, whoever wants to stop
	switch {
	case whole && a.ok():
		to.note(a)
		to.State = Sent
		return r.save(ctx)
	case whole && !a.later() && !a.never():
		to.note(a)
		to.State, to.Why = Uncertain, WhyLost
		if err := r.save(ctx); err != nil {
			return err
		}
		return &platform.Error{Class: platform.Temporary, Code: "answer-lost", Err: a.lost}
	case a.lost != nil, a.leaving(), a.overQuota(), a.never() && permanent(a.status), !a.later() && !a.never():
		return r.back(ctx, to, a)
	case a.never() && r.sheet.count(Sent)+r.sheet.count(Uncertain) == 0:
		return r.back(ctx, to, a) // nobody has it yet: it is the mail that is not wanted
	}
	return r.put(ctx, to, a)
}

// back lets a recipient wait whose mail surely did not leave, and ends the run.
func (r *run) back(ctx context.Context, to *Recipient, a answer) error {
	to.State = Pending
	if err := r.save(ctx); err != nil {
		return err
	}
	return a.failed("data")
}

// transfer sends the mail and hears the answer. Whole is false as long as the
// final dot was not sent: until then no server may take it (RFC 5321, section
// 4.1.1.4).
func (r *run) transfer(mail []byte) (a answer, whole bool) {
	data, err := r.line.client.Data()
	if err != nil {
		a = heard(err)
		if !a.later() && !a.never() { // the server may take what comes next for a mail
			_ = r.line.conn.Close()
		}
		return a, false
	}
	if _, err := data.Write(mail); err != nil {
		_ = r.line.conn.Close() // a later command would end the mail with a dot first
		return answer{lost: err}, false
	}
	reply, err := data.CloseWithResponse()
	a = heard(err)
	if reply != nil {
		a.text = reply.StatusText
	}
	return a, true
}

// outcome is the error of a run, which may have ended early; nil: the edition is
// out. Where somebody has his mail already, the rest goes on soon, for as long as
// it is worth it.
func (r *run) outcome(err error) error {
	if err == nil {
		return r.verdict()
	}
	e := platform.As(err)
	switch {
	case e.Class != platform.Temporary || e.Code == "save":
	case r.sheet.count(Pending) == 0:
		return r.verdict()
	case r.sheet.count(Sent)+r.sheet.count(Uncertain) > 0 && !r.late():
		again := *e
		again.Class, again.Until = platform.Pending, r.job.Now.Add(reconnect)
		return &again
	}
	return e
}

// verdict is what all recipients together mean; nil: the edition is out.
func (r *run) verdict() error {
	var last Recipient
	var next time.Time
	for _, to := range r.sheet.All {
		if to.Text != "" {
			last = to
		}
		if to.State == Pending && (next.IsZero() || to.Again.Before(next)) {
			next = to.Again
		}
	}
	of := func(state State) string { return fmt.Sprintf("%d/%d", r.sheet.count(state), len(r.sheet.All)) }
	switch {
	case r.sheet.count(Pending) > 0:
		return &platform.Error{Class: platform.Pending, Status: last.Status, Code: "put-off", Detail: of(Pending) + " " + wire.Cut(last.Text), Until: next}
	case r.sheet.count(Uncertain) > 0:
		return &platform.Error{Class: platform.Uncertain, Code: "recipients-uncertain", Detail: of(Uncertain)}
	case r.sheet.count(Sent) == 0:
		return &platform.Error{Class: platform.Invalid, Status: last.Status, Code: "recipients-refused", Detail: of(Refused) + " " + wire.Cut(last.Text)}
	}
	return nil
}
