package newsletter_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/newsletter"
)

var update = flag.Bool("update", false, "write the golden files")

// options are those of the sample's newsletter.
func options() newsletter.Options {
	return newsletter.Options{
		Name: "newsletter", Folder: "newsletter/", Title: "La lettre du guidon",
		From: "L’Atelier du guidon <lettre@velo.example>", ReplyTo: "bonjour@velo.example",
		PostalAddress: "L’Atelier du guidon, 2 quai du Canal, 67000 Strasbourg, France",
		Why:           "Vous recevez cette lettre parce que vous l’avez demandée à l’atelier.",
		ListID:        "lettre.velo.example", Subject: ":title, :date", Languages: []string{"fr", "en"},
		UnsubscribeURL: "https://velo.example/lettre/desinscription", Archive: true,
	}
}

// intro is the introduction of an edition.
func intro() *content.Post {
	return &content.Post{
		Path: "lettre.md", ID: "lettre", Lang: "fr", Title: "Avant la pluie", Edition: civil.Date{Year: 2026, Month: 11, Day: 12}, BodyLine: 5,
	}
}

const introText = "Bonjour !\n\nL’automne est là : [la chaîne](fr/chaine.md) d’abord, puis *la promenade*.\n"

// of returns an edition of the sample's posts, by the names of their files; a
// name with a "-" before it has no page.
func of(s publish.Site, names ...string) newsletter.Edition {
	at := time.Date(2026, 11, 12, 8, 0, 0, 0, s.Zone.Location())
	e := newsletter.Edition{ID: "2026-11-12", At: at, Number: 3, Intro: intro()}
	for _, name := range names {
		name, pageless := strings.CutPrefix(name, "-")
		i := slices.IndexFunc(s.Entries, func(x publish.Entry) bool { return x.Post.Path == name+".md" })
		x := s.Entries[i]
		if pageless {
			x.Path, x.URL = "", ""
		}
		e.Posts = append(e.Posts, x)
	}
	return e
}

// everything is an edition of all the sample's posts.
func everything(s publish.Site) newsletter.Edition {
	return of(s, "fr/freins", "en/brakes", "-fr/chaine", "fr/canal", "fr/sans-titre", "en/hostile", "fr/velo-cargo")
}

// earlier is the edition before.
func earlier(s publish.Site) newsletter.Edition {
	e := of(s, "fr/canal")
	e.ID, e.At = "2026-10-29", e.At.AddDate(0, 0, -14)
	return e
}

// bodies are the parsed bodies of the site and the introductions.
func bodies(s publish.Site, editions ...newsletter.Edition) publish.Bodies {
	for _, e := range editions {
		if e.Intro != nil {
			s.Entries = append(slices.Clone(s.Entries), publish.Entry{Post: e.Intro})
		}
		s.Entries = append(slices.Clone(s.Entries), e.Posts...)
	}
	return sample.Bodies(s, sample.Texts{"lettre": introText})
}

// mailing makes the files of an edition to come, by their names in its folder;
// copies for everybody by "public/" and their paths.
func mailing(t testing.TB, o newsletter.Options, s publish.Site, e newsletter.Edition) map[string]publish.File {
	t.Helper()
	m, err := newsletter.NewMailing(o, e)
	if err != nil {
		t.Fatal(err)
	}
	files, err := m.Files(s, bodies(s, e))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]publish.File{}
	for _, f := range files {
		name, ok := strings.CutPrefix(f.Path, "editions/"+e.ID+"/")
		if !f.Private && f.Source != "" {
			byName["public/"+f.Path] = f
			continue
		}
		if !ok || !f.Private {
			t.Errorf("%s is for everybody, or lies elsewhere", f.Path)
		}
		byName[name] = f
	}
	return byName
}

// archive makes the pages of editions that are out, by path.
func archive(t testing.TB, o newsletter.Options, s publish.Site, editions ...newsletter.Edition) map[string]publish.File {
	t.Helper()
	a, err := newsletter.NewArchive(o, editions)
	if err != nil {
		t.Fatal(err)
	}
	files, err := a.Files(s, bodies(s, editions...))
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]publish.File{}
	for _, f := range files {
		if f.Private {
			t.Errorf("%s is private", f.Path)
		}
		byPath[f.Path] = f
	}
	return byPath
}

