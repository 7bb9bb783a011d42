package feed

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// Format is a format of feeds.
type Format string

const (
	RSS  Format = "rss"
	Atom Format = "atom"
	JSON Format = "json"
)

// Formats returns the formats, the one that most readers know first.
func Formats() []Format { return []Format{RSS, Atom, JSON} }

// fileName is the name of a format's file in the folder of its feed.
func (f Format) fileName() string {
	switch f {
	case RSS:
		return "feed.xml"
	case Atom:
		return "atom.xml"
	case JSON:
		return "feed.json"
	}
	return ""
}

func (f Format) mime() string {
	switch f {
	case RSS:
		return "application/rss+xml"
	case Atom:
		return "application/atom+xml"
	}
	return "application/feed+json"
}

// Options say which feeds to make. The zero Options make all formats for the
// site and its languages, with every post.
type Options struct {
	// Formats of the feeds of the site and its languages; nil means all.
	Formats []Format
	// Count is the largest number of items in a feed; 0 means all.
	Count int
	// Days is the age at which an item leaves a feed, counted back from the
	// feed's newest item and not from today: a feed is the same bytes until
	// something is published, and is never emptied by silence. 0 means never.
	Days int
	// Tags and Pillars ask for an RSS feed for each.
	Tags, Pillars bool
	// OneLang asks for no feed of each language, besides that of all.
	OneLang bool
	// Pages says that the site output makes the homes of languages and the
	// pages of topics, so that their feeds may point there. Otherwise all
	// feeds point at the site's home.
	Pages bool
	// TTL is how long readers may keep a feed, rounded to minutes; 0: not said.
	TTL time.Duration
}

// ErrOptions is wrapped by the errors of [New].
var ErrOptions = errors.New("feed options")

// Feeds is the output. It may be used by several goroutines.
type Feeds struct {
	opts  Options
	words map[words.Lang]*words.Words
}

// New returns the output, or an error that wraps [ErrOptions].
func New(o Options) (*Feeds, error) {
	if o.Formats == nil {
		o.Formats = Formats()
	}
	for i, f := range o.Formats {
		if f.fileName() == "" || slices.Contains(o.Formats[:i], f) {
			return nil, fmt.Errorf("%w: format %q is unknown or twice there", ErrOptions, f)
		}
	}
	if o.Count < 0 || o.Days < 0 || o.TTL < 0 {
		return nil, fmt.Errorf("%w: a window or time to live below zero", ErrOptions)
	}
	w := make(map[words.Lang]*words.Words)
	for _, lang := range words.Langs() {
		w[lang] = words.New(lang)
	}
	return &Feeds{opts: o, words: w}, nil
}

// Name returns "feed".
func (f *Feeds) Name() string { return "feed" }

// feedSpec is one feed to make.
type feedSpec struct {
	format Format
	path   string
	title  string
	home   string // path of the page it belongs to
	lang   string // "" for all languages
	topic  string // path of the topic's page, or ""
	shown  []int  // the entries, as places in the site's, in their order
}

// specs returns the feeds of a site.
func (f *Feeds) specs(s publish.Site) []feedSpec {
	var all []feedSpec
	add := func(formats []Format, dir string, base feedSpec) {
		base.shown = f.window(s, base.shown)
		if !f.opts.Pages {
			base.home = ""
		}
		for _, format := range formats {
			base.format, base.path = format, dir+format.fileName()
			all = append(all, base)
		}
	}
	add(f.opts.Formats, "", feedSpec{title: s.Title, shown: f.places(s, "")})
	if len(s.Langs) > 1 {
		for _, lang := range f.langs(s) {
			home := s.Home(lang)
			add(f.opts.Formats, home, feedSpec{
				title: s.Title + " (" + f.langName(lang) + ")", lang: lang, home: home, shown: f.places(s, lang),
			})
		}
	}
	for _, t := range f.topicFeeds(s) {
		add([]Format{RSS}, t.topic, t)
	}
	return all
}

