package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"strconv"

	"editorial/pkg/problem"
)

//go:embed live.js
var liveScript []byte

//go:embed banner.css
var bannerStyle []byte

//go:embed start.css
var startStyle []byte

//go:embed start.html
var startTemplate string

// assets are our own files, named after their content.
type assets struct {
	live, banner, style *file
	start               *template.Template
}

func newAssets() (assets, error) {
	t, err := template.New("start").Parse(startTemplate)
	if err != nil {
		return assets{}, fmt.Errorf("parse start page: %w", err)
	}
	named := func(name, ext string, data []byte) *file {
		sum := sha256.Sum256(data)
		return newFile(name+"."+hex.EncodeToString(sum[:4])+ext, data, "")
	}
	return assets{
		live: named("live", ".js", liveScript), banner: named("banner", ".css", bannerStyle), style: named("start", ".css", startStyle),
		start: t.Option("missingkey=error"),
	}, nil
}

func (a assets) byName() map[string]*file {
	return map[string]*file{a.live.name: a.live, a.banner.name: a.banner, a.style.name: a.style}
}

// dress gives every page our script, and a banner where something is wrong.
func (st *state) dress(a assets) {
	for _, f := range st.site {
		st.dressPage(a, f)
	}
	for _, f := range st.private {
		st.dressPage(a, f)
	}
	for _, f := range st.pages {
		st.dressPage(a, f)
	}
}

func (st *state) dressPage(a assets, f *file) {
	if !f.isPage() || f.source != "" {
		return
	}
	head := `<script src="/_editorial/` + a.live.name + `" data-version="` + st.version + `" defer></script>` + "\n"
	foot := ""
	if text := st.alarm(); text != "" {
		head += `<link rel="stylesheet" href="/_editorial/` + a.banner.name + `">` + "\n"
		foot = `<aside class="editorial-banner" lang="` + string(st.words.Lang()) + `" aria-label="` +
			template.HTMLEscapeString(st.words.Say("serve.alarm", nil)) + `"><a href="/_editorial/">` + template.HTMLEscapeString(text) + "</a></aside>\n"
	}
	body := withoutPolicy(f.data)
	body = before(body, bytes.Index(body, []byte("</head>")), head)
	body = before(body, bytes.LastIndex(body, []byte("</body>")), foot)
	f.send(body)
}

// before puts text at a place; a page that has no such place stays as it is.
func before(page []byte, at int, text string) []byte {
	if at < 0 || text == "" {
		return page
	}
	return append(append(append(make([]byte, 0, len(page)+len(text)), page[:at]...), text...), page[at:]...)
}

// withoutPolicy takes the policy that a page states for itself out of its
// head: it forbids all scripts, ours too. The header that the server sends is
// at least as strict but for that.
func withoutPolicy(page []byte) []byte {
	head, _, _ := bytes.Cut(page, []byte("</head>"))
	from := bytes.Index(head, []byte(`<meta http-equiv="Content-Security-Policy"`))
	if from < 0 {
		return page
	}
	n := bytes.IndexByte(head[from:], '>')
	if n < 0 {
		return page
	}
	return append(append(make([]byte, 0, len(page)), page[:from]...), page[from+n+1:]...)
}

// alarm says in a line what is wrong, or nothing.
func (st *state) alarm() string {
	if st.failure != "" {
		return st.words.Say("serve.stale", problem.Params{"why": st.failure})
	}
	n := problem.Errors(st.problems)
	if n == 0 {
		return ""
	}
	for _, p := range st.problems {
		if p.Severity == problem.Error {
			sentence, _ := st.words.Problem(p)
			if at := p.Position.String(); at != "" {
				sentence = at + ": " + sentence
			}
			return st.words.Say("serve.errors", problem.Params{"n": strconv.Itoa(n), "first": sentence})
		}
	}
	return ""
}
