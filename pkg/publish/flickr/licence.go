package flickr

import (
	"context"
	"regexp"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// licence is one of Creative Commons: "by-sa" or "zero", and the version, "" for
// any.
type licence struct {
	Name    string `json:"name,omitempty"`
	Version string `json:"version,omitempty"`
}

// readLicence understands the names of SPDX ("CC-BY-SA-4.0"), those that people
// write ("CC BY-SA 4.0") and addresses of creativecommons.org. Anything else is
// zero: the account's own licence stays.
func readLicence(s string) licence {
	s = strings.NewReplacer(" ", "-", "_", "-", "/", "-").Replace(strings.ToLower(s))
	m := regexp.MustCompile(`(?:^|-)(?:cc-)?(by(?:-nc)?(?:-sa|-nd)?|zero|cc0)(?:-|$)(?:v?(\d\.\d))?`).FindStringSubmatch(s)
	if m == nil {
		return licence{}
	}
	if m[1] == "cc0" {
		m[1] = "zero"
	}
	if !strings.Contains(s, "cc") && !strings.Contains(s, "creativecommons") {
		return licence{}
	}
	return licence{Name: m[1], Version: m[2]}
}

// find asks Flickr by which number it knows a licence.
func (p *Publisher) find(ctx context.Context, now time.Time, wish licence) (string, error) {
	var said struct {
		Licences struct {
			All []struct {
				ID  text1  `json:"id"`
				URL string `json:"url"`
			} `json:"license"`
		} `json:"licenses"`
	}
	if err := p.unsigned(ctx, now, "flickr.photos.licenses.getInfo", nil, &said); err != nil {
		return "", err
	}
	for _, l := range said.Licences.All {
		if got := readLicence(l.URL); got.Name == wish.Name && (wish.Version == "" || got.Version == wish.Version) {
			return string(l.ID), nil
		}
	}
	return "", platform.Refuse(platform.Invalid, "no-such-licence", wish.Name+" "+wish.Version)
}
