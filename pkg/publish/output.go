package publish

import (
	"slices"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// Site is what outputs are made from: a state of the office at one instant,
// with nothing in it that is not public then. It holds values only; outputs
// read no file and ask no clock.
type Site struct {
	Title       string
	Description string
	// URL is the absolute address of the site, with a slash at the end.
	URL string
	// Lang is the main language, Langs all of them, the main one first.
	Lang  string
	Langs []string
	Zone  civil.Zone
	// Licence and Author (a name), and their addresses, may be empty.
	Licence, LicenceURL string
	Author, Email       string
	// Hub is the address of a WebSub hub, or "".
	Hub string
	// Entries are the posts that are out, newest first, then by id.
	Entries []Entry
	// Assets are the pictures and other files that posts may use, by their
	// path inside the corpus ("fr/velo/photo.jpg").
	Assets map[string]Asset
	// Feeds are those that will be made, for the pages to point at. The feed
	// output itself says which they are.
	Feeds []FeedLink
	// Letters are the archives of newsletters, for the pages to point at: see
	// [Site.LettersIn].
	Letters []LettersLink
}

// Entry is a post that is out.
type Entry struct {
	Post      *content.Post
	Published time.Time
	// Updated is never before Published.
	Updated time.Time
	// Path is the page's path below the site's address, with no slash at the
	// beginning, and at the end one or the name of an .html file: "fr/velo/",
	// "2024/velo.html". It is safe as a file name.
	Path string
	// Aliases are former paths, of the same form. They need not be safe.
	Aliases []string
	// URL is the absolute address of the page.
	URL string
	// Retired entries have expired: their pages stay, so that old links
	// resolve, but no feed and no list shows them ([Site.Current]).
	Retired bool
	// Authors are the names to show.
	Authors []string
	// Image is the post's picture, its Src absolute; Src "" means none.
	Image Image
	// Translations are the other languages of the same text that are out.
	Translations []*Entry
}

// Image is a picture with what a page, a feed or a mail must know of it.
// Width, Height and Bytes are 0 where unknown.
type Image struct {
	Src, Alt, Credit, Licence string
	Type                      string // MIME
	Width, Height             int
	Bytes                     int64
}

// Asset is a file beside the posts. Width, Height and Bytes are 0 where
// unknown.
type Asset struct {
	// Path is where the file lies below the site's address. It is safe as a
	// file name.
	Path          string
	Type          string // MIME
	Width, Height int
	Bytes         int64
	// Active files could run on the site, such as pages and scripts: no link
	// leads to them, and no output copies them.
	Active bool
}

// FeedLink is a feed as a page points at it.
type FeedLink struct {
	// Path is below the site's address.
	Path  string
	Type  string // MIME
	Title string
	// Lang is "" for a feed of all languages. Topic is the path of the topic's
	// page ([Topic.Path]), or "".
	Lang, Topic string
}

// LettersLink is the archive of a newsletter, or of one of its lists.
type LettersLink struct {
	// Path is below the site's address.
	Path string
	// Langs are those of the posts in it, the first one first; nil is all.
	Langs []string
}

// File is one file of an output.
type File struct {
	// Path is relative, with forward slashes.
	Path string
	// Private files are for the team alone and never leave the machine.
	Private bool
	Data    []byte
	// Source, where not "", is the path inside the corpus of the asset that
	// this file is a copy of; Data is then nil and whoever writes the file
	// copies the bytes, so that no output holds a film in memory.
	Source string
	// Key, where not "", names all that the bytes depend on: see [Sink.Has].
	Key string
}

// Output makes named bytes of a site. It is pure: the same site gives the
// same files, byte for byte.
type Output interface {
	// Name is short and unique, for messages and caches.
	Name() string
	// Wants returns the entries whose bodies the output shows. It asks for no
	// other body.
	Wants(Site) []Entry
	// Write gives the sink every file, what others lead to before what leads
	// there. It must not keep the site, the bodies or the sink.
	Write(Site, Bodies, Sink) error
}

// Current returns the entries that feeds and lists show: all but the retired.
// It is not to be changed.
func (s Site) Current() []Entry {
	if !slices.ContainsFunc(s.Entries, func(e Entry) bool { return e.Retired }) {
		return slices.Clip(s.Entries)
	}
	current := make([]Entry, 0, len(s.Entries))
	for _, e := range s.Entries {
		if !e.Retired {
			current = append(current, e)
		}
	}
	return current
}
