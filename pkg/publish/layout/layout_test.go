package layout_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
	"editorial/pkg/publish/layout"
)

func mapFS(files ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

func ours() fs.FS {
	return mapFS("page.html", `{{define "page"}}<title>{{.Title}}</title>{{template "main" .}}{{end}}`, "edition.html", `{{define "main"}}<p>{{.Title}}</p>{{end}}`)
}

type data struct{ Title, Href string }

// Nested fails at its work.
func (data) Nested() (string, error) { return "", errors.New("no such thing") }

// Panics does.
func (data) Panics() string { panic("at the disco") }

func files(own ...string) layout.Files {
	f := layout.Files{Ours: ours(), Dir: "templates/x"}
	if own != nil {
		f.Own = mapFS(own...)
	}
	return f
}

// run parses and executes the page.
func run(f layout.Files, d data) (string, error) {
	t, err := f.Parse("edition.html", "page.html")
	if err != nil {
		return "", err
	}
	out, err := t.Execute("page", d)
	return string(out), err
}

func TestFiles_ownTakeThePlaceOfOurs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		own  []string
		want string
	}{
		"ours":          {nil, "<title>A &amp; B</title><p>A &amp; B</p>"},
		"a part":        {[]string{"edition.html", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`}, "<title>A &amp; B</title><h1>A &amp; B</h1>"},
		"the frame":     {[]string{"page.html", `{{define "page"}}<main>{{template "main" .}}</main>{{end}}`}, "<main><p>A &amp; B</p></main>"},
		"no definition": {[]string{"page.html", `<b>{{.Title}}</b>`}, "<b>A &amp; B</b>"},
		"escaped":       {[]string{"page.html", `<a href="{{.Href}}" title={{.Title}}>x</a>`}, `<a href="#ZgotmplZ" title=A&#32;&amp;&#32;B>x</a>`},
	} {
		if got, err := run(files(c.own...), data{Title: "A & B", Href: "javascript:alert(1)"}); got != c.want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestFiles_errorsHaveAPlace: columns count characters.
func TestFiles_errorsHaveAPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\n<p>{{if}}x{{end}}":                              `templates/x/page.html:2:4: template-syntax detail="missing value for if"`,
		"<p>é {{.Title | shout}}":                           `templates/x/page.html:1:17: template-syntax detail="function \"shout\" not defined"`,
		"{{define \"page\"}}{{.Title}}":                     `templates/x/page.html:1:1: template-syntax detail="unexpected EOF"`,
		"<p>x</p>{{end}}":                                   `templates/x/page.html:1:9: template-syntax detail="unexpected {{end}}"`,
		"\n{{/* open":                                       `templates/x/page.html:2:1: template-syntax detail="unclosed comment"`,
		"<p>é{{.Titel}}":                                    `templates/x/page.html:1:7: template-run detail=".Titel: can't evaluate field Titel in type layout_test.data"`,
		"<p>é</p>\n<b>{{.Nested}}":                          `templates/x/page.html:2:6: template-run detail=".Nested: error calling Nested: no such thing"`,
		"{{.Panics}}":                                       `templates/x/page.html:1:3: template-run detail=".Panics: error calling Panics: at the disco"`,
		"{{define \"page\"}}<a href='{{.Title}}>{{end}}":    `templates/x/page.html: template-syntax detail="..."`,
		"<p>\n<script>{{if .Title}}'{{end}}</script>":       `templates/x/page.html:2:14: template-syntax detail="..."`,
		"{{define \"page\"}}{{template \"none\" .}}{{end}}": `templates/x/page.html:1:29: template-syntax detail="no such template \"none\""`,
	} {
		_, err := run(files("page.html", text), data{Title: "T"})
		var p problem.Problem
		if !errors.As(err, &p) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if p.Cause == nil {
			t.Errorf("%q: no cause", text)
		}
		p.Cause = nil
		if strings.HasSuffix(want, `"..."`) {
			p.Params["detail"] = "..."
		}
		if d := cmp.Diff(want, p.Error()); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// TestFiles_whatOursLackIsTheFaultOfTheOwn.
func TestFiles_whatOursLackIsTheFaultOfTheOwn(t *testing.T) {
	t.Parallel()
	_, err := run(files("edition.html", "<p>nothing is defined here"), data{})
	var p problem.Problem
	if !errors.As(err, &p) || p.File != "templates/x/edition.html" || p.Code != layout.CodeSyntax || p.Params["detail"] != `page.html:1: no such template "main"` {
		t.Errorf("%v", err)
	}
}

func TestFiles_ourOwnErrorsAreNoProblems(t *testing.T) {
	t.Parallel()
	f := layout.Files{Ours: mapFS("page.html", "{{.Titel}}")}
	tmpl, err := f.Parse("page.html")
	if err != nil {
		t.Fatal(err)
	}
	_, err = tmpl.Execute("page", data{})
	if p := (problem.Problem{}); err == nil || errors.As(err, &p) {
		t.Errorf("%v", err)
	}
}

func TestTemplate_writesNotWithoutEnd(t *testing.T) {
	t.Parallel()
	_, err := run(files("page.html", `{{range 99999999}}`+strings.Repeat("x", 1000)+`{{end}}`), data{})
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != layout.CodeRun || p.Params["detail"] != "more than 32 MB" {
		t.Errorf("%v", err)
	}
}

func TestTemplate_callsItselfNotWithoutEnd(t *testing.T) {
	t.Parallel()
	_, err := run(files("page.html", `{{define "page"}}{{template "page" .}}{{end}}`), data{})
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != layout.CodeRun || p.Line != 1 {
		t.Errorf("%v", err)
	}
}

// TestTemplate_loopsNotWithoutEnd: nor where nothing is written, which only the
// count of steps can see.
func TestTemplate_loopsNotWithoutEnd(t *testing.T) {
	t.Parallel()
	twice := ""
	for i := range 40 {
		twice += fmt.Sprintf(`{{define "t%d"}}{{template "t%d"}}{{template "t%d"}}{{end}}`, i, i+1, i+1)
	}
	for text, place := range map[string]string{
		"<p>é\n{{range 1000000000000}}{{end}}":                                            "templates/x/page.html:2:9",
		"{{range $i := 99999}}{{range 99999}}{{end}}{{end}}":                              "templates/x/page.html:1:30",
		"{{range 999999999}}{{$x := .}}{{end}}":                                           "",
		"{{range 999999999}}{{if 0}}{{else}}{{continue}}{{end}}{{end}}":                   "",
		"<p title='{{template \"x\"}}'>{{define \"x\"}}{{range 999999999}}{{end}}{{end}}": "",
		`{{template "t0"}}` + twice + `{{define "t40"}}{{end}}`:                           "",
	} {
		_, err := run(files("page.html", text), data{})
		var p problem.Problem
		if !errors.As(err, &p) || p.Code != layout.CodeRun || p.Params["detail"] != "more than 10000000 steps" || p.File != "templates/x/page.html" {
			t.Errorf("%.60q: %v", text, err)
		} else if got := p.Position.String(); place != "" && got != place {
			t.Errorf("%.60q: at %s", text, got)
		}
	}
}

// TestTemplate_countsWithoutATrace: what is counted is written as if it were not.
func TestTemplate_countsWithoutATrace(t *testing.T) {
	t.Parallel()
	text := "<a {{if .Title}}title='{{.Title}}'{{end}} href=\"/{{range 3}}{{if .}}/{{else}}x{{end}}{{end}}\">{{range 3}}{{.}}{{end}}{{with .Href}}{{.}}{{end}}</a><script>x = {{.Title}}{{range 2}};{{end}}</script>"
	got, err := run(files("page.html", text), data{Title: "T", Href: "h"})
	want, err2 := layout.Files{Ours: mapFS("page.html", text, "edition.html", "")}.Parse("page.html", "edition.html")
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if want, err := want.Execute("page", data{Title: "T", Href: "h"}); got != string(want) || err != nil || got == "" {
		t.Errorf("%q, %q, %v", got, want, err)
	}
}

func TestFiles_namesWhatTakesNoPlace(t *testing.T) {
	t.Parallel()
	if got := files().Unknown(); got != nil {
		t.Errorf("%v", got)
	}
	got := files("page.html", "", "pages.html", "", "parts/x.html", "").Unknown()
	if len(got) != 2 || got[0].File != "templates/x/pages.html" || got[0].Params["known"] != "edition.html, page.html" || got[1].File != "templates/x/parts/x.html" {
		t.Errorf("%v", got)
	}
}

// FuzzFiles: whatever an own template says, it gives text or a problem with
// its file, and shows nothing of the data unescaped.
func FuzzFiles(f *testing.F) {
	for _, s := range []string{"", "{{.Title}}", "<p title='{{.Title}}'>", "{{define \"page\"}}{{end}}", "<script>{{.Title}}</script>", "{{range .}}", "<style>{{.Href}}", "{{template \"main\" .}}", "{{html .Title}}"} {
		f.Add(s)
	}
	const mark = "<i id=x>"
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.Contains(strings.ToLower(text), mark) {
			t.Skip()
		}
		out, err := run(files("page.html", text), data{Title: mark})
		if err != nil {
			if p := (problem.Problem{}); !errors.As(err, &p) || p.File != "templates/x/page.html" {
				t.Errorf("%v", err)
			}
			return
		}
		if strings.Contains(out, mark) {
			t.Errorf("%q", out)
		}
	})
}
