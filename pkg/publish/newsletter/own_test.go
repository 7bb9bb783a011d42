package newsletter_test

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/layout"
	"editorial/pkg/publish/newsletter"
	"editorial/pkg/publish/newsletter/lint"
)

func own(files ...string) fs.FS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

// TestTemplates_oursPassTheLint: as templates, and as what they make of every
// kind of post.
func TestTemplates_oursPassTheLint(t *testing.T) {
	t.Parallel()
	if found := newsletter.Lint(newsletter.Templates()); len(found) > 0 {
		t.Errorf("%v", found)
	}
	s := sample.Site()
	for _, e := range []newsletter.Edition{everything(s), of(s, "-fr/freins", "-en/hostile"), of(s)} {
		files := mailing(t, options(), s, e)
		for _, f := range lint.HTML(string(files["mail.html"].Data)) {
			t.Errorf("%+v", f)
		}
	}
}

// TestTemplates_copiesOfOursMakeTheSame: an office that copies all of them and
// changes nothing has the same files.
func TestTemplates_copiesOfOursMakeTheSame(t *testing.T) {
	t.Parallel()
	s, o := sample.Site(), options()
	o.Templates = newsletter.Templates()
	ours, copies := mailing(t, options(), s, everything(s)), mailing(t, o, s, everything(s))
	if d := cmp.Diff(ours, copies); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(archive(t, options(), s, everything(s)), archive(t, o, s, everything(s))); d != "" {
		t.Error(d)
	}
}

// TestTemplates_ownShowNothingUnescaped: whatever an own template shows of a
// hostile post, nothing runs.
func TestTemplates_ownShowNothingUnescaped(t *testing.T) {
	t.Parallel()
	s, o := sample.Site(), options()
	o.Title, o.Why = sample.Hostile, sample.Hostile
	o.Templates = own(
		"mail.html", "<title>{{.Subject}}</title><h1 title={{.Name}}>{{.Title}}</h1><p style='color:{{.Why}}'>{{.Why}}</p>{{range .Sections}}{{range .Pieces}}<a href='{{.Title}}'>{{.Title}}</a>{{.Summary}}{{.Question}}{{end}}{{end}}",
		"edition.html", "{{define \"main\"}}<h1>{{.Title}}</h1>{{range .Sections}}{{range .Pieces}}<p title=\"{{.Title}}\">{{.Authors}}{{.HTML}}</p>{{end}}{{end}}{{end}}",
	)
	e := of(s, "en/hostile", "fr/freins")
	e.Intro = nil
	files := mailing(t, o, s, e)
	for _, name := range []string{"mail.html", "index.html"} {
		checkInert(t, files[name].Data)
		if !strings.Contains(string(files[name].Data), "&lt;script&gt;alert(1)") && !strings.Contains(string(files[name].Data), "&lt;/script&gt;") {
			t.Errorf("%s does not show the title: %s", name, files[name].Data)
		}
	}
}

// TestTemplates_errorsHaveAPlace: of an own style sheet, too.
func TestTemplates_errorsHaveAPlace(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for text, want := range map[string][2]string{
		"mail.css\n.é { color: red } }": {`templates/newsletter/mail.css:1:19: template-syntax detail="\"}\" without an opening"`},
		"mail.css\np {}\n  a { color: ": {`templates/newsletter/mail.css:2:3: template-syntax detail="the rule \"a { color:\" has no end"`},
		"mail.html\n<p>\n{{.Nope}}":     {`templates/newsletter/mail.html:2:3: template-run detail=".Nope: can't evaluate field Nope in type newsletter.mailData"`},
		"page.html\n{{define \"page\"}}{{template \"main\" .}}\n{{template \"end\"}}{{end}}": {`templates/newsletter/page.html:2:12: template-syntax detail="no such template \"end\""`},
		"edition.html\n{{define \"main\"}}{{.Say 3}}{{end}}":                                 {`templates/newsletter/edition.html:1:25: template-run detail="3: expected string; found 3"`},
	} {
		name, text, _ := strings.Cut(text, "\n")
		o := options()
		o.Templates = own(name, text)
		m, err := newsletter.NewMailing(o, of(s, "fr/canal"))
		if err == nil {
			_, err = m.Files(s, bodies(s, of(s, "fr/canal")))
		}
		var p problem.Problem
		if !errors.As(err, &p) {
			t.Errorf("%s: %v", text, err)
			continue
		}
		p.Cause = nil
		if d := cmp.Diff(want[0], p.Error()); d != "" {
			t.Errorf("%s", d)
		}
	}
}

