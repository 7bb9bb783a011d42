package courier

import (
	"time"

	"editorial/internal/config"
	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/internal/platforms"
	"editorial/pkg/civil"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Connect returns what posts are on a platform and, where it has an account that
// is live, who delivers them there.
type Connect func(name string) (platform.Format, platform.Publisher, error)

// accounts returns where the office delivers.
func (c *Courier) accounts(o *office.Office, connect Connect) map[string]delivery.Account {
	all := make(map[string]delivery.Account, len(o.Config.Platforms))
	for name, p := range o.Config.Platforms {
		a := delivery.Account{
			Within: spanOf(p.Late.Within), Then: journal.Held, Spacing: spanOf(p.Spacing), Relay: spanOf(p.Gap),
			Budget: int64(p.Budget) * 10_000, Native: p.Native,
		}
		if p.Late.Then == config.Drop {
			a.Then = journal.Missed
		}
		switch own := c.ownSite(o, p); {
		case own != nil:
			a.Format, a.Publisher = own, own
			a.Follows = c.follows(o)
			a.Within = 0 // what is due is on the site, however late it is built
		default:
			var err error
			if a.Format, a.Publisher, err = connect(name); err != nil {
				plain := platforms.Plain(p.Kind)
				a.Format, a.Publisher = plain, unusable{plain, err}
			}
			if !p.Live {
				a.Publisher = nil
			}
		}
		all[name] = a
	}
	return all
}

// ownSite is the publisher of a platform that the program makes itself, or nil.
func (c *Courier) ownSite(o *office.Office, p config.Platform) *ownSite {
	if !isOwnSite(o.Config, p) {
		return nil
	}
	return &ownSite{dir: c.Dir, url: o.Config.Site.URL, build: c.Build}
}

func isOwnSite(c config.Config, p config.Platform) bool {
	return p.Kind == config.KindBlog && c.Site.Pages && p.Connection.IsZero()
}

// spanOf is a span as a duration, days as 24 hours.
func spanOf(s civil.Span) time.Duration {
	return time.Duration(s.Days)*24*time.Hour + time.Duration(s.Minutes)*time.Minute
}
