package linkedin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Prepare uploads the pictures, or the film.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h := readHandle(job.Handle, len(job.Message.Media))
	var err error
	if h.Author, err = p.author(ctx, job.Now, h); err != nil {
		return nil, err
	}
	for i, file := range job.Message.Media {
		m := &h.Images[i]
		if m.URN == "" {
			send := p.upload
			if media.Film(file.Type) {
				send = p.film
			}
			urn, err := send(ctx, job, h.Author, file)
			if err != nil {
				return nil, err
			}
			m.URN = urn
			if err := job.Keep(ctx, h.bytes()); err != nil {
				return nil, err
			}
		}
		if !m.Ready {
			err := p.ready(ctx, job.Now, m.URN)
			if platform.ClassOf(err) == platform.Invalid && err != nil { // who tries again uploads it again
				*m = image{}
				err = errors.Join(err, job.Keep(ctx, h.bytes()))
			}
			if err != nil {
				return nil, err
			}
			m.Ready = true
		}
	}
	return h.bytes(), nil
}

// author is in whose name posts go out: that of the account, or the member who
// let the program in (scope openid).
func (p *Publisher) author(ctx context.Context, now time.Time, h handle) (string, error) {
	urn := p.Author
	if urn == "" {
		urn = h.Author
	}
	if urn == "" {
		var said struct {
			Sub string `json:"sub"`
		}
		if err := p.ask(ctx, now, "/v2/userinfo", "", &said); err != nil {
			return "", err
		}
		urn = "urn:li:person:" + said.Sub
	}
	if authorKind(urn) == "" {
		return "", platform.Refuse(platform.Auth, "author", wire.Cut(urn))
	}
	return urn, nil
}

// upload sends one picture and returns its URN.
func (p *Publisher) upload(ctx context.Context, job platform.Job, author string, file platform.Media) (string, error) {
	data, err := media.Read(ctx, job.Files, file, media.MaxWhole)
	if err != nil {
		return "", err
	}
	body := map[string]any{"initializeUploadRequest": map[string]string{"owner": author}}
	a, err := p.call(ctx, job.Now, http.MethodPost, "/rest/images?action=initializeUpload", "", body)
	if err != nil {
		return "", err
	}
	var said struct {
		Value struct {
			URL   string `json:"uploadUrl"`
			Image string `json:"image"`
		} `json:"value"`
	}
	if err := a.Decode(&said); err != nil {
		return "", err
	}
	if !p.ours(said.Value.URL) || !imageURN(said.Value.Image) {
		return "", &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-upload"}
	}
	a, err = p.session.Do(ctx, job.Now, func() (wire.Request, error) {
		return wire.Raw(http.MethodPut, said.Value.URL, "application/octet-stream", data), nil
	})
	if err != nil {
		return "", err
	}
	if !a.OK() {
		return "", refused(a, job.Now)
	}
	return said.Value.Image, nil
}

// ready is nil once a picture or a film can be posted, or if the account may not
// ask.
func (p *Publisher) ready(ctx context.Context, now time.Time, urn string) error {
	path, failed, wait := "/rest/images/", "image-failed", recheck
	if filmURN(urn) {
		path, failed, wait = "/rest/videos/", "film-failed", recheckFilm
	}
	var said struct {
		Status string `json:"status"` // WAITING_UPLOAD, PROCESSING, AVAILABLE, PROCESSING_FAILED
	}
	err := p.ask(ctx, now, path+url.QueryEscape(urn), "", &said)
	switch {
	case err != nil && platform.ClassOf(err) == platform.Permission:
		return nil
	case err != nil:
		return err
	case said.Status == "PROCESSING_FAILED":
		return platform.Refuse(platform.Invalid, failed, "")
	case said.Status == "AVAILABLE":
		return nil
	}
	return &platform.Error{Class: platform.Pending, Code: "processing", Until: now.Add(wait)}
}

// ours reports whether an address is of the platform: tokens go nowhere else.
func (p *Publisher) ours(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if home, err := url.Parse(p.server); err == nil && u.Host != "" && u.Host == home.Host && u.Scheme == home.Scheme {
		return true
	}
	return p.server == server && u.Scheme == "https" && (u.Host == "www.linkedin.com" || strings.HasSuffix(u.Host, ".linkedin.com"))
}

func imageURN(s string) bool {
	return regexp.MustCompile(`^urn:li:image:[A-Za-z0-9_-]{1,100}$`).MatchString(s)
}

// postURN reports whether an id is one of a post.
func postURN(s string) bool {
	return regexp.MustCompile(`^urn:li:(share|ugcPost):[0-9]{1,24}$`).MatchString(s)
}
