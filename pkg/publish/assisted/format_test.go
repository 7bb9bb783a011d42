package assisted_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
	"editorial/pkg/publish/assisted"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
)

// TestFormat_fitsWhatThePlatformTakes: whatever is derived from a post fits
// everywhere, the same every time, and says nothing against itself.
func TestFormat_fitsWhatThePlatformTakes(t *testing.T) {
	t.Parallel()
	long := publishtest.Post("x")
	long.Title, long.Summary = strings.Repeat("Un titre très long ", 30), strings.Repeat("Une phrase. ", 8000)
	long.Markdown, long.Plain = long.Summary, long.Summary
	for _, kind := range []string{
		"facebook", "x", "youtube", "flickr", "mastodon", "bluesky", "instagram", "threads", "linkedin", "tiktok", "pinterest", "pixelfed", "peertube",
		"nostr", "telegram", "discord", "slack", "wordpress", "ghost", "micropub", "other",
	} {
		f := assisted.New(kind)
		if c := f.Caps(); c.Kind != kind || c.Guarantee != platform.AskAfterLoss {
			t.Errorf("%s: %+v", kind, c)
		}
		for _, p := range []platform.Post{publishtest.Post(kind), long} {
			m, err := f.Render(p)
			if err != nil || len(m.Parts) != 1 || m.Kind != kind {
				t.Errorf("%s: %+v, %v", kind, m, err)
				continue
			}
			if part := m.Parts[0]; part.Text == "" || part.Limit > 0 && part.Count > part.Limit || kind == "bluesky" && len(part.Text) > 3000 {
				t.Errorf("%s: %d of %d", kind, part.Count, part.Limit)
			}
			if n := problem.Errors(f.Validate(p)); n > 0 {
				t.Errorf("%s: %v", kind, f.Validate(p))
			}
			again, _ := f.Render(p)
			if d := cmp.Diff(m, again); d != "" {
				t.Errorf("%s: %s", kind, d)
			}
		}
	}
}

func TestFormat_saysWhatEachPlatformShows(t *testing.T) {
	t.Parallel()
	const title, summary = "Régler ses freins avant l’hiver", "Dix minutes, deux clés, et le vélo s’arrête où l’on veut."
	for _, tt := range []struct {
		kind, title string
		has, not    []string
	}{
		{"facebook", "", []string{title, summary, "utm_source", "#vélo #hiver"}, nil},
		{"instagram", "", []string{title, "#vélo"}, []string{"https://"}},
		{"threads", "", []string{"#vélo"}, []string{"#hiver"}},
		{"discord", "", []string{title, "https://"}, []string{"#vélo"}},
		{"youtube", title, []string{summary, "https://"}, []string{title}},
		{"wordpress", title, []string{"Dix minutes suffisent."}, []string{title, "#vélo", summary, "https://"}},
	} {
		m, err := assisted.New(tt.kind).Render(publishtest.Post("x"))
		if err != nil {
			t.Fatal(tt.kind, err)
		}
		if m.Title != tt.title {
			t.Errorf("%s has the title %q", tt.kind, m.Title)
		}
		for _, s := range tt.has {
			if !strings.Contains(m.Parts[0].Text, s) {
				t.Errorf("%s lacks %q: %q", tt.kind, s, m.Parts[0].Text)
			}
		}
		for _, s := range tt.not {
			if strings.Contains(m.Parts[0].Text, s) {
				t.Errorf("%s has %q: %q", tt.kind, s, m.Parts[0].Text)
			}
		}
	}
}

func TestFormat_findsWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind string
		edit func(*platform.Post)
		want map[problem.Code]problem.Severity
	}{
		{"x", func(p *platform.Post) { p.Text = strings.Repeat("日", 141) }, map[problem.Code]problem.Severity{text.CodeTooLong: problem.Error}},
		{"x", func(p *platform.Post) { p.Media = make([]platform.Media, 5) }, map[problem.Code]problem.Severity{assisted.CodeMedia: problem.Warning}},
		{"youtube", func(p *platform.Post) { p.Title = strings.Repeat("titre ", 20) }, map[problem.Code]problem.Severity{assisted.CodeTitle: problem.Warning}},
		{"other", func(p *platform.Post) { *p = platform.Post{} }, map[problem.Code]problem.Severity{text.CodeNothing: problem.Error}},
	} {
		p := publishtest.Post(tt.kind)
		tt.edit(&p)
		got := map[problem.Code]problem.Severity{}
		for _, f := range assisted.New(tt.kind).Validate(p) {
			got[f.Code] = f.Severity
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.kind, d)
		}
		m, err := assisted.New(tt.kind).Render(p)
		if (err != nil) != (len(m.Parts) == 0) || err != nil && platform.ClassOf(err) != platform.Invalid || len(m.Media) > 4 {
			t.Errorf("%s: %d parts, %d files, %v", tt.kind, len(m.Parts), len(m.Media), err)
		}
	}
}
