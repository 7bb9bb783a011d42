package linkedin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
	"editorial/pkg/publish/wire"
)

func job(t *testing.T, change func(*platform.Post)) platform.Job {
	t.Helper()
	p := publishtest.Post(Kind)
	if change != nil {
		change(&p)
	}
	return publishtest.Job(t, Format{}, p)
}

func prepared(t *testing.T, p *Publisher, j platform.Job) platform.Job {
	t.Helper()
	h, err := p.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle, j.Since = h, j.Now
	return j
}

// TestPublisher_keepsTheContract of both: organisations are looked up, for
// members a person is asked.
func TestPublisher_keepsTheContract(t *testing.T) {
	for name, author := range map[string]string{"organisation": organisation, "member": member, "whoever it is": ""} {
		t.Run(name, func(t *testing.T) {
			f, via, account, _ := newFake(t, author)
			f.hashtags = true
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return New(account, via) }, Via: via, Count: f.count,
			})
		})
	}
}

func TestCommit_saysWhatThePostSays(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	p := New(account, via)
	end := publishtest.Drive(t.Context(), p, job(t, nil), nil)
	if end.State != journal.Published || end.Receipt.URL != "https://www.linkedin.com/feed/update/"+f.posts[0].id+"/" {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	if got := f.posts[0]; got.content.Media.Alt != "Une main serre un frein" || !strings.HasSuffix(got.commentary, "\n\nhttps://velo.example/fr/freins/?utm\\_source=linkedin\n\n#vélo #hiver") {
		t.Errorf("%+v %q", got.content.Media, got.commentary)
	}
	publishtest.Drive(t.Context(), p, job(t, func(p *platform.Post) { p.Media = nil }), nil)
	if got := f.posts[1]; got.content.Article == nil || got.content.Article.Source != publishtest.Post(Kind).Link || got.content.Article.Title != publishtest.Post(Kind).Title || strings.Contains(got.commentary, "https://") {
		t.Errorf("%+v %q", got.content.Article, got.commentary)
	}
	publishtest.Drive(t.Context(), p, job(t, func(p *platform.Post) { p.Text = "Deux images"; p.Media = append(p.Media, p.Media[0]) }), nil)
	if got := f.posts[2]; got.content.Several == nil || len(got.content.Several.Images) != 2 {
		t.Errorf("%+v", got.content)
	}
	publishtest.Drive(t.Context(), p, job(t, func(p *platform.Post) { p.Text, p.Link, p.Media = "Rien que des mots", "", nil }), nil)
	if got := f.posts[3]; got.content != (content{}) {
		t.Errorf("%+v", got.content)
	}
}

func TestCommit_readsFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer string
		header http.Header
		class  platform.Class
		code   string
		until  time.Duration
	}{
		"too many":       {`429 {"status":429,"serviceErrorCode":101,"code":"TOO_MANY_REQUESTS"}`, nil, platform.Rate, "TOO_MANY_REQUESTS", 16 * time.Hour},
		"for a while":    {`429 {}`, http.Header{"Retry-After": {"90"}}, platform.Rate, "", 90 * time.Second},
		"denied":         {`403 {"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"no"}`, nil, platform.Permission, "ACCESS_DENIED", 0},
		"old version":    {`426 {"status":426,"code":"NONEXISTENT_VERSION"}`, nil, platform.Permission, "NONEXISTENT_VERSION", 0},
		"invalid":        {`422 {"status":422,"errorDetails":{"inputErrors":[{"code":"FIELD_LENGTH_TOO_LONG"}]}}`, nil, platform.Invalid, "FIELD_LENGTH_TOO_LONG", 0},
		"by number":      {`400 {"status":400,"serviceErrorCode":77,"message":"DUPLICATE_POST is only a word here"}`, nil, platform.Invalid, "77", 0},
		"broken":         {`500 {"status":500,"code":"INTERNAL"}`, nil, platform.Uncertain, "INTERNAL", 0},
		"no name":        {`201 `, nil, platform.Uncertain, "no-id", 0},
		"a strange name": {`201 `, http.Header{"X-Restli-Id": {"urn:li:share:1/../x"}}, platform.Uncertain, "no-id", 0},
		"a page":         {`200 <html>`, nil, platform.Uncertain, "no-id", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, via, account, _ := newFake(t, organisation)
			p := New(account, via)
			j := prepared(t, p, job(t, nil))
			f.refuse, f.header = c.answer, c.header
			_, err := p.Commit(t.Context(), j)
			if e := platform.As(err); err == nil || e.Class != c.class || e.Code != c.code || c.until != 0 && !e.Until.Equal(j.Now.Add(c.until)) {
				t.Errorf("%v until %v, want %v %q", err, platform.As(err).Until, c.class, c.code)
			}
		})
	}
}

