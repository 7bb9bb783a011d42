package main

import (
	"os"
	"path/filepath"
	"strconv"

	"editorial/internal/tools/corpus"
)

// The least that Hugo needs to make pages and its own RSS.
const (
	hugoConfig = `baseURL = "https://roues-libres.example/"
title = "Les Roues libres"
timeZone = "Europe/Paris"
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
codeFences = false
`
	// hugoFeeds leaves the pages unmade; it stands before the tables.
	hugoFeeds = `disableKinds = ["taxonomy", "term", "section", "sitemap", "404"]
outputs = { home = ["rss"], page = [] }
`
	hugoPage = `<!DOCTYPE html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>`
	hugoList = `<!DOCTYPE html><html><head><title>{{ .Title }}</title></head><body>` +
		`{{ range .Pages }}<p><a href="{{ .Permalink }}">{{ .Title }}</a></p>{{ end }}</body></html>`
	hugoFeed = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{{ .Site.Title }}</title>
{{ range first $newest .Site.RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><content:encoded>{{ .Content | transform.XMLEscape | safeHTML }}</content:encoded></item>
{{ end }}</channel></rss>
`
)

// hugoProgram lays Hugo's files beside the office and returns how to run it on
// the i-th workload: 20 posts in the feed, all of them, or 20 and the site.
func (o options) hugoProgram(dir string, i int, site bool) (program, error) {
	source, out := filepath.Join(dir, "hugo"+strconv.Itoa(i)), filepath.Join(dir, "hugo-out")
	newest := "20"
	if i == 1 {
		newest = "1000000"
	}
	config := hugoConfig
	if !site {
		config = hugoFeeds + config
	}
	for name, text := range map[string]string{
		"hugo.toml": config, "layouts/home.rss.xml": "{{ $newest := " + newest + " }}" + hugoFeed,
		"layouts/single.html": hugoPage, "layouts/list.html": hugoList,
	} {
		path := filepath.Join(source, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return program{}, err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return program{}, err
		}
	}
	args := []string{o.hugo, "--source", source, "--contentDir", filepath.Join(dir, "content"), "--destination", out, "--clock", corpus.Now, "--logLevel", "error"}
	return program{name: "Hugo", args: args, out: out}, nil
}