// TestCheck_looksAtWhatAnOwnTemplateMade: what the template itself does not
// show is found in the mail, once.
func TestCheck_looksAtWhatAnOwnTemplateMade(t *testing.T) {
	t.Parallel()
	s, o := sample.Site(), options()
	o.Templates = own("mail.html", "{{define \"mail\"}}<p>Hop{{range .Sections}}{{range .Pieces}}<a href=\"{{.About}}\">{{.Title}}</a>{{end}}{{end}}{{end}}")
	m, err := newsletter.NewMailing(o, of(s, "fr/canal", "fr/freins"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := m.Check(s, bodies(s, of(s, "fr/canal", "fr/freins")))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range found {
		codes = append(codes, f.Position.String()+" "+string(f.Code))
	}
	if d := cmp.Diff([]string{"templates/newsletter/mail.html mail-address", "templates/newsletter/mail.html mail-text-lacks"}, codes); d != "" {
		t.Error(d)
	}
	if found[1].Params["words"] != "hop" {
		t.Errorf("%v", found[1])
	}
}

func TestNoMessage_makesNone(t *testing.T) {
	t.Parallel()
	s, o := sample.Site(), options()
	o.NoMessage = true
	if files := mailing(t, o, s, of(s, "fr/canal")); files["mail.html"].Data == nil || files["mail.eml"].Data != nil {
		t.Errorf("%v", names(files))
	}
}

// TestMail_bodiesHoldWhatProgramsShow: the rest becomes a link, or a sign.
func TestMail_bodiesHoldWhatProgramsShow(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	s.Assets["img/plan.svg"] = publish.Asset{Path: "img/plan.svg", Type: "image/svg+xml", Width: 10, Height: 10}
	s.Assets["img/photo.webp"] = publish.Asset{Path: "img/photo.webp", Type: "image/webp", Width: 10, Height: 10}
	for body, want := range map[string]string{
		"![Plan](/img/plan.svg)":                                                          `<a href="https://velo.example/blog/img/plan.svg" STYLE>Plan</a>`,
		"![](/img/photo.webp)":                                                            `<a href="https://velo.example/blog/img/photo.webp" STYLE>Image</a>`,
		"[![Plan](/img/plan.svg)](https://a.example/)":                                    `<a href="https://a.example/" STYLE>Plan</a>`,
		"![Là](https://a.example/x.AVIF?w=1)":                                             `<a href="https://a.example/x.AVIF?w=1" STYLE>Là</a>`,
		"![Là](https://a.example/x.png)":                                                  `<img src="https://a.example/x.png" alt="Là" width="552" height="auto" style="display:block;max-width:100%;height:auto;border:0;border-radius:4px;width:auto"/>`,
		"![Ici](/img/atelier.jpg)":                                                        `<img src="https://velo.example/blog/img/atelier.jpg" alt="Ici" width="552" height="368" STYLE/>`,
		`<img src="https://a.example/b.png" height="20">`:                                 `<img src="https://a.example/b.png" alt="" width="auto" height="20" STYLE/>`,
		`<img src="https://a.example/b.png" width="1104" height="400" srcset="c.png 2x">`: `<img src="https://a.example/b.png" alt="" width="552" height="200" STYLE/>`,
		`<video src="https://a.example/f.mp4" controls title="Le film"></video>`:          `<a href="https://a.example/f.mp4" STYLE>Le film</a>`,
		`<audio controls><source src="https://a.example/s.mp3"></audio>`:                  `<a href="https://a.example/s.mp3" STYLE>Son</a>`,
		"- [x] fait\n- [ ] à faire\n":                                                     "☑ fait",
	} {
		doc, err := markdown.New().Parse([]byte(body), "fr")
		if err != nil {
			t.Fatal(err)
		}
		post := &content.Post{ID: "1", Path: "a.md", Lang: "fr", Title: "A"}
		m, err := newsletter.NewMailing(options(), newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published, Posts: []publish.Entry{{Post: post}}})
		if err != nil {
			t.Fatal(err)
		}
		files, err := m.Files(s, docs{"1": doc})
		if err != nil {
			t.Fatal(err)
		}
		page := string(find(files, "mail.html"))
		_, page, _ = strings.Cut(page, "</style>\n</head>")
		plain := regexp.MustCompile(` style="[^"]*"`).ReplaceAllString(page, " STYLE")
		if !strings.Contains(plain+page, want) {
			_, from, _ := strings.Cut(plain, "<h2")
			t.Errorf("%s: no %s in\n%s", body, want, from[:min(700, len(from))])
		}
		for _, f := range lint.HTML(page) {
			t.Errorf("%s: %+v", body, f)
		}
	}
}

func TestLint_namesWhatTakesNoPlace(t *testing.T) {
	t.Parallel()
	found := newsletter.Lint(own("mial.html", "<script>", "page.css", "a { position: fixed }", "mail.css", "\n\n  é { position: fixed }"))
	var all []string
	for _, f := range found {
		all = append(all, f.Position.String()+" "+string(f.Code))
	}
	want := []string{"templates/newsletter/mial.html " + string(layout.CodeUnknown), "templates/newsletter/mail.css:3:7 mail-layout"}
	if d := cmp.Diff(want, all); d != "" {
		t.Error(d)
	}
}