// TestDrive_duplicates: ours is found, an older one ends with a person, and of a
// member's nobody knows.
func TestDrive_duplicates(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	p := New(account, via)
	j := prepared(t, p, job(t, nil))
	first, err := p.Commit(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	if end := publishtest.Drive(t.Context(), p, j, nil); end.State != journal.Published || end.Receipt.ID != first.ID || end.Receipt.Evidence != platform.ByLookup {
		t.Errorf("%+v: %v", end, end.Last)
	}
	others := j
	others.Not = []string{first.ID}
	if end := publishtest.Drive(t.Context(), p, others, nil); end.State == journal.Published || end.State == journal.Failed {
		t.Errorf("another's: %+v", end)
	}
	f.hidden = 1
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Duplicate {
		t.Errorf("not listed yet: %v", err)
	}
	f.hidden, f.posts[0].at = 0, publishtest.Now().Add(-24*time.Hour)
	if end := publishtest.Drive(t.Context(), p, job(t, nil), nil); end.State == journal.Failed || end.State == journal.Published || platform.ClassOf(end.Last) != platform.Duplicate || len(f.posts) != 1 {
		t.Errorf("an older one: %+v: %v", end, end.Last)
	}
	f2, via, account, _ := newFake(t, member)
	f2.posts = f.posts
	if end := publishtest.Drive(t.Context(), New(account, via), job(t, nil), nil); end.State != journal.Uncertain || end.Reason != journal.CannotLook || end.Commits != 1 {
		t.Errorf("a member: %+v: %v", end, end.Last)
	}
}

// TestLookup_withoutTheScope: an organisation whose posts may not be listed is
// like a member.
func TestLookup_withoutTheScope(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	f.unlisted = true
	found, err := New(account, via).Lookup(t.Context(), job(t, nil))
	if err != nil || found.Whether != platform.Unknown {
		t.Errorf("%+v %v", found, err)
	}
}

func TestLookup_readsPages(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	j := job(t, nil)
	w, _ := thaw(j.Message)
	f.posts = []fakePost{{id: "urn:li:ugcPost:1", commentary: w.Commentary, at: publishtest.Now()}}
	add := func(n int) {
		for range n {
			f.posts = append(f.posts, fakePost{id: "urn:li:share:" + strconv.Itoa(100+len(f.posts)), commentary: "autre", at: publishtest.Now()})
		}
	}
	add(120)
	found, err := New(account, via).Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.Found || found.Receipt.ID != "urn:li:ugcPost:1" || !found.Receipt.At.Equal(publishtest.Now()) {
		t.Errorf("%+v %v", found, err)
	}
	add(200)
	if found, err = New(account, via).Lookup(t.Context(), j); err != nil || found.Whether != platform.Unknown {
		t.Errorf("more than are read: %+v %v", found, err)
	}
	f.posts[0].at = publishtest.Now().Add(-10*time.Minute - time.Second)
	f.posts = f.posts[:2]
	if found, err = New(account, via).Lookup(t.Context(), j); err != nil || found.Whether != platform.NotFound {
		t.Errorf("an older one: %+v %v", found, err)
	}
}

func TestPrepare_waitsAndRefuses(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	f.slow = 2
	p := New(account, via)
	_, err := p.Prepare(t.Context(), job(t, nil))
	if e := platform.As(err); e.Class != platform.Pending || !e.Until.Equal(publishtest.Now().Add(recheck)) {
		t.Error(err)
	}
	for _, name := range []string{"42", "urn:li:organization:", "urn:li:sponsoredAccount:1", "urn:li:person:a,b"} {
		account.Name = name
		if _, err := New(account, via).Prepare(t.Context(), job(t, nil)); platform.As(err).Code != "author" || platform.ClassOf(err) != platform.Auth {
			t.Errorf("%q: %v", name, err)
		}
	}
	g := New(platform.Account{Name: member}, nil)
	for address, want := range map[string]bool{"https://www.linkedin.com/dms-uploads/x": true, "https://evil.example/": false, "http://www.linkedin.com/": false, "https://evillinkedin.com/": false, "": false, "%": false} {
		if g.ours(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
}

func TestToken_isRenewed(t *testing.T) {
	t.Parallel()
	f, via, account, wallet := newFake(t, member)
	f.access = "access-x"
	end := publishtest.Drive(t.Context(), New(account, via), job(t, nil), nil)
	if end.State != journal.Published || wallet.Renewed != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
	f.access = "access-y"
	account.Credentials = publishtest.NewWallet(platform.Token{Access: "access-0"}) // most apps have no refresh
	end = publishtest.Drive(t.Context(), New(account, via), job(t, func(p *platform.Post) { p.Text = "Encore" }), nil)
	if end.State != journal.Held || end.Reason != journal.NeedsAccount || platform.As(end.Last).Code != "EXPIRED_ACCESS_TOKEN" {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// TestRenew: a token that ends within a week is renewed, one that has ended too.
func TestRenew(t *testing.T) {
	t.Parallel()
	for left, want := range map[time.Duration]int{-time.Hour: 1, 6 * 24 * time.Hour: 1, 8 * 24 * time.Hour: 0} {
		_, via, account, _ := newFake(t, organisation)
		w := publishtest.NewWallet(platform.Token{Access: "access-0", Refresh: "refresh", Expires: publishtest.Now().Add(left)})
		account.Credentials = w
		err := New(account, via).Renew(t.Context(), publishtest.Now())
		token, _ := w.Token(t.Context())
		if err != nil || w.Renewed != want || want > 0 && !token.Expires.Equal(publishtest.Now().Add(60*24*time.Hour)) {
			t.Errorf("%v left: renewed %d times, ends %v, %v", left, w.Renewed, token.Expires, err)
		}
	}
	_, via, account, _ := newFake(t, organisation)
	account.Credentials = publishtest.NewWallet(platform.Token{Access: "access-0", Expires: publishtest.Now()})
	if err := New(account, via).Renew(t.Context(), publishtest.Now()); err != nil {
		t.Errorf("without a refresh token: %v", err)
	}
}

func TestCheckAndMetrics(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	f.inspected = `{"active":true,"status":"active","scope":"w_organization_social,openid","expires_at":1797000000}`
	s, err := New(account, via).Check(t.Context())
	if err != nil || s.Expires.Unix() != 1797000000 || !slices.Equal(s.Missing, []string{"r_organization_social"}) {
		t.Errorf("%+v %v", s, err)
	}
	f.inspected = `{"active":false,"status":"revoked"}`
	if _, err := New(account, via).Check(t.Context()); platform.ClassOf(err) != platform.Auth || platform.As(err).Code != "token-revoked" {
		t.Error(err)
	}
	m, err := New(account, via).Metrics(t.Context(), platform.Receipt{ID: "urn:li:share:5"})
	if err != nil || m["likes"] != 4 || m["views"] != 300 || m["clicks"] != 9 || m["replies"] != 1 || m["shares"] != 2 {
		t.Errorf("%v %v", m, err)
	}
	if _, err := New(account, via).Metrics(t.Context(), platform.Receipt{ID: "urn:li:ugcPost:5"}); err != nil {
		t.Error(err)
	}
	account.Name = member
	if _, err := New(account, via).Metrics(t.Context(), platform.Receipt{ID: "urn:li:share:5"}); platform.ClassOf(err) != platform.Permission {
		t.Error(err)
	}
}

func TestFormat_findsWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*platform.Post)
		want   []problem.Code
	}{
		"as it is":       {func(p *platform.Post) {}, nil},
		"long own words": {func(p *platform.Post) { p.Text = strings.Repeat("(a)", 700) }, []problem.Code{text.CodeTooLong}}, // escapes count
		"a film":         {func(p *platform.Post) { p.Media[0].Type = "video/mp4" }, nil},
		"another film":   {func(p *platform.Post) { p.Media[0].Type = "video/webm" }, []problem.Code{media.CodeLeftOut}},
		"heavy":          {func(p *platform.Post) { p.Media[0].Bytes = bytesImage + 1 }, []problem.Code{media.CodeLargeFile}},
	} {
		p := publishtest.Post(Kind)
		c.change(&p)
		var found []problem.Code
		for _, q := range (Format{}).Validate(p) {
			found = append(found, q.Code)
		}
		if !slices.Equal(found, c.want) {
			t.Errorf("%s: %v, want %v", name, found, c.want)
		}
	}
	p := publishtest.Post(Kind)
	p.Summary = strings.Repeat("très (long) ", 400)
	if m, err := (Format{}).Render(p); err != nil || m.Parts[0].Count > limitText {
		t.Errorf("%d %v", m.Parts[0].Count, err)
	}
}

func TestEscape(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Bonjour":             "Bonjour",
		"a (b) [c] {d} <e>":   `a \(b\) \[c\] \{d\} \<e\>`,
		`\ | * _ ~ @`:         `\\ \| \* \_ \~ \@`,
		"#vélo et #hiver2026": "#vélo et #hiver2026",
		"C# # a#b ##c &#39;":  `C\# \# a\#b \#\#c &\#39;`,
		"#a_b":                `#a\_b`,
		"https://x.fr/#haut":  `https://x.fr/\#haut`,
		"@[Eve](urn:li:1)":    `\@\[Eve\]\(urn:li:1\)`,
	} {
		if got := escape(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
	if got := unescape(`{hashtag|\#|vélo\_cargo} \(a\) \\ fin\`); got != `#vélo_cargo (a) \ fin\` {
		t.Errorf("%q", got)
	}
}

// FuzzEscape: what is escaped reads as before, and no mention is made of it.
func FuzzEscape(f *testing.F) {
	f.Add("a (b) #c @[d](urn:li:person:1)")
	f.Add("#")
	f.Add("\\")
	f.Add("{hashtag|\\#|x}")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("texts are cleaned before")
		}
		e := escape(s)
		if got := unescape(e); got != s {
			t.Errorf("%q became %q and %q", s, e, got)
		}
		for i := 0; i < len(e); i++ {
			switch {
			case e[i] == '\\':
				i++
			case strings.IndexByte(reserved, e[i]) >= 0 && e[i] != '#':
				t.Fatalf("%q: %q is not escaped", e, e[i])
			}
		}
	})
}

