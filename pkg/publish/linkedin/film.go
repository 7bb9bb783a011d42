package linkedin

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// The protocol: learn.microsoft.com/linkedin/marketing/community-management/shares/
// videos-api, version 2026-05, read 2026-11. LinkedIn says which bytes go where,
// names each piece in the header ETag, and makes a film of them when it is told all
// the names in their order.

// piece is a part of a film and where it goes. Last is the last byte of it.
type piece struct {
	URL   string `json:"uploadUrl"`
	First int64  `json:"firstByte"`
	Last  int64  `json:"lastByte"`
}

// film uploads a film piece by piece and returns its URN.
func (p *Publisher) film(ctx context.Context, job platform.Job, author string, file platform.Media) (string, error) {
	parts, err := media.NewParts(ctx, job.Files, file)
	if err != nil {
		return "", err
	}
	size := parts.Size
	if size > bytesFilm {
		return "", platform.Refuse(platform.Invalid, "file-too-large", file.Path)
	}
	body := map[string]any{"initializeUploadRequest": map[string]any{
		"owner": author, "fileSizeBytes": size, "uploadCaptions": false, "uploadThumbnail": false,
	}}
	a, err := p.call(ctx, job.Now, http.MethodPost, "/rest/videos?action=initializeUpload", "", body)
	if err != nil {
		return "", err
	}
	var said struct {
		Value struct {
			Film   string  `json:"video"`
			Token  string  `json:"uploadToken"`
			Pieces []piece `json:"uploadInstructions"`
		} `json:"value"`
	}
	if err := a.Decode(&said); err != nil {
		return "", err
	}
	if !filmURN(said.Value.Film) || !p.cover(said.Value.Pieces, size) {
		return "", &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-upload"}
	}
	names := []string{}
	for _, part := range said.Value.Pieces {
		name, err := p.sendPiece(ctx, job, parts, part)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	end := map[string]any{"finalizeUploadRequest": map[string]any{
		"video": said.Value.Film, "uploadToken": said.Value.Token, "uploadedPartIds": names,
	}}
	if _, err := p.call(ctx, job.Now, http.MethodPost, "/rest/videos?action=finalizeUpload", "", end); err != nil {
		return "", err
	}
	return said.Value.Film, nil
}

// cover reports whether pieces are a file of this size, in order and without holes,
// and go to LinkedIn alone.
func (p *Publisher) cover(all []piece, size int64) bool {
	at := int64(0)
	for _, part := range all {
		if part.First != at || part.Last < part.First || part.Last >= size || !p.ours(part.URL) {
			return false
		}
		at = part.Last + 1
	}
	return at == size && size > 0 && len(all) <= partsFilm
}

// sendPiece sends a piece, which is read while it is sent, and returns its name. The
// last one is refused where all of them are not the file that was frozen.
func (p *Publisher) sendPiece(ctx context.Context, job platform.Job, parts *media.Parts, part piece) (string, error) {
	n := part.Last - part.First + 1
	a, err := p.session.Do(ctx, job.Now, func() (wire.Request, error) {
		body, err := parts.Open(part.First, n)
		if err != nil {
			return wire.Request{}, err
		}
		r := wire.Request{Method: http.MethodPut, URL: part.URL, Size: n, Body: body}
		return r.With("Content-Type", "application/octet-stream"), nil
	})
	if err != nil {
		return "", err
	}
	if !a.OK() {
		return "", refused(a, job.Now)
	}
	name := strings.Trim(strings.TrimPrefix(a.Header.Get("ETag"), "W/"), `"`)
	if name == "" || len(name) > 4000 {
		return "", &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-piece"}
	}
	return name, nil
}

func filmURN(s string) bool {
	return regexp.MustCompile(`^urn:li:video:[A-Za-z0-9_-]{1,100}$`).MatchString(s)
}
