package flickr

import (
	"context"
	"encoding/json"
	"time"

	"editorial/pkg/publish/platform"
)

// Check asks who the account is and what it may upload. A signature needs the
// present, which Flickr says in the answer to a question without one.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	a, err := p.bare(ctx, "flickr.test.echo", nil)
	if err != nil {
		return platform.Standing{}, err
	}
	now := a.At
	if err := read(a, now, nil); err != nil {
		return platform.Standing{}, err
	}
	if now.IsZero() {
		return platform.Standing{}, &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-date"}
	}
	var token struct {
		OAuth struct {
			Perms struct {
				Text string `json:"_content"` // read, write, delete
			} `json:"perms"`
			User struct {
				Name string `json:"username"`
			} `json:"user"`
		} `json:"oauth"`
	}
	if err := p.call(ctx, now, "", "flickr.auth.oauth.checkToken", nil, &token); err != nil {
		return platform.Standing{}, err
	}
	s := platform.Standing{Account: token.OAuth.User.Name, Limits: map[string]int{}}
	if token.OAuth.Perms.Text != "write" && token.OAuth.Perms.Text != "delete" {
		s.Missing = []string{"write"}
	}
	return s, p.limits(ctx, now, s.Limits)
}

// limits are what the account may upload, in kB.
func (p *Publisher) limits(ctx context.Context, now time.Time, into map[string]int) error {
	var said struct {
		User struct {
			Size      map[string]json.Number `json:"filesize"`
			Bandwidth map[string]any         `json:"bandwidth"` // "lots" for some
		} `json:"user"`
	}
	if err := p.call(ctx, now, "", "flickr.people.getUploadStatus", nil, &said); err != nil {
		return err
	}
	if n, err := said.User.Size["maxkb"].Int64(); err == nil && n > 0 {
		into["photo_kb"] = int(n)
	}
	if n, ok := said.User.Bandwidth["remainingkb"].(float64); ok {
		into["left_kb"] = int(n)
	}
	return nil
}
