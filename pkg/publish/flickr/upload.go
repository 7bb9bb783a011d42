package flickr

import (
	"context"
	"maps"
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
	stream, err := media.NewStream(ctx, job.Files, file, bytesPhoto)
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
	picture := stream.File("photo")
	picture.Name = called(file.Name)
	r, err := wire.Multipart(p.up, parts(fields), []wire.File{picture})
	if err != nil {
		return "", err
	}
	a, err := wire.Do(ctx, p.via, r)
	if err != nil {
		return "", err
	}
	return uploaded(a, job.Now)
}

// parts are the fields in the order of their names.
func parts(fields url.Values) []wire.Field {
	var all []wire.Field
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		all = append(all, wire.Field{Name: name, Value: fields.Get(name)})
	}
	return all
}

// called is the name that a photograph goes by: nobody's but for the ending.
func called(name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && plain(name[dot+1:]) {
		return "photo" + name[dot:]
	}
	return "photo"
}

// plain reports whether a file name's ending is one.
func plain(ending string) bool {
	return len(ending) < 6 && strings.Trim(strings.ToLower(ending), "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
