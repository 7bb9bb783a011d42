package newsletter_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/atom"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/newsletter"
)

// public returns the copies for everybody among the files of an edition.
func public(files map[string]publish.File) []string {
	var all []string
	for _, name := range names(files) {
		if _, source, ok := strings.Cut(name, " = "); ok && strings.HasPrefix(name, "public/") {
			all = append(all, source)
		}
	}
	return all
}

// TestMailing_picturesArePublicBeforeItIsSent: every picture of the site that
// the mail loads, with an archive and without; in an archive the sent mail
// finds them, too, for good.
func TestMailing_picturesArePublicBeforeItIsSent(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	shut := options()
	shut.Archive = false
	for name, o := range map[string]newsletter.Options{"archive": options(), "no archive": shut} {
		e := everything(s)
		files := mailing(t, o, s, e)
		var loaded []string
		for n := range parse(t, files["mail.html"].Data).Descendants() {
			src, _ := attr(n, "src")
			below, ours := strings.CutPrefix(src, s.URL)
			if n.DataAtom != atom.Img || !ours || strings.HasSuffix(src, "hostile/x") {
				continue
			}
			below, err := url.PathUnescape(below)
			if err != nil {
				t.Fatal(err)
			}
			loaded = append(loaded, below)
		}
		slices.Sort(loaded)
		loaded = slices.Compact(loaded)
		if d := cmp.Diff(loaded, public(files)); d != "" || len(loaded) == 0 {
			t.Errorf("%s: %s", name, d)
		}
		sent := archive(t, o, s, e)
		for _, picture := range loaded {
			if sent[picture].Source == "" {
				t.Errorf("%s: once it is out, %s is gone", name, picture)
			}
		}
	}
}

// TestMailing_picturesStayPrivateWhileItMayNotBeSent: of drafts and of what is
// under embargo nobody sees anything.
func TestMailing_picturesStayPrivateWhileItMayNotBeSent(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	s.Assets["img/photo.webp"] = publish.Asset{Path: "img/photo.webp", Type: "image/webp", Width: 10, Height: 10}
	at := s.Entries[0].Published
	moment := func(days int) civil.Moment {
		return civil.Moment{Instant: at.AddDate(0, 0, days)}
	}
	doc, err := markdown.New().Parse([]byte("![](/img/atelier.jpg)\n\n![](/img/photo.webp)\n\n[Le son](/son/entretien.mp3)\n"), "fr")
	if err != nil {
		t.Fatal(err)
	}
	both := []string{"img/atelier.jpg", "img/photo.webp"}
	for name, tt := range map[string]struct {
		stage   content.Stage
		embargo civil.Moment
		now     time.Time
		want    []string
	}{
		"ready":                            {stage: content.Ready, want: both},
		"draft":                            {stage: content.Draft},
		"embargo beyond the edition":       {stage: content.Ready, embargo: moment(1)},
		"embargo that the edition ends":    {stage: content.Ready, embargo: moment(0), now: at.AddDate(0, 0, -2)},
		"embargo that has ended before it": {stage: content.Ready, embargo: moment(-3), now: at.AddDate(0, 0, -2), want: both},
		"embargo that ended with the hour": {stage: content.Ready, embargo: moment(0), now: at, want: both},
	} {
		post := &content.Post{ID: "1", Path: "a.md", Lang: "fr", Title: "A", Stage: tt.stage, Embargo: tt.embargo}
		m, err := newsletter.NewMailing(options(), newsletter.Edition{ID: "2026-11-12", At: at, Now: tt.now, Posts: []publish.Entry{{Post: post}}})
		if err != nil {
			t.Fatal(err)
		}
		files, err := m.Files(s, docs{"1": doc})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range files {
			if !f.Private {
				got = append(got, f.Path)
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestMailing_isThereWhenItsHourHasCome: the same mail, to be sent now that its
// page is out; the page for the team is not needed any more.
func TestMailing_isThereWhenItsHourHasCome(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	e := everything(s)
	before := mailing(t, options(), s, e)
	e.Now = e.At
	after := mailing(t, options(), s, e)
	if d := cmp.Diff([]string{"mail.eml", "mail.html", "mail.txt"}, slices.DeleteFunc(names(after), func(name string) bool { return strings.HasPrefix(name, "public/") })); d != "" {
		t.Error(d)
	}
	for name, f := range after {
		if d := cmp.Diff(before[name], f); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
