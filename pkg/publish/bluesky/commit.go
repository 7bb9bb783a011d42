package bluesky

import (
	"context"
	"errors"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// put is the body of putRecord. SwapRecord null means "only where there is none".
type put struct {
	Repo       string  `json:"repo"`
	Collection string  `json:"collection"`
	Name       string  `json:"rkey"`
	Swap       *string `json:"swapRecord"`
	Record     record  `json:"record"`
}

// Commit puts the record, or those of a thread that are not out yet.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Receipt{}, err
	}
	w, err := message(job)
	if err != nil {
		return platform.Receipt{}, err
	}
	if err := p.ready(ctx, job, &h); err != nil { // what was prepared may be too old by now
		return platform.Receipt{}, err
	}
	for n := len(h.Parts); n < len(w.Parts); n++ {
		done, err := p.put(ctx, job.Now, h.DID, w.Parts[n].Name, whole(w, job, h, n))
		if err != nil {
			return platform.Receipt{}, p.explain(ctx, job, h, n, err)
		}
		h.Parts = append(h.Parts, done)
		if n+1 < len(w.Parts) {
			if err := job.Keep(ctx, h.close()); err != nil {
				return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "not-kept", Err: err}
			}
		}
	}
	return p.receipt(h, platform.ByResponse), nil
}

// whole is the n-th record with what only the server knew.
func whole(w frozen, job platform.Job, h handle, n int) record {
	r := w.Parts[n].Record
	if n > 0 {
		r.Reply = &reply{Root: h.Parts[0], Parent: h.Parts[n-1]}
		return r
	}
	if len(h.Blobs) > 0 {
		r.Embed = shown(job.Message.Media, h.Blobs)
	}
	return r
}

// shown is what hangs on a post with files: a film alone, or pictures.
func shown(files []platform.Media, blobs []blob) *embed {
	if m := files[0]; m.Type == filmType {
		return &embed{Type: embedFilm, Film: blobs[0].Ref, Alt: m.Alt, Ratio: ratioOf(m)}
	}
	e := &embed{Type: embedImages}
	for i, m := range files {
		e.Images = append(e.Images, image{Alt: m.Alt, Blob: blobs[i].Ref, Ratio: ratioOf(m)})
	}
	return e
}

// put puts a record where there is none, or the very same.
func (p *Publisher) put(ctx context.Context, now time.Time, did, name string, r record) (ref, error) {
	var done ref
	err := p.procedure(ctx, now, "com.atproto.repo.putRecord", put{Repo: did, Collection: collection, Name: name, Record: r}, &done)
	if err == nil && (done.URI == "" || done.CID == "") {
		err = platform.Refuse(platform.Uncertain, "no-uri", "")
	}
	return done, err
}

// explain says more of a refusal: pictures that the server threw away are
// uploaded again, and of a thread how much of it is out.
func (p *Publisher) explain(ctx context.Context, job platform.Job, h handle, n int, err error) error {
	e := *platform.As(err)
	switch {
	case e.Code == errNoBlob && e.Class == platform.Invalid:
		e.Class = platform.Temporary
		h.Blobs, h.Uploaded = nil, time.Time{}
		return errors.Join(&e, job.Keep(ctx, h.close()))
	case e.Class == platform.Invalid && n > 0:
		e.Code = "thread-cut"
		e.Detail = strconv.Itoa(n) + "/" + strconv.Itoa(len(job.Message.Parts)) + " " + e.Detail
	}
	return &e
}
