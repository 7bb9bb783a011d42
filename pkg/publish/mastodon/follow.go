package mastodon

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Follow answers the post with the first comment of the message, unless that
// stands under it already.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	say := job.Message.FirstComment
	if say == "" {
		return nil
	}
	var around struct {
		Descendants []status `json:"descendants"`
	}
	if _, err := p.read(ctx, p.at("/api/v1/statuses", r.ID, "context"), job.Now, &around); err != nil {
		return err
	}
	if slices.ContainsFunc(around.Descendants, func(s status) bool { return s.ReplyTo == r.ID && same(s.Content, say) }) {
		return nil
	}
	body := create{Status: say, ReplyTo: r.ID}
	if err := json.Unmarshal(job.Message.Wire, &body.frozen); err != nil {
		return &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	req, err := wire.JSON(http.MethodPost, p.at("/api/v1/statuses"), body)
	if err != nil {
		return err
	}
	_, err = p.call(ctx, req.With("Idempotency-Key", (job.Key+"/comment").UUID()), job.Now)
	return err
}