func names(files map[string]publish.File) []string {
	var all []string
	for name, f := range files {
		if f.Source != "" {
			name += " = " + f.Source
		}
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func TestFiles_areThePromisedOnes(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	if d := cmp.Diff([]string{
		"img/atelier.jpg = img/atelier.jpg", "img/canal été.jpg = img/canal été.jpg", "index.html", "mail.eml", "mail.html", "mail.txt",
		"public/img/atelier.jpg = img/atelier.jpg", "public/img/canal été.jpg = img/canal été.jpg",
		"son/entretien.mp3 = son/entretien.mp3",
	}, names(mailing(t, options(), s, everything(s)))); d != "" {
		t.Errorf("mailing: %s", d)
	}
	if d := cmp.Diff([]string{
		"img/canal été.jpg = img/canal été.jpg", "newsletter/2026-10-29/index.html", "newsletter/2026-11-12/index.html", "newsletter/index.html",
	}, names(archive(t, options(), s, earlier(s), of(s, "fr/chaine")))); d != "" {
		t.Errorf("archive: %s", d)
	}
	if got := archive(t, options(), s); len(got) != 0 {
		t.Errorf("an archive of nothing: %v", names(got))
	}
	silent, shut := options(), options()
	silent.From, shut.Archive = "", false
	if got := mailing(t, silent, s, everything(s)); got["mail.eml"].Data != nil {
		t.Error("a message from nobody")
	}
	for name, f := range archive(t, shut, s, everything(s)) {
		if !strings.HasPrefix(f.Source, "img/") {
			t.Errorf("an archive that nobody wants, or more than pictures: %s", name)
		}
	}
	if got := mailing(t, shut, s, everything(s)); bytes.Contains(got["mail.html"].Data, []byte("velo.example/blog/newsletter/")) {
		t.Error("the mail points at an archive that is not")
	}
}

func TestFiles_golden(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	e := of(s, "fr/freins", "en/brakes", "fr/sans-titre")
	files := mailing(t, options(), s, e)
	pages := archive(t, options(), s, e)
	for name, data := range map[string][]byte{
		"mail.html": files["mail.html"].Data, "mail.txt": files["mail.txt"].Data, "mail.eml": files["mail.eml"].Data,
		"preview.html": files["index.html"].Data, "edition.html": pages["newsletter/2026-11-12/index.html"].Data, "archive.html": pages["newsletter/index.html"].Data,
	} {
		if before, style, ok := bytes.Cut(data, []byte("<style>/*")); ok { // page.css
			_, after, _ := bytes.Cut(style, []byte("</style>"))
			data = slices.Concat(before, []byte("<style>…</style>"), after)
		}
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Error(err)
		} else if d := cmp.Diff(string(want), string(data)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestFiles_sameBytesTwice(t *testing.T) {
	t.Parallel()
	first, second := sample.Site(), sample.Site()
	one, two := mailing(t, options(), first, everything(first)), mailing(t, options(), second, everything(second))
	for name, f := range one {
		if !bytes.Equal(f.Data, two[name].Data) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestFiles_noMessageUnderEmbargo: an introduction may be ready and still have
// to wait.
func TestFiles_noMessageUnderEmbargo(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for wait, want := range map[time.Duration]bool{0: true, time.Minute: false} {
		e := of(s, "fr/canal")
		e.Intro.Stage, e.Intro.Embargo = content.Ready, civil.Moment{Instant: e.At.Add(wait)}
		files := mailing(t, options(), s, e)
		if got := files["mail.eml"].Data != nil; got != want {
			t.Errorf("embargo %s after the edition: a message: %t", wait, got)
		}
		if got := bytes.Contains(files["index.html"].Data, []byte("<li>Avant la pluie (sous embargo")); got == want {
			t.Errorf("embargo %s after the edition: the page for the team says so: %t", wait, got)
		}
	}
}

func TestMessage_changesItsNameWithItsContent(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	a, b, c := everything(s), everything(s), everything(s)
	b.Intro.Title = "Autre chose"
	c.At = c.At.Add(time.Hour)
	seen := map[string]bool{}
	for _, e := range []newsletter.Edition{a, b, c} {
		seen[readMessage(t, mailing(t, options(), s, e)["mail.eml"].Data).Header.Get("Message-ID")] = true
	}
	// One text for two lists is two messages.
	o := options()
	o.ListID = "voisins." + o.ListID
	seen[readMessage(t, mailing(t, o, s, a)["mail.eml"].Data).Header.Get("Message-ID")] = true
	if len(seen) != 4 {
		t.Errorf("%d names of 4 messages", len(seen))
	}
}

func TestLetter_showsShortPostsWholeAndLongOnesInBrief(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	text := string(mailing(t, options(), s, of(s, "fr/freins", "fr/sans-titre", "-fr/velo-cargo"))["mail.txt"].Data)
	for want, reason := range map[string]string{
		"Samedi, on ouvre plus tôt : dès neuf heures, café compris":     "a short post is whole",
		"Voir sur le site : https://velo.example/blog/fr/sans-titre/":   "and says where it stands",
		"Deux clés, un chiffon et un peu de patience":                   "a long post has its summary",
		"Lire la suite : https://velo.example/blog/fr/freins/":          "and its page",
		"Passez à l’atelier, laissez votre nom, repartez avec la clé.":  "a post without a page is whole",
		"À vous : Et vous, quel réglage vous donne du fil à retordre ?": "the question is asked",
	} {
		if !strings.Contains(unwrap(text), strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(want)) {
			t.Errorf("%s: no %q", reason, want)
		}
	}
	for what, reason := range map[string]string{
		"deux millimètres": "a long post is not whole", "blog/fr/velo-cargo/": "a page that is not there",
	} {
		if strings.Contains(text, what) {
			t.Errorf("%s: %q", reason, what)
		}
	}
}

// unwrap makes a text one line, with plain spaces.
func unwrap(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestLetter_groupsLanguages(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	html := func(o newsletter.Options, names ...string) string {
		return string(mailing(t, o, s, of(s, names...))["mail.html"].Data)
	}
	both := html(options(), "en/brakes", "fr/freins")
	fr, en := strings.Index(both, ">Français</h2>"), strings.Index(both, ">English</h2>")
	if fr < 0 || en < fr || !strings.Contains(both, ">In English, further down</p>") {
		t.Errorf("French at %d, English at %d", fr, en)
	}
	o := options()
	o.Languages = []string{"en", "fr"}
	turned := html(o, "en/brakes", "fr/freins")
	if fr, en := strings.Index(turned, ">Français</h2>"), strings.Index(turned, ">English</h2>"); en < 0 || fr < en {
		t.Errorf("in turn, French at %d, English at %d", fr, en)
	}
	one := html(options(), "fr/freins", "fr/canal")
	if strings.Contains(one, "Français") || strings.Contains(one, "<h3") {
		t.Error("one language has a heading")
	}
	o.Languages = []string{"fr"}
	if added := html(o, "en/brakes", "fr/freins"); !strings.Contains(added, ">English</h2>") {
		t.Error("a language that was not asked for is lost")
	}
}

func TestLetter_saysWhatTheVariantSays(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	e := of(s, "fr/sans-titre")
	e.Variants = map[string]content.Variant{e.Posts[0].Post.ID: {Title: "Samedi matin", Text: "On ouvre à neuf heures."}}
	text := string(mailing(t, options(), s, e)["mail.txt"].Data)
	if !strings.Contains(text, "Samedi matin\n------------\n\nOn ouvre à neuf heures.\n") || strings.Contains(text, "café compris") {
		t.Error(text)
	}
}

func TestLetter_subject(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for pattern, want := range map[string]string{
		"":                  "Avant la pluie",
		":title":            "Avant la pluie",
		"[:site] :title":    "[L’Atelier du guidon] Avant la pluie",
		"Lettre :n, :date":  "Lettre 3, 12 novembre 2026",
		":title\r\nBcc: x@": "Avant la pluie Bcc: x@",
		" ":                 "La lettre du guidon",
	} {
		o := options()
		o.Subject = pattern
		m := readMessage(t, mailing(t, o, s, of(s, "fr/canal"))["mail.eml"].Data)
		if got := decode(t, m.Header.Get("Subject")); got != want {
			t.Errorf("%q: got %q, want %q", pattern, got, want)
		}
	}
	e := of(s, "fr/canal")
	e.Intro = nil
	if got := decode(t, readMessage(t, mailing(t, options(), s, e)["mail.eml"].Data).Header.Get("Subject")); !strings.HasPrefix(got, "Au fil du canal") {
		t.Errorf("without an introduction: %q", got)
	}
}

// long is a post of a hundred words with long addresses, so many kB; its id
// says how many, for [parsed].
func long(s publish.Site, path string, kB int) publish.Entry {
	return publish.Entry{Path: path + "/", URL: s.URL + path + "/", Post: &content.Post{
		ID: path + "-" + strconv.Itoa(kB), Path: path + ".md", Lang: "fr", Title: "Titre " + path, BodyLine: 7,
	}}
}

// parsed are the bodies of an edition of long posts.
func parsed(t testing.TB, e newsletter.Edition) docs {
	t.Helper()
	all, parser := docs{}, markdown.New()
	posts := []*content.Post{}
	for _, x := range e.Posts {
		posts = append(posts, x.Post)
	}
	if e.Intro != nil {
		posts = append(posts, e.Intro)
	}
	for _, p := range posts {
		_, n, _ := strings.Cut(p.ID, "-")
		kB, err := strconv.Atoi(n)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := parser.Parse([]byte(strings.Repeat("[mot](https://velo.example/"+strings.Repeat("x", kB*10-48)+") ", 100)), "fr")
		if err != nil {
			t.Fatal(err)
		}
		all[p.ID] = doc
	}
	return all
}

func TestCheck_saysWhatToCut(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for want, posts := range map[string][]publish.Entry{
		`a.md:7: newsletter-left cuts="Titre a (19 kB)" edition="2026-11-12" left="Titre a, Titre c" limit="102 kB" over="19 kB" size="121 kB"`: {
			long(s, "b", 30), long(s, "a", 60), long(s, "c", 10),
		},
		`a.md:7: newsletter-left cuts="Titre a (25 kB), Titre b (20 kB)" edition="2026-11-12" left="Titre b, Titre c" limit="102 kB" over="44 kB" size="146 kB"`: {
			long(s, "a", 60), long(s, "b", 55), long(s, "c", 10),
		},
		`a.md:7: newsletter-left cuts="Titre a (29 kB)" edition="2026-11-12" left="Titre a" limit="102 kB" over="29 kB" size="131 kB"`: {
			long(s, "a", 120),
		},
		`i.md:7: newsletter-too-long cuts="Titre i (43 kB)" edition="2026-11-12" limit="102 kB" over="43 kB" size="145 kB"`: {
			long(s, "i", 120), long(s, "b", 10),
		},
	} {
		e := newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published, Posts: posts}
		if posts[0].Post.Path == "i.md" {
			e.Intro, e.Posts = posts[0].Post, posts[1:]
		}
		m, err := newsletter.NewMailing(options(), e)
		if err != nil {
			t.Fatal(err)
		}
		if found, err := m.Check(s, parsed(t, e)); err != nil || len(found) != 1 || found[0].Error() != want {
			t.Errorf("got  %v, %v\nwant %s", found, err, want)
		}
	}
	fine, err := newsletter.NewMailing(options(), everything(s))
	if err != nil {
		t.Fatal(err)
	}
	if found, err := fine.Check(s, bodies(s, everything(s))); err != nil || len(found) != 0 {
		t.Errorf("a mail that is short enough: %v, %v", found, err)
	}
}

// TestMail_isCutBetweenPosts: what is beyond the length that mail programs show
// is left to the page of the edition, whole posts and no more than must be; the
// text has it all.
func TestMail_isCutBetweenPosts(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	e := newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published}
	for i := range 30 {
		x := long(s, "n"+strconv.Itoa(i), 6)
		x.Post.Title = "Numéro " + strconv.Itoa(i)
		e.Posts = append(e.Posts, x)
	}
	make := func(o newsletter.Options) (page, text string) {
		m, err := newsletter.NewMailing(o, e)
		if err != nil {
			t.Fatal(err)
		}
		files, err := m.Files(s, parsed(t, e))
		if err != nil {
			t.Fatal(err)
		}
		return string(find(files, "mail.html")), string(find(files, "mail.txt"))
	}
	page, text := make(options())
	if len(page) > newsletter.MaxBytes || len(page) < newsletter.MaxBytes-9000 {
		t.Errorf("%d bytes", len(page))
	}
	shown := strings.Count(page, "</h2>") - 1
	if got := strings.Count(page, ">mot</a>"); got != 100*shown || shown < 5 {
		t.Errorf("%d posts, %d words of them", shown, got)
	}
	for i := range 30 {
		title := "Numéro " + strconv.Itoa(i) + "<"
		if got := strings.Contains(page, "<li lang=\"fr\" dir=\"ltr\" style=\"margin:4px 0\">"+title); got != (i >= shown) {
			t.Errorf("%s is left to the page: %v", title, got)
		}
		if !strings.Contains(text, strings.TrimSuffix(title, "<")+"\n") {
			t.Errorf("%s is not in the text", title)
		}
	}
	if !strings.Contains(page, `href="https://velo.example/blog/newsletter/2026-11-12/"`+` style="`) || !strings.Contains(page, "Lire la suite sur le site") {
		t.Error("no link leads to the rest")
	}
	if lacking := lackingWords([]byte(page), []byte(text)); strings.Join(lacking, " ") != "la suite de cette lire" { // of the link alone
		t.Errorf("the text lacks %v", lacking)
	}
	// A language of which nothing is left is not announced.
	e.Posts[29].Post.Lang = "en"
	if page, text = make(options()); strings.Contains(page, "In English, further down") || !strings.Contains(text, "In English, further down") {
		t.Error("a language is announced that is not there")
	}
	o := options()
	o.Archive = false
	if page, _ = make(o); strings.Contains(page, "Lire la suite sur le site") || strings.Count(page, ">mot</a>") != 3000 {
		t.Error("posts are left to a page that there is not")
	}
}

type docs map[string]*markdown.Document

func (d docs) Document(p *content.Post) *markdown.Document { return d[p.ID] }

func (d docs) Facts(p *content.Post) (publish.Facts, bool) { return publish.FactsOf(d[p.ID]), true }

func find(files []publish.File, name string) []byte {
	for _, f := range files {
		if strings.HasSuffix(f.Path, name) {
			return f.Data
		}
	}
	return nil
}

func TestNew_refusesBadOptions(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*newsletter.Options){
		"sender":           func(o *newsletter.Options) { o.From = "nobody" },
		"sender's letters": func(o *newsletter.Options) { o.From = "élan@velo.example" },
		"answers":          func(o *newsletter.Options) { o.ReplyTo = "a@b\r\nBcc: c@d" },
		"outside":          func(o *newsletter.Options) { o.Folder = "../x/" },
		"no folder":        func(o *newsletter.Options) { o.Folder = "x" },
	} {
		o := options()
		change(&o)
		if _, err := newsletter.NewMailing(o, newsletter.Edition{}); !errors.Is(err, newsletter.ErrOptions) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestArchive_turnsSearchEnginesAway: on each page, where that is asked for.
func TestArchive_turnsSearchEnginesAway(t *testing.T) {
	t.Parallel()
	for _, asked := range []bool{false, true} {
		o, s := options(), sample.Site()
		o.NoIndex = asked
		pages := 0
		for name, f := range archive(t, o, s, everything(s), earlier(s)) {
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			pages++
			if got := bytes.Contains(f.Data, []byte(`<meta name="robots" content="noindex">`)); got != asked {
				t.Errorf("%s: noindex %t, want %t", name, got, asked)
			}
		}
		if pages != 3 {
			t.Errorf("%d pages", pages)
		}
	}
}
