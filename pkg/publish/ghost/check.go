package ghost

import (
	"context"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Check asks the site for its name, which it tells everybody, and by the clock of
// that answer whether the key is good. Keys end only when somebody takes them
// back.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	a, err := wire.Do(ctx, p.via, wire.Get(p.address("site/")).With("Accept-Version", version))
	if err != nil {
		return platform.Standing{}, err
	}
	if e := refused(a, a.At); e != nil {
		return platform.Standing{}, e
	}
	var got struct {
		Site struct {
			Title string `json:"title"`
		} `json:"site"`
	}
	if err := a.Decode(&got); err != nil {
		return platform.Standing{}, err
	}
	if _, err := p.talk(a.At).ask(ctx, wire.Get(p.address("posts/?limit=1&fields=id")), nil); err != nil {
		return platform.Standing{}, err
	}
	return platform.Standing{Account: wire.Cut(got.Site.Title)}, nil
}
