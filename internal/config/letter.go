package config

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// List is some readers of a newsletter, who get an edition of their own: those
// of a language, of an audience. What it does not say is the newsletter's.
type List struct {
	// ID stands in the names of the list's files.
	ID string `toml:"id" required:"true" identity:"true" is:"name"`
	// Platform is the newsletter that is split so; after Read never "" where
	// there is one: the only one, or the one with the name "newsletter".
	Platform string `toml:"platform" is:"platform"`
	// Languages are those of the posts that it takes, the first one first; nil
	// means every one. Audiences are those of the posts: nil means all, an empty
	// list none. A post that names no audience is for every list.
	Languages []string `toml:"languages" is:"site-lang"`
	Audiences []string `toml:"audiences" is:"audience"`
	// The texts are as in [Newsletter].
	Title          string `toml:"title"`
	From           string `toml:"from" is:"address"`
	ReplyTo        string `toml:"reply_to" is:"address"`
	Subject        string `toml:"subject" is:"subject"`
	UnsubscribeURL string `toml:"unsubscribe_url" is:"https"`
	Why            string `toml:"why"`
	// ListID is, where the list does not say, the newsletter's with the list's
	// id before it.
	ListID string `toml:"list_id" is:"list-id"`
	// Archive makes a page of every edition; one that does not say has its
	// platform's.
	Archive bool `toml:"archive"`
	// To are the addresses that get it; nil means the newsletter's, an empty list
	// nobody.
	To []string `toml:"to" is:"address"`
}

// Letter is a newsletter as some readers get it: all of them, or one of its
// lists.
type Letter struct {
	Platform string
	// List is the id of the list; "" is all readers.
	List string
	// Newsletter are its texts. Languages are those of an edition, the first
	// one first.
	Newsletter
	// Takes are the languages, and For the audiences, of the posts that it
	// takes; nil is all. A post that names no audience is for everybody.
	Takes, For []string
}

// Letters returns the newsletters of the office by platform, in order, and of
// each its lists, as they stand in the file. Each has a list identifier of its
// own, if the office has one at all.
func (c Config) Letters() []Letter {
	var all []Letter
	platforms := c.newsletters()
	for _, name := range platforms {
		base := c.Newsletter
		base.Archive = c.Platforms[name].Archive
		if base.ListID != "" && len(platforms) > 1 && name != mainLetter(platforms) {
			base.ListID = hostLabel(name) + "." + base.ListID
		}
		before := len(all)
		for _, l := range base.Lists {
			if l.Platform == name {
				all = append(all, l.Letter(base))
			}
		}
		if len(all) == before {
			all = append(all, Letter{Platform: name, Newsletter: base})
		}
	}
	return all
}

// Lacks returns the keys of what no mail to many may be without, and some letter
// of a newsletter lacks; the newsletter "" is every one.
func (c Config) Lacks(platform string) []string {
	var keys []string
	for _, l := range c.Letters() {
		for _, key := range l.Newsletter.Lacks() {
			if (platform == "" || l.Platform == platform) && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// Letter returns the texts of a list, and the newsletter's where it has none.
func (l List) Letter(n Newsletter) Letter {
	if l.ListID == "" && n.ListID != "" {
		l.ListID = hostLabel(l.ID) + "." + n.ListID
	}
	n.Title, n.From, n.ReplyTo = cmp.Or(l.Title, n.Title), cmp.Or(l.From, n.From), cmp.Or(l.ReplyTo, n.ReplyTo)
	n.Subject, n.Why = cmp.Or(l.Subject, n.Subject), cmp.Or(l.Why, n.Why)
	n.UnsubscribeURL, n.ListID, n.Archive = cmp.Or(l.UnsubscribeURL, n.UnsubscribeURL), l.ListID, l.Archive
	if l.Languages != nil {
		n.Languages = l.Languages
	}
	if l.To != nil {
		n.To = l.To
	}
	return Letter{Platform: l.Platform, List: l.ID, Newsletter: n, Takes: l.Languages, For: l.Audiences}
}

// newsletters returns the names of the platforms that are newsletters, in
// order.
func (c Config) newsletters() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(c.Platforms)), func(name string) bool {
		p := c.Platforms[name]
		return p.Kind != KindNewsletter && (p.Kind != "" || name != string(KindNewsletter))
	})
}

// mainLetter is the newsletter that is meant where none is named: the one with
// that name, or the only one; else "".
func mainLetter(names []string) string {
	switch {
	case slices.Contains(names, string(KindNewsletter)):
		return string(KindNewsletter)
	case len(names) == 1:
		return names[0]
	}
	return ""
}

// hostLabel returns a name as a part of a name like a domain's.
func hostLabel(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name), "-")
}

// lists fills in what lists do not say.
func (c *checker) lists() {
	main := mainLetter(c.c.newsletters())
	for i := range c.c.Newsletter.Lists {
		l := &c.c.Newsletter.Lists[i]
		l.Platform = cmp.Or(l.Platform, main)
		if _, said := c.origins["newsletter.lists."+l.ID+".archive"]; !said {
			l.Archive = c.c.Platforms[l.Platform].Archive
		}
	}
}
