package bluesky

import (
	"context"
	"time"

	"editorial/pkg/publish/platform"
)

// Follow answers the post with the first comment of the message. The answer has a
// name of its own, so that a second time changes nothing.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	if job.Message.FirstComment == "" {
		return nil
	}
	w, err := message(job)
	if err != nil {
		return err
	}
	did, name, ok := split(r.ID)
	if !ok {
		return platform.Refuse(platform.Invalid, "no-uri", "")
	}
	post, ok, err := p.get(ctx, job.Now, did, name)
	if err != nil {
		return err
	}
	if !ok {
		return platform.Refuse(platform.Invalid, errNoRecord, "")
	}
	lang := ""
	if l := w.Parts[0].Record.Langs; len(l) > 0 {
		lang = l[0]
	}
	say := newRecord(job.Message.FirstComment, lang, job.Due.Add(time.Second))
	say.Reply = &reply{Root: post, Parent: post}
	_, err = p.put(ctx, job.Now, did, tid(job.Key+"/comment", job.Due), say)
	if platform.ClassOf(err) == platform.Duplicate && err != nil {
		return nil // something was said there already
	}
	return err
}
