package article

import (
	"context"
	"encoding/json"

	"editorial/pkg/publish/platform"
)

// Said returns the frozen part of a job's message. Its error is of class Invalid.
func Said[W any](job platform.Job) (W, error) {
	var w W
	if err := json.Unmarshal(job.Message.Wire, &w); err != nil {
		return w, &platform.Error{Class: platform.Invalid, Code: "message", Err: err}
	}
	return w, nil
}

// Held returns what a job has in hand. What cannot be read is nothing: a blog
// tells what it has, or takes it again.
func Held[H any](h platform.Handle) H {
	var held H
	_ = json.Unmarshal(h, &held)
	return held
}

// Keep writes down what a job has in hand, and returns it.
func Keep(ctx context.Context, job platform.Job, held any) (platform.Handle, error) {
	raw, err := json.Marshal(held)
	if err != nil {
		return nil, err
	}
	return raw, job.Keep(ctx, raw)
}
