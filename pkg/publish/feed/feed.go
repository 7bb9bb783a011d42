package feed

import (
	"errors"
	"fmt"
	"slices"
	"time"

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
	format  Format
	path    string
	title   string
	home    string // path of the page it belongs to
	lang    string // "" for all languages
	topic   string // path of the topic's page, or ""
	entries []publish.Entry
}

// specs returns the feeds of a site, in the order of their making.
func (f *Feeds) specs(s publish.Site) []feedSpec {
	var all []feedSpec
	add := func(formats []Format, dir string, base feedSpec) {
		base.entries = f.window(base.entries)
		if !f.opts.Pages {
			base.home = ""
		}
		for _, format := range formats {
			base.format, base.path = format, dir+format.fileName()
			all = append(all, base)
		}
	}
	add(f.opts.Formats, "", feedSpec{title: s.Title, entries: s.Current()})
	if len(s.Langs) > 1 {
		for _, lang := range f.langs(s) {
			home := s.Home(lang)
			add(f.opts.Formats, home, feedSpec{
				title: s.Title + " (" + f.langName(lang) + ")", lang: lang, home: home, entries: s.In(lang),
			})
		}
	}
	var topics []publish.Topic
	if f.opts.Tags {
		topics = publish.Tags(s)
	}
	if f.opts.Pillars {
		topics = append(topics, publish.Pillars(s)...)
	}
	for _, t := range topics {
		add([]Format{RSS}, t.Path, feedSpec{
			title: t.Name + " – " + s.Title, lang: t.Lang, topic: t.Path, home: t.Path, entries: t.Entries,
		})
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
func (f *Feeds) window(entries []publish.Entry) []publish.Entry {
	if f.opts.Count > 0 && len(entries) > f.opts.Count {
		entries = entries[:f.opts.Count]
	}
	if f.opts.Days > 0 && len(entries) > 0 {
		oldest := entries[0].Published.Add(-time.Duration(f.opts.Days) * 24 * time.Hour)
		for i, e := range entries {
			if e.Published.Before(oldest) {
				return entries[:i]
			}
		}
	}
	return entries
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
	shown := map[string]bool{}
	for _, spec := range f.specs(s) {
		for _, e := range spec.entries {
			shown[e.Post.ID] = true
		}
	}
	wanted := make([]publish.Entry, 0, len(shown))
	for _, e := range s.Current() {
		if shown[e.Post.ID] {
			wanted = append(wanted, e)
		}
	}
	return wanted
}

// Write makes the feeds, and the style sheet of those in XML.
func (f *Feeds) Write(s publish.Site, bodies publish.Bodies, sink publish.Sink) error {
	items, err := f.items(s, bodies)
	if err != nil {
		return err
	}
	specs := f.specs(s)
	if err := publish.Each(len(specs), func(i int) error {
		data, err := encode(f.channel(s, specs[i], items), specs[i].format)
		if err != nil {
			return fmt.Errorf("encode %s: %w", specs[i].path, err)
		}
		return sink.Put(publish.File{Path: specs[i].path, Data: data})
	}); err != nil {
		return err
	}
	if slices.ContainsFunc(specs, func(spec feedSpec) bool { return spec.format != JSON }) {
		data, err := f.sheet()
		if err != nil {
			return fmt.Errorf("encode %s: %w", sheetName, err)
		}
		return sink.Put(publish.File{Path: sheetName, Data: data})
	}
	return nil
}

func encode(c channel, format Format) ([]byte, error) {
	switch format {
	case RSS:
		return encodeRSS(c)
	case Atom:
		return encodeAtom(c)
	default:
		return encodeJSON(c)
	}
}