// places returns where the current entries of a language stand among those of
// the site, as many as a window may show; "" means all languages.
func (f *Feeds) places(s publish.Site, lang string) []int {
	most := len(s.Entries)
	if f.opts.Count > 0 {
		most = min(most, f.opts.Count)
	}
	all := make([]int, 0, most)
	for i := range s.Entries {
		if len(all) == most {
			break
		}
		if e := &s.Entries[i]; !e.Retired && (lang == "" || s.LangOf(e.Post.Lang) == lang) {
			all = append(all, i)
		}
	}
	return all
}

// topicFeeds returns the feeds of the topics that have some.
func (f *Feeds) topicFeeds(s publish.Site) []feedSpec {
	var topics []publish.Topic
	if f.opts.Tags {
		topics = publish.Tags(s)
	}
	if f.opts.Pillars {
		topics = append(topics, publish.Pillars(s)...)
	}
	if topics == nil {
		return nil
	}
	place := make(map[*content.Post]int, len(s.Entries))
	for i, e := range s.Entries {
		place[e.Post] = i
	}
	var all []feedSpec
	for _, t := range topics {
		spec := feedSpec{title: t.Name + " – " + s.Title, lang: t.Lang, topic: t.Path, home: t.Path}
		for _, e := range t.Entries {
			spec.shown = append(spec.shown, place[e.Post])
		}
		all = append(all, spec)
	}
	return all
}

// langs are the languages that have feeds of their own.
func (f *Feeds) langs(s publish.Site) []string {
	if f.opts.OneLang {
		return nil
	}
	return s.Langs
}

// langName is the name of a language in that language, or its tag.
func (f *Feeds) langName(tag string) string {
	if lang, ok := words.Parse(tag); ok {
		return f.words[lang].Say("feed.lang", nil)
	}
	return tag
}

// window keeps the newest entries.
func (f *Feeds) window(s publish.Site, shown []int) []int {
	if f.opts.Count > 0 && len(shown) > f.opts.Count {
		shown = shown[:f.opts.Count]
	}
	if f.opts.Days > 0 && len(shown) > 0 {
		oldest := s.Entries[shown[0]].Published.Add(-time.Duration(f.opts.Days) * 24 * time.Hour)
		for i, at := range shown {
			if s.Entries[at].Published.Before(oldest) {
				return shown[:i]
			}
		}
	}
	return shown
}

// Links returns the feeds of a site as its pages point at them.
func (f *Feeds) Links(s publish.Site) []publish.FeedLink {
	var links []publish.FeedLink
	for _, spec := range f.specs(s) {
		links = append(links, publish.FeedLink{
			Path: spec.path, Type: spec.format.mime(), Title: publish.Line(spec.title), Lang: spec.lang, Topic: spec.topic,
		})
	}
	return links
}

// Wants returns the entries of all feeds, in the site's order.
func (f *Feeds) Wants(s publish.Site) []publish.Entry {
	var wanted []publish.Entry
	for _, at := range shownBy(f.specs(s)) {
		wanted = append(wanted, s.Entries[at])
	}
	return wanted
}

// Of returns the paths of the feeds that show a post.
func (f *Feeds) Of(s publish.Site, id string) []string {
	at := slices.IndexFunc(s.Entries, func(e publish.Entry) bool { return e.Post.ID == id })
	var paths []string
	for _, spec := range f.specs(s) {
		if slices.Contains(spec.shown, at) {
			paths = append(paths, spec.path)
		}
	}
	return paths
}

// shownBy returns the entries that feeds show, as places in the site's, each
// once and in order.
func shownBy(specs []feedSpec) []int {
	var seen []bool
	for _, spec := range specs {
		if n := len(spec.shown); n > 0 && len(seen) <= spec.shown[n-1] {
			seen = append(seen, make([]bool, spec.shown[n-1]+1-len(seen))...)
		}
		for _, at := range spec.shown {
			seen[at] = true
		}
	}
	var all []int
	for at, shown := range seen {
		if shown {
			all = append(all, at)
		}
	}
	return all
}