// TestFollow_saysItOnce, whatever request is lost.
func TestFollow_saysItOnce(t *testing.T) {
	t.Parallel()
	for at := 1; ; at++ {
		f, via, account, _ := newFake(t, organisation)
		j, r := job(t, func(p *platform.Post) { p.FirstComment = "Vos questions ?" }), platform.Receipt{ID: "urn:li:share:5"}
		line := &publishtest.Line{Via: via, Fault: publishtest.DropAfter, At: at, Now: publishtest.Now}
		for range 3 {
			_ = New(account, line).Follow(t.Context(), j, r) // whether it says so or not
			j.Now = j.Now.Add(time.Second)
		}
		if last := New(account, via).Follow(t.Context(), j, r); last != nil || len(f.comments) != 1 {
			t.Fatalf("request %d: %v, said %q", at, last, f.comments)
		}
		if line.N < at {
			break
		}
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	r := platform.Receipt{ID: "urn:li:share:5"}
	all, next, err := New(account, via).Comments(t.Context(), r, "")
	if err != nil || len(all) != 1 || all[0].Author != member || !all[0].At.Equal(publishtest.Now()) || next != "" {
		t.Errorf("%+v %q %v", all, next, err)
	}
	account.Name = member
	if err := New(account, via).Follow(t.Context(), job(t, func(p *platform.Post) { p.FirstComment = "a" }), r); platform.ClassOf(err) != platform.Permission || len(f.comments) != 0 {
		t.Errorf("under a member’s post nothing is said: %v", err)
	}
}
