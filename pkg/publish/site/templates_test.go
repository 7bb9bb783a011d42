package site_test

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/site"
)

func own(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

// TestTemplates_standInPlaceOfOurs: an own file changes what it makes, and
// nothing else.
func TestTemplates_standInPlaceOfOurs(t *testing.T) {
	t.Parallel()
	ours := build(t, site.Options{}, withFeeds())
	for name, c := range map[string]struct {
		text string
		in   string // a page that changes
		want string
		same string // one that does not
	}{
		"post.html":  {`{{define "main"}}<h1>{{.Body.Title}}</h1>{{.Body.HTML}}{{end}}`, "fr/freins/index.html", "<h1>Régler ses freins", "fr/index.html"},
		"end.html":   {`<footer>{{.Say "up"}} {{.Author}}</footer>`, "fr/freins/index.html", "<footer>Haut de page L’Atelier du guidon</footer>", "style.css"},
		"top.html":   {`{{define "top"}}<header>{{.Site}}</header>{{end}}`, "index.html", "<header>L’Atelier du guidon</header>", "style.css"},
		"list.html":  {`{{define "main"}}{{range .Body.Groups}}{{range .Rows}}{{.Title}};{{end}}{{end}}{{end}}`, "archive/index.html", "cargo de l’atelier est à vous;", "index.html"},
		"style.css":  {"body { color: red }", "404.html", "body { color: red }", "robots.txt"},
		"parts.html": {`{{define "date"}}<time>{{.ISO}}</time>{{end}}{{define "row"}}<li>{{.Title}}</li>{{end}}{{define "figure"}}{{end}}`, "archive/index.html", "<li>Le vélo-cargo", "404.html"},
	} {
		got := build(t, site.Options{Templates: own(name, c.text)}, withFeeds())
		if !strings.Contains(string(got[c.in].Data), c.want) {
			t.Errorf("%s: no %s in %s:\n%s", name, c.want, c.in, got[c.in].Data)
		}
		if got[c.in].Key != "" && got[c.in].Key == ours[c.in].Key {
			t.Errorf("%s: the key of %s is that of before", name, c.in)
		}
		if !bytes.Equal(got[c.same].Data, ours[c.same].Data) {
			t.Errorf("%s: changes %s, too", name, c.same)
		}
	}
}

// TestTemplates_ofAKindChangeThatKindAlone: also where they define what all
// kinds share; and no other bytes stand under the key of before.
func TestTemplates_ofAKindChangeThatKindAlone(t *testing.T) {
	t.Parallel()
	ours := build(t, site.Options{}, withFeeds())
	for _, kind := range []string{"post", "home", "list", "tags", "missing"} {
		text := `{{define "main"}}<h1>mine</h1>{{end}}`
		for _, part := range []string{"links", "look", "top", "end"} {
			text += `{{define "` + part + `"}}<p>not shared</p>{{end}}`
		}
		changed := 0
		for path, f := range build(t, site.Options{Templates: own(kind+".html", text)}, withFeeds()) {
			if bytes.Contains(f.Data, []byte("not shared")) {
				t.Errorf("%s: %s has a part that all share", kind, path)
			}
			if bytes.Equal(f.Data, ours[path].Data) {
				continue
			}
			changed++
			if !bytes.Contains(f.Data, []byte("<h1>mine</h1>")) || f.Key == ours[path].Key {
				t.Errorf("%s: %s changes under the key %q", kind, path, f.Key)
			}
		}
		if changed == 0 {
			t.Errorf("%s: nothing changes", kind)
		}
	}
	for _, part := range []string{"base", "head", "top", "end", "parts"} {
		text, err := fs.ReadFile(site.Templates(), part+".html")
		if err != nil {
			t.Fatal(err)
		}
		for path, f := range build(t, site.Options{Templates: own(part+".html", "{{/* other */}}"+string(text))}, withFeeds()) {
			if f.Key != "" && f.Key == ours[path].Key && strings.Contains(string(f.Data), "<main id=") {
				t.Errorf("%s: %s keeps its key", part, path)
			}
		}
	}
}

// TestTemplates_sayWhereTheyFail: every error has its place in the own file.
func TestTemplates_sayWhereTheyFail(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"post.html", "{{define \"main\"}}\n<h1>{{.Titel}}</h1>{{end}}", "templates/site/post.html:2:7: template-run"},
		{"post.html", "{{define \"main\"}}\n<h1>{{.Title}</h1>{{end}}", "templates/site/post.html:2:5: template-syntax"},
		{"home.html", "{{define \"main\"}}<a href={{if .Title}}\"{{end}}>x</a>{{end}}", "templates/site/home.html:1:31: template-syntax"},
		{"end.html", "\n{{.Say 1}}", "templates/site/end.html:2:8: template-run"},
		{"top.html", "{{.Title}}", "templates/site/top.html:1:3: template-run"}, // the frame has no title
		{"list.html", "nothing is defined", "templates/site/list.html: template-syntax"},
	} {
		s := withFeeds()
		pages, err := site.New(site.Options{Templates: own(c.name, c.text)})
		if err == nil {
			_, err = publish.Files(pages, s, sample.Bodies(s))
		}
		var p problem.Problem
		if !errors.As(err, &p) {
			t.Errorf("%s: %v", c.text, err)
		} else if got := p.Position.String() + ": " + string(p.Code); got != c.want {
			t.Errorf("%q: %s, want %s (%v)", c.text, got, c.want, p.Params)
		}
	}
	if got := site.Unknown(own("posts.html", "x", "post.html", "y")); len(got) != 1 || got[0].File != "templates/site/posts.html" {
		t.Errorf("unknown: %v", got)
	}
}
