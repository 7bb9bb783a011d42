package wordpress_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	site "editorial/internal/need/wordpress"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
	"editorial/pkg/publish/wordpress"
)

// creds is a token that stays.
type creds platform.Token

func (c creds) Token(context.Context) (platform.Token, error) { return platform.Token(c), nil }

func (c creds) Renew(context.Context, platform.Token, func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	return platform.Token(c), nil
}

func account(server, name, password string) platform.Account {
	return platform.Account{Server: server, Name: name, Credentials: creds{Access: platform.Hidden(password)}, Options: map[string]string{"category": "Atelier, Conseils & co"}}
}

// visitor asks a site as everybody can.
func visitor(t *testing.T, address string, into any) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", address, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

type shown struct {
	ID         int64  `json:"id"`
	Slug       string `json:"slug"`
	Featured   int64  `json:"featured_media"`
	Tags       []int64
	Categories []int64
	Title      struct{ Rendered string } `json:"title"`
	Content    struct{ Rendered string } `json:"content"`
}

// public are the posts that everybody sees with this title.
func public(t *testing.T, server, title string) []shown {
	t.Helper()
	var all, same []shown
	for page := 1; ; page++ {
		var some []shown
		resp, err := http.Get(server + "/wp-json/wp/v2/posts?per_page=100&page=" + strconv.Itoa(page))
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(resp.Body).Decode(&some)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
		if len(some) < 100 {
			break
		}
	}
	for _, s := range all {
		if s.Title.Rendered == title {
			same = append(same, s)
		}
	}
	return same
}

// TestServer: the contract on a real WordPress, and what it does of itself.
func TestServer(t *testing.T) {
	t.Parallel()
	wp := site.Start(t)
	made := func(via wire.Doer) platform.Publisher {
		return wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), via)
	}
	bench := publishtest.Bench{
		New: made, Via: http.DefaultClient, Now: time.Now,
		Count:  func(t *testing.T, p platform.Post) int { return len(public(t, wp.URL, p.Title)) },
		Faults: []publishtest.Fault{publishtest.DropAfter, publishtest.Truncated, publishtest.Rate},
	}
	t.Run("contract", func(t *testing.T) { publishtest.Run(t, bench) })
	t.Run("what readers see", func(t *testing.T) { serverShows(t, wp) })
	t.Run("addresses that are taken", func(t *testing.T) { serverTwins(t, wp) })
	t.Run("a quarter of the answers lost", func(t *testing.T) { serverLossy(t, wp) })
	t.Run("planned there", func(t *testing.T) { serverNative(t, wp) })
	t.Run("dated ahead by somebody", func(t *testing.T) { serverDated(t, wp) })
	t.Run("bin", func(t *testing.T) { serverBin(t, wp) })
	t.Run("rights", func(t *testing.T) { serverRights(t, wp) })
	t.Run("comments", func(t *testing.T) { serverComments(t, wp) })
}

// numbered is a post of its own.
func numbered(name string) platform.Post {
	p := publishtest.Post("wordpress")
	p.Key, p.Title, p.Slug = platform.NewKey(name, "wordpress", 1), "Post "+name, name
	return p
}

// job is a post on its way on a server whose clock is ours.
func job(t *testing.T, f platform.Format, p platform.Post) platform.Job {
	t.Helper()
	m, err := f.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC().Truncate(time.Second)
	return platform.Job{Key: p.Key, Due: now, Now: now, Message: m, Files: publishtest.Album()}
}

