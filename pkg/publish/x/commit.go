package x

import (
	"context"
	"encoding/json"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// post is one as X takes it.
type post struct {
	Text  string     `json:"text"`
	Media *postMedia `json:"media,omitempty"`
	Reply *postReply `json:"reply,omitempty"`
	AI    bool       `json:"made_with_ai,omitempty"`
}

type postMedia struct {
	IDs []string `json:"media_ids"`
}

type postReply struct {
	To string `json:"in_reply_to_tweet_id"`
}

// Commit posts. Of a thread it goes on after the parts that are out, and keeps
// each one's id before the next.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h := readHandle(job.Handle)
	if !h.ready(job) { // no post goes out without its files
		again, err := p.Prepare(ctx, job)
		if err != nil {
			return platform.Receipt{}, wire.Harmless(err)
		}
		h = readHandle(again)
	}
	wish := thaw(job.Message)
	for i := len(h.Parts); i < len(job.Message.Parts); i++ {
		body := post{Text: job.Message.Parts[i].Text, AI: wish.AI}
		if i > 0 {
			body.Reply = &postReply{To: h.Parts[i-1]}
		} else if len(h.Files) > 0 {
			body.Media = &postMedia{}
			for _, f := range h.Files {
				body.Media.IDs = append(body.Media.IDs, f.ID)
			}
		}
		id, err := p.post(ctx, job, body)
		if err != nil {
			return platform.Receipt{}, err
		}
		h.Parts = append(h.Parts, id)
		if i+1 < len(job.Message.Parts) {
			if err := job.Keep(ctx, h.bytes()); err != nil {
				return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "not-kept", Err: err}
			}
		}
	}
	return h.receipt(platform.ByResponse), nil
}

// ready reports whether X has all files of a message, where they are still to go
// out.
func (h handle) ready(job platform.Job) bool {
	if len(h.Parts) > 0 {
		return true // they hang on the first post
	}
	for i, f := range job.Message.Media {
		if i >= len(h.Files) {
			return false
		}
		if u := h.Files[i]; u.ID == "" || !u.Ready || described(f) && !u.Alt || !job.Now.Before(u.Until) {
			return false
		}
	}
	return true
}

func (h handle) receipt(by platform.Evidence) platform.Receipt {
	if len(h.Parts) == 0 {
		return platform.Receipt{}
	}
	r := platform.Receipt{ID: h.Parts[0], URL: h.page(h.Parts[0]), Evidence: by}
	if len(h.Parts) > 1 {
		r.Parts = h.Parts
	}
	return r
}

// post sends one post. A success may name errors besides: it counts if it has an
// id.
func (p *Publisher) post(ctx context.Context, job platform.Job, body post) (string, error) {
	var said struct{ Data struct{ ID string } }
	a, err := p.tell(ctx, job.Now, "/2/tweets", body, &said)
	if err != nil {
		return "", mayBeTwice(err)
	}
	if !number(said.Data.ID) {
		return "", &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-id", Detail: wire.Cut(string(a.Body))}
	}
	return said.Data.ID, nil
}

func thaw(m platform.Message) frozen {
	var f frozen
	_ = json.Unmarshal(m.Wire, &f) // what cannot be read says nothing
	return f
}
