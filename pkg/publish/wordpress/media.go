package wordpress

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// attachment is a file as WordPress has it.
type attachment struct {
	ID     int64  `json:"id"`
	Slug   string `json:"slug"`
	Status string `json:"status"`
	Source string `json:"source_url"`
	Alt    string `json:"alt_text"`
}

// upload brings a file to the site, unless it is there: its address follows from
// the key and its bytes.
func (p *Publisher) upload(ctx context.Context, job platform.Job, m platform.Media) (upload, error) {
	name, ext := article.Name(job.Key, m)
	var all []attachment
	q := url.Values{"slug": {name}, "context": {"edit"}, "_fields": {"id,slug,status,source_url,alt_text"}}
	if _, err := p.get(ctx, job.Now, "media", q, &all); err != nil {
		return upload{}, err
	}
	var there attachment
	if len(all) > 0 {
		there = all[0]
	} else {
		data, err := media.Read(ctx, job.Files, m, media.MaxWhole)
		if err != nil {
			return upload{}, err
		}
		// The slug is said: a picture whose EXIF has a title would be called by
		// that. The sum lets the server refuse what came damaged.
		sum := md5.Sum(data)
		r := wire.Raw("POST", p.address("media", url.Values{"slug": {name}, "alt_text": {m.Alt}}), m.Type, data).
			With("Content-Disposition", `attachment; filename="`+name+ext+`"`).
			With("Content-MD5", hex.EncodeToString(sum[:]))
		if _, err := p.ask(ctx, job.Now, r, &there); err != nil {
			return upload{}, err
		}
	}
	if there.ID == 0 || article.Web(there.Source) == "" {
		return upload{}, &platform.Error{Class: platform.Uncertain, Code: "unreadable-answer"}
	}
	if strings.TrimSpace(there.Alt) != strings.Join(strings.Fields(m.Alt), " ") {
		body := map[string]string{"alt_text": strings.Join(strings.Fields(m.Alt), " ")}
		if err := p.post(ctx, job.Now, "media/"+strconv.FormatInt(there.ID, 10), body, &there); err != nil {
			return upload{}, err
		}
	}
	return upload{there.ID, there.Source}, nil
}

// featured is the picture that themes show with a post: its first, unless the
// text shows it already; 0 is none.
func featured(job platform.Job, text string, h handle) int64 {
	if len(job.Message.Media) == 0 {
		return 0
	}
	m := job.Message.Media[0]
	if !strings.HasPrefix(m.Type, "image/") || article.Shows(text, m.URL) {
		return 0
	}
	return h.Files[article.OfFile(m)].ID
}