// out publishes a post, and stops the test if it cannot.
func out(t *testing.T, pub platform.Publisher, j platform.Job) platform.Receipt {
	t.Helper()
	h, err := pub.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	r, err := pub.Commit(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func serverShows(t *testing.T, wp site.Site) {
	for _, user := range []string{"admin", "author"} {
		a := account(wp.URL, user, wp.Passwords[user])
		if user == "author" { // may not make categories
			a.Options = nil
		}
		a.Options = map[string]string{"category": a.Options["category"], "rest": "/?rest_route="}
		pub := wordpress.New(a, http.DefaultClient)
		p := numbered("seen-by-" + user)
		second := publishtest.File{Path: "fr/deux.png", Type: "image/png", Alt: `L’« étau » & 2 clés`, Data: publishtest.Picture().Data}
		p.Media = append(p.Media, second.Media())
		p.Media[1].Sum = p.Media[0].Sum // the same bytes at two places are one upload
		p.Tags = append(p.Tags, "R&D <vélo>")
		p.HTML = `<p>A &amp; B</p><p><img src="` + p.Media[1].URL + `" alt="x"></p><pre>one

two</pre><p title="[gallery]">[gallery] [wp_version]</p>`
		j := job(t, pub, p)
		r := out(t, pub, j)
		all := public(t, wp.URL, p.Title)
		if len(all) != 1 {
			t.Fatalf("%s: %d posts", user, len(all))
		}
		s := all[0]
		if r.ID != strconv.FormatInt(s.ID, 10) || s.Slug != p.Slug || s.Featured == 0 || len(s.Tags) < 3 || r.At.Sub(j.Now).Abs() > time.Minute || r.URL == "" {
			t.Errorf("%s: %+v, receipt %+v", user, s, r)
		}
		if c := s.Content.Rendered; strings.Contains(c, "editorial") || strings.Contains(c, "velo.example") || !strings.Contains(c, "/uploads/") || !strings.Contains(c, "<pre>one\n\ntwo</pre>") || strings.Count(html.UnescapeString(c), "[gallery]") != 2 {
			t.Errorf("%s: %s", user, c)
		}
		if user == "admin" {
			for i, name := range []string{"Atelier", "Conseils &amp; co"} {
				var c struct{ Name string }
				visitor(t, wp.URL+"/wp-json/wp/v2/categories/"+strconv.FormatInt(s.Categories[i], 10), &c)
				if c.Name != name {
					t.Errorf("%s: category %q", user, c.Name)
				}
			}
		}
		var m struct {
			Alt string `json:"alt_text"`
		}
		visitor(t, wp.URL+"/wp-json/wp/v2/media/"+strconv.FormatInt(s.Featured, 10), &m)
		if m.Alt != p.Media[0].Alt {
			t.Errorf("%s: alt %q", user, m.Alt)
		}
	}
}

// serverTwins: a stranger's post has the address; ours gets another, and is found
// all the same, with and without its handle.
func serverTwins(t *testing.T, wp site.Site) {
	pub := wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	a, b := numbered("twin"), numbered("twin")
	b.Key, b.Title = platform.NewKey("other", "wordpress", 1), "Post other"
	first, second := out(t, pub, job(t, pub, a)), out(t, pub, job(t, pub, b))
	if first.ID == second.ID || first.URL == second.URL {
		t.Fatalf("%+v %+v", first, second)
	}
	for p, want := range map[*platform.Post]platform.Receipt{&a: first, &b: second} {
		f, err := pub.Lookup(t.Context(), job(t, pub, *p))
		if err != nil || f.Whether != platform.Found || f.Receipt.ID != want.ID {
			t.Errorf("%+v, %v; want %+v", f, err, want)
		}
	}
	// Somebody gives it another address.
	ask(t, wp, "POST", "posts/"+second.ID, `{"slug":"tout-autre"}`)
	if f, err := pub.Lookup(t.Context(), job(t, pub, b)); err != nil || f.Whether != platform.Found || f.Receipt.ID != second.ID {
		t.Errorf("%+v, %v", f, err)
	}
}

// ask asks as the administrator.
func ask(t *testing.T, wp site.Site, method, path, body string) (status int, answer map[string]any) {
	t.Helper()
	r, err := http.NewRequest(method, wp.URL+"/wp-json/wp/v2/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("admin", wp.Passwords["admin"])
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, answer
}

// serverNative: what is handed over is not out before its time; if nobody visits
// the site it is not out after it either, and a commit brings it out, once.
func serverNative(t *testing.T, wp site.Site) {
	pub := wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	p := numbered("native")
	j := job(t, pub, p)
	j.Save = func(_ context.Context, h platform.Handle) error { j.Handle = h; return nil }
	if _, err := pub.Prepare(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	if _, err := pub.HandOver(t.Context(), j); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("handed over for now: %v", err)
	}
	j.Due = j.Now.Add(time.Hour)
	r, err := pub.HandOver(t.Context(), j)
	if err != nil || r.Evidence != platform.ByNative || !r.At.Equal(j.Due) {
		t.Fatalf("%+v, %v", r, err)
	}
	look := func(now time.Time, want platform.Whether) platform.Finding {
		t.Helper()
		k := j
		k.Now = now
		f, err := pub.Lookup(t.Context(), k)
		if err != nil || f.Whether != want {
			t.Fatalf("%+v, %v; want %v", f, err, want)
		}
		return f
	}
	look(j.Now, platform.Unknown)
	if n := len(public(t, wp.URL, p.Title)); n != 0 {
		t.Fatalf("%d out before the time", n)
	}
	if err := pub.Recall(t.Context(), j, r); err != nil {
		t.Fatal(err)
	}
	if f := look(j.Now, platform.NotFound); f.Handle == nil {
		t.Error("the draft is not taken up")
	}
	if _, err := pub.HandOver(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	// The hour passes, and nobody visits the site.
	late := "UPDATE wp_posts SET post_date = post_date - INTERVAL 2 HOUR, post_date_gmt = post_date_gmt - INTERVAL 2 HOUR WHERE ID = " + r.ID
	wp.SQL(t, late)
	j.Handle = look(j.Due.Add(time.Minute), platform.NotFound).Handle
	if n := len(public(t, wp.URL, p.Title)); n != 0 {
		t.Fatalf("%d out by itself", n)
	}
	if got, err := pub.Commit(t.Context(), j); err != nil || got.ID != r.ID || len(public(t, wp.URL, p.Title)) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	serverCron(t, wp)
}

// serverCron: where a timer calls wp-cron.php, the site publishes by itself.
func serverCron(t *testing.T, wp site.Site) {
	pub := wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	j := job(t, pub, numbered("cron"))
	j.Save = func(_ context.Context, h platform.Handle) error { j.Handle = h; return nil }
	if _, err := pub.Prepare(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	j.Due = j.Now.Add(time.Hour)
	r, err := pub.HandOver(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	wp.SQL(t, "UPDATE wp_posts SET post_date = post_date - INTERVAL 2 HOUR, post_date_gmt = post_date_gmt - INTERVAL 2 HOUR WHERE ID = "+r.ID)
	wp.SQL(t, "UPDATE wp_options SET option_value = REPLACE(option_value, 'i:"+strconv.FormatInt(j.Due.Unix(), 10)+";', 'i:"+strconv.FormatInt(j.Due.Add(-2*time.Hour).Unix(), 10)+";') WHERE option_name = 'cron'")
	resp, err := http.Get(wp.URL + "/wp-cron.php")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	f, err := pub.Lookup(t.Context(), j)
	if err != nil || f.Whether != platform.Found || f.Receipt.Evidence != platform.ByNative {
		t.Fatalf("%+v, %v", f, err)
	}
}

// lossy loses answers, one of four on the average, by what was asked: the same
// ones in every run.
type lossy struct {
	n, lost int
	seed    string
}

func (l *lossy) Do(r *http.Request) (*http.Response, error) {
	l.n++
	resp, err := http.DefaultClient.Do(r)
	if sum := sha256.Sum256([]byte(l.seed + strconv.Itoa(l.n))); err == nil && sum[0]&3 == 0 {
		l.lost++
		resp.Body.Close()
		return nil, io.ErrUnexpectedEOF
	}
	return resp, err
}

// serverLossy: a quarter of all answers is lost, after the site did what was asked.
func serverLossy(t *testing.T, wp site.Site) {
	const posts = 8
	line := &lossy{seed: "wordpress"}
	made := func() platform.Publisher {
		return wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), line)
	}
	missing, twice := 0, 0
	for n := range posts {
		p := numbered("lossy-" + strconv.Itoa(n))
		end := publishtest.Drive(t.Context(), made(), job(t, made(), p), made)
		switch n := len(public(t, wp.URL, p.Title)); {
		case end.State != journal.Published || n == 0:
			missing++
		case n > 1:
			twice++
		}
	}
	t.Logf("%d posts, %d requests, %d answers lost: %d missing, %d twice", posts, line.n, line.lost, missing, twice)
	if missing+twice > 0 || line.lost < posts {
		t.Errorf("%d missing, %d twice, %d answers lost", missing, twice, line.lost)
	}
}

func serverDated(t *testing.T, wp site.Site) {
	pub := wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	j := job(t, pub, numbered("dated"))
	h, err := pub.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	var in struct{ Post int64 }
	if err := json.Unmarshal(h, &in); err != nil {
		t.Fatal(err)
	}
	id := strconv.FormatInt(in.Post, 10)
	ask(t, wp, "POST", "posts/"+id, `{"date_gmt":"2099-01-01T00:00:00"}`)
	if _, err := pub.Commit(t.Context(), j); platform.As(err).Code != "dated-ahead" || platform.ClassOf(err) != platform.Invalid {
		t.Fatalf("%v", err)
	}
	if _, e := ask(t, wp, "GET", "posts/"+id+"?context=edit", ""); e["status"] != "draft" {
		t.Errorf("left as %v", e["status"])
	}
}

func serverBin(t *testing.T, wp site.Site) {
	pub := wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	j := job(t, pub, numbered("bin"))
	r := out(t, pub, j)
	ask(t, wp, "DELETE", "posts/"+r.ID, "")
	if f, err := pub.Lookup(t.Context(), j); err != nil || f.Whether != platform.Unknown {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := pub.Prepare(t.Context(), j); platform.As(err).Code != "in-the-bin" {
		t.Errorf("%v", err)
	}
	ask(t, wp, "DELETE", "posts/"+r.ID+"?force=true", "")
	if f, err := pub.Lookup(t.Context(), j); err != nil || f.Whether != platform.NotFound {
		t.Errorf("%+v, %v", f, err)
	}
}

func serverRights(t *testing.T, wp site.Site) {
	check := func(user, password string) (platform.Standing, error) {
		return wordpress.New(account(wp.URL, user, password), http.DefaultClient).Check(t.Context())
	}
	if s, err := check("admin", wp.Passwords["admin"]); err != nil || s.Account != "admin" || len(s.Missing) != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := check("contributor", wp.Passwords["contributor"]); err != nil || strings.Join(s.Missing, " ") != "publish_posts upload_files manage_categories" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := check("admin", "wrong"); platform.ClassOf(err) != platform.Auth {
		t.Errorf("%v", err)
	}
	pub := wordpress.New(account(wp.URL, "admin", "wrong"), http.DefaultClient)
	_, err := pub.Prepare(t.Context(), job(t, pub, numbered("wrong")))
	if platform.ClassOf(err) != platform.Auth || strings.Contains(err.Error(), "wrong") {
		t.Errorf("%v", err)
	}
	// A contributor may write, and neither upload nor publish.
	pub = wordpress.New(platform.Account{Server: wp.URL, Name: "contributor", Credentials: creds{Access: platform.Hidden(wp.Passwords["contributor"])}}, http.DefaultClient)
	p := numbered("contributor")
	j := job(t, pub, p)
	if _, err := pub.Prepare(t.Context(), j); platform.ClassOf(err) != platform.Permission {
		t.Errorf("%v", err)
	}
	p.Media = nil
	j = job(t, pub, p)
	h, err := pub.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	if _, err := pub.Commit(t.Context(), j); platform.ClassOf(err) != platform.Permission {
		t.Errorf("%v", err)
	}
	// A file that no site takes.
	pub = wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	evil := publishtest.File{Path: "fr/x.php", Type: "application/x-php", Data: []byte("<?php")}
	p = numbered("evil")
	p.Media = []platform.Media{evil.Media()}
	j = job(t, pub, p)
	j.Files = publishtest.Files{evil.Path: evil.Data}
	if _, err := pub.Prepare(t.Context(), j); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("%v", err)
	}
	// Another address than the site's.
	pub = wordpress.New(account(wp.URL+"/elsewhere", "admin", wp.Passwords["admin"]), http.DefaultClient)
	if _, err := pub.Check(t.Context()); err == nil {
		t.Error("a site that is not there is well")
	}
}

func serverComments(t *testing.T, wp site.Site) {
	pub := wordpress.New(account(wp.URL, "admin", wp.Passwords["admin"]), http.DefaultClient)
	r := out(t, pub, job(t, pub, numbered("comments")))
	if status, a := ask(t, wp, "POST", "comments", `{"post":`+r.ID+`,"content":"<p>Merci <b>bien</b> &amp; à vous</p>"}`); status != http.StatusCreated {
		t.Fatalf("%d %v", status, a)
	}
	all, next, err := pub.Comments(t.Context(), r, "")
	if err != nil || next != "" || len(all) != 1 || all[0].Text != "Merci bien & à vous" || all[0].Author != "admin" || all[0].At.IsZero() {
		t.Errorf("%+v %q %v", all, next, err)
	}
	if m, err := pub.Metrics(t.Context(), r); err != nil || m["replies"] != 1 {
		t.Errorf("%v, %v", m, err)
	}
}
