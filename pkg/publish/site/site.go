package site

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/layout"
	"editorial/pkg/words"
)

//go:embed templates
var templateFiles embed.FS

// TemplateDir is how people know the folder of an office's own templates.
const TemplateDir = "templates/site"

// Templates returns our templates by the names that an office's own have to
// have.
func Templates() fs.FS {
	ours, err := fs.Sub(templateFiles, "templates")
	if err != nil {
		return templateFiles // embedded: there is such a folder
	}
	return ours
}

// Names of files below the site's address.
const (
	styleName   = "style.css"
	iconName    = "icon.svg"
	missingName = "404.html"
	robotsName  = "robots.txt"
	sitemapName = "sitemap.xml"
)

// Options say how the pages are made. The zero Options are good.
type Options struct {
	// Newest is the number of posts on a home; 0 means 12.
	Newest int
	// Pillars asks for a page for each pillar, as for each tag.
	Pillars bool
	// IndexFiles makes links name index.html, so that the folder works when it
	// is opened from a disk, without a server.
	IndexFiles bool
	// Robots says which programs may read the site.
	Robots Robots
	// Templates are those of the office, in place of ours by their names; nil
	// is none.
	Templates fs.FS
}

// ErrOptions is wrapped by the errors of [New] that are about the options.
var ErrOptions = errors.New("site options")

// Pages is the output. It may be used by several goroutines.
type Pages struct {
	opts Options
	// shared has what pages of every kind share. It is a part of each kind but
	// redirect, so that the sums of kinds know it.
	shared *layout.Template
	kinds  map[string]*layout.Template
	sums   map[string][sha256.Size]byte // of the files of a kind
	voices map[words.Lang]*voice
	css    []byte
	style  string // version of the style sheet, for its address
}

// New returns the output. It parses every template, so that a bad one fails
// here and not on a page. What is wrong with an own one is a problem.Problem.
func New(o Options) (*Pages, error) {
	if o.Newest < 0 {
		return nil, fmt.Errorf("%w: a home of %d posts", ErrOptions, o.Newest)
	}
	o.Newest = cmp.Or(o.Newest, 12)
	files := o.files()
	css, _, err := files.Read(styleName)
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	sum := sha256.Sum256([]byte(css))
	p := &Pages{
		opts: o, kinds: map[string]*layout.Template{}, sums: map[string][sha256.Size]byte{}, voices: map[words.Lang]*voice{},
		css: []byte(css), style: hex.EncodeToString(sum[:4]),
	}
	around := []string{"base.html", "head.html", "top.html", "end.html", "parts.html"}
	if p.shared, err = files.Parse(around...); err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	for _, kind := range []string{"post", "home", "list", "tags", "missing", "redirect"} {
		all := []string{kind + ".html"}
		if kind != "redirect" {
			all = append(slices.Clone(around), all...)
		}
		t, err := files.Parse(all...)
		if err != nil {
			return nil, fmt.Errorf("parse template %s: %w", kind, err)
		}
		p.kinds[kind], p.sums[kind] = t, t.Sum()
	}
	for _, lang := range words.Langs() {
		p.voices[lang] = newVoice(lang)
	}
	return p, nil
}

func (o Options) files() layout.Files {
	return layout.Files{Ours: Templates(), Own: o.Templates, Dir: TemplateDir}
}

// Unknown returns a warning for each own template that takes the place of none
// of ours.
func Unknown(own fs.FS) []problem.Problem { return Options{Templates: own}.files().Unknown() }

// Name returns "site".
func (p *Pages) Name() string { return "site" }

// Wants returns all entries.
func (p *Pages) Wants(s publish.Site) []publish.Entry { return s.Entries }

// Write makes the pages and what belongs to them. Posts whose pages would
// overwrite each other or a page of the site's own are an error that wraps
// [publish.ErrPath].
func (p *Pages) Write(s publish.Site, bodies publish.Bodies, sink publish.Sink) error {
	b := newBuild(p, s, bodies, sink)
	if err := b.read(); err != nil {
		return err
	}
	if err := publish.CheckPaths(b.names()); err != nil {
		return err
	}
	b.findRedirects()
	for _, step := range []func() error{b.posts, b.homes, b.archives, b.topics, b.redirectPages, b.missing, b.machines, b.copyAssets} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// names are the files to come, but for the assets, without their bytes.
func (b *build) names() []publish.File {
	files := make([]publish.File, 0, len(b.teasers)+64)
	add := func(name string) { files = append(files, publish.File{Path: name}) }
	for _, t := range b.teasers {
		add(publish.PageFile(t.entry.Path))
	}
	for _, s := range b.sections {
		add(s.home + "index.html")
		add(s.home + archiveDir + "index.html")
		for _, year := range byYear(s.posts) {
			add(s.home + archiveDir + itoa(year[0].Year) + "/index.html")
		}
		if len(b.tags) > 0 {
			add(s.home + tagsDir + "index.html")
		}
	}
	for _, topics := range [][]publish.Topic{b.tags, b.pillars} {
		for _, t := range topics {
			add(t.Path + "index.html")
		}
	}
	for _, name := range []string{styleName, iconName, missingName, robotsName, sitemapName} {
		add(name)
	}
	return files
}
