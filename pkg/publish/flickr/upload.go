package flickr

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// upload sends one photograph. All its fields are signed but the photograph
// itself.
func (p *Publisher) upload(ctx context.Context, job platform.Job, one photo, i int) (string, error) {
	file := job.Message.Media[i]
	size, err := media.Verify(ctx, job.Files, file)
	if err != nil {
		return "", err
	}
	s, err := p.signer(ctx, job.Key)
	if err != nil {
		return "", err
	}
	fields := url.Values{
		"title": {one.Title}, "description": {one.Description}, "tags": {strings.TrimSpace(one.Tags + " " + tag(job.Key.Part(i+1)))},
		"is_public": {"0"}, "is_friend": {"0"}, "is_family": {"0"}, "hidden": {"1"},
	}
	fields = merge(fields, s.sign("POST", p.up, fields, job.Now))
	head, tail, kind, err := envelope(fields, file, "editorial"+job.Key.Part(i+1).Token(40))
	if err != nil {
		return "", err
	}
	f, err := media.From(ctx, job.Files, file, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	r := wire.Request{
		Method: "POST", URL: p.up, Size: int64(len(head)) + size + int64(len(tail)),
		Body: io.MultiReader(bytes.NewReader(head), io.LimitReader(f, size), bytes.NewReader(tail)),
	}
	a, err := wire.Do(ctx, p.via, r.With("Content-Type", kind))
	if err != nil {
		return "", err
	}
	return uploaded(a, job.Now)
}

// envelope is what stands before and after the bytes of the file, and the type of
// the whole.
func envelope(fields url.Values, file platform.Media, boundary string) (head, tail []byte, kind string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.SetBoundary(boundary); err != nil {
		return nil, nil, "", err
	}
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := w.WriteField(name, fields.Get(name)); err != nil {
			return nil, nil, "", err
		}
	}
	name := "photo"
	if dot := strings.LastIndexByte(file.Name, '.'); dot >= 0 && plain(file.Name[dot+1:]) {
		name += file.Name[dot:]
	}
	if _, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="photo"; filename=%q`, name)}, "Content-Type": {file.Type},
	}); err != nil {
		return nil, nil, "", err
	}
	n := b.Len()
	if err := w.Close(); err != nil {
		return nil, nil, "", err
	}
	return b.Bytes()[:n], b.Bytes()[n:], w.FormDataContentType(), nil
}

// plain reports whether a file name's ending is one.
func plain(ending string) bool {
	return len(ending) < 6 && strings.Trim(strings.ToLower(ending), "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
