//go:build !race

// What a server of others does is nothing for the race detector, and takes long.

package bluesky_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"editorial/internal/need/pds"
	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// real is an account on a real PDS.
type real struct {
	pds.Server
	pds.Account
	purse *purse // of the account: sessions are few
}

func (r real) publisher(via wire.Doer) *bluesky.Publisher {
	return bluesky.New(platform.Account{Server: r.URL, Name: r.Handle, Credentials: r.purse}, via)
}

func (r real) on(t *testing.T, handle string) real {
	a := r.Server.Account(t, handle)
	return real{Server: r.Server, Account: a, purse: passwordOnly(a.Password)}
}

// count is how many posts say something.
func (r real) count(t *testing.T, what string) int {
	n := 0
	for _, p := range r.Posts(t, r.Account) {
		if strings.Contains(string(p.Value), what) {
			n++
		}
	}
	return n
}

func TestRealServer(t *testing.T) {
	server := real{Server: pds.Start(t)}
	t.Run("keeps the contract", func(t *testing.T) {
		r := server.on(t, "contract.test")
		publishtest.Run(t, publishtest.Bench{
			New:   func(via wire.Doer) platform.Publisher { return r.publisher(via) },
			Via:   http.DefaultClient,
			Count: func(t *testing.T, p platform.Post) int { return r.count(t, p.Link) },
		})
	})
	t.Run("keeps the contract for threads", func(t *testing.T) {
		r := server.on(t, "filage.test")
		publishtest.Run(t, publishtest.Bench{
			New:    func(via wire.Doer) platform.Publisher { return r.publisher(via) },
			Via:    http.DefaultClient,
			Post:   thread,
			Count:  func(t *testing.T, p platform.Post) int { return whole(p, func(s string) int { return r.count(t, s) }) },
			Faults: []publishtest.Fault{publishtest.DropAfter, publishtest.Rate},
		})
	})
	t.Run("keeps the contract for films", func(t *testing.T) {
		r := server.on(t, "film.test")
		publishtest.Run(t, publishtest.Bench{
			New:    func(via wire.Doer) platform.Publisher { return r.publisher(via) },
			Via:    http.DefaultClient,
			Media:  []platform.Media{publishtest.Film().Media()},
			Count:  func(t *testing.T, p platform.Post) int { return r.count(t, p.Link) },
			Faults: []publishtest.Fault{publishtest.DropAfter, publishtest.Done500},
		})
	})
	t.Run("a film that is none", server.noFilm)
	t.Run("crashes after every request", server.crashes)
	t.Run("eight at once", server.atOnce)
	t.Run("the same name with another text", server.swap)
	t.Run("the least and the most", server.limits)
	t.Run("sessions", server.sessions)
	t.Run("a first comment", server.follow)
}

// crashes kills the program after every request of a delivery whose answer it
// never saw; what starts again has what was kept, or, of a backup, nothing.
func (r real) crashes(t *testing.T) {
	r = r.on(t, "crash.test")
	n := 0
	for _, backup := range []bool{false, true} {
		for at := 1; ; at++ {
			n++
			p := thread(n)
			job, kept := jobOf(t, p)
			line := &publishtest.Line{Via: http.DefaultClient, Fault: publishtest.DropAfter, At: at, Now: publishtest.Now}
			dead := r.publisher(line)
			if h, err := dead.Prepare(t.Context(), job); err == nil {
				job.Handle, *kept = h, h
				_, _ = dead.Commit(t.Context(), job)
			}
			again, _ := jobOf(t, p)
			if !backup {
				again.Handle, again.Since = *kept, job.Now
			}
			alive := r.publisher(http.DefaultClient)
			found, err := alive.Lookup(t.Context(), again)
			if err != nil {
				t.Fatal(err)
			}
			if found.Whether == platform.NotFound {
				again.Handle = found.Handle
				if end := publishtest.Drive(t.Context(), alive, again, nil); end.State != journal.Published {
					t.Errorf("request %d, backup %t: %+v: %v", at, backup, end, end.Last)
				}
			}
			if got := whole(p, func(s string) int { return r.count(t, s) }); got != 1 {
				t.Errorf("request %d, backup %t: %d times", at, backup, got)
			}
			if line.N < at {
				break
			}
		}
	}
}

// atOnce is as many programs that do not know of each other.
func (r real) atOnce(t *testing.T) {
	r = r.on(t, "atonce.test")
	p := thread(1)
	if _, err := r.publisher(http.DefaultClient).Check(t.Context()); err != nil { // one session for all
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		job, _ := jobOf(t, p)
		all.Go(func() {
			if end := publishtest.Drive(t.Context(), r.publisher(http.DefaultClient), job, nil); end.State != journal.Published {
				t.Errorf("%+v: %v", end, end.Last)
			}
		})
	}
	all.Wait()
	if n := len(r.Posts(t, r.Account)); n != 3 {
		t.Errorf("%d posts, want 3", n)
	}
}

// A name that holds another text, of a backup whose post was changed: it is out,
// and stays what it is.
func (r real) swap(t *testing.T) {
	r = r.on(t, "swap.test")
	p := thread(1)
	p.Texts, p.Text, p.Media = nil, "Comme c’était", nil
	job, _ := jobOf(t, p)
	if end := publishtest.Drive(t.Context(), r.publisher(http.DefaultClient), job, nil); end.State != journal.Published {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	p.Text = "Comme c’est"
	job, _ = jobOf(t, p)
	end := publishtest.Drive(t.Context(), r.publisher(http.DefaultClient), job, nil)
	if end.State != journal.Published || end.Receipt.Evidence != platform.ByLookup || r.count(t, "était") != 1 || r.count(t, "Comme") != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// What Validate allows the server takes, and shows as it was frozen.
func (r real) limits(t *testing.T) {
	r = r.on(t, "limits.test")
	family := "👨‍👩‍👧‍👦"
	pictures := make([]platform.Media, 4)
	for i := range pictures {
		pictures[i] = publishtest.Picture().Media()
	}
	for name, p := range map[string]platform.Post{
		"300 characters":          {Text: strings.Repeat("é", 300)},
		"3,000 bytes":             {Text: strings.Repeat(family, 3000/len(family))},
		"four pictures":           {Title: "Quatre", Media: pictures},
		"a card":                  {Title: "Carte", Summary: "Dessous", Link: "https://velo.example/é?a=1&b=2"},
		"links, tags and mention": {Text: "👍🏽 https://velo.example/é @awa.test #hiver2026 velo.org"},
		"a language with region":  {Title: "Langue", Lang: "fr-CA"},
		"a film":                  {Title: "Film", Media: []platform.Media{publishtest.Film().Media()}},
	} {
		p.Key, p.At = platform.NewKey(name, bluesky.Kind, 1), publishtest.Now()
		if all := (bluesky.Format{}).Validate(p); len(all) > 0 && all[0].Severity == 0 {
			t.Fatalf("%s: %v", name, all)
		}
		job, _ := jobOf(t, p)
		end := publishtest.Drive(t.Context(), r.publisher(http.DefaultClient), job, nil)
		if end.State != journal.Published {
			t.Errorf("%s: %+v: %v", name, end, end.Last)
			continue
		}
		for _, rec := range r.Posts(t, r.Account) {
			if rec.URI != end.Receipt.ID {
				continue
			}
			var got struct{ Text, CreatedAt string }
			if err := json.Unmarshal(rec.Value, &got); err != nil || got.Text != job.Message.Parts[0].Text || got.CreatedAt != "2026-12-01T08:00:00.000Z" {
				t.Errorf("%s: it holds %s (%v)", name, rec.Value, err)
			}
		}
	}
}

// A server looks into a film, and says what it takes it for.
func (r real) noFilm(t *testing.T) {
	r = r.on(t, "nofilm.test")
	file := publishtest.Film()
	file.Data = []byte(strings.NewReplacer("isom", "qt  ", "mp41", "qt  ", "mp42", "qt  ").Replace(string(file.Data)))
	p := publishtest.Post(bluesky.Kind)
	p.Media = []platform.Media{file.Media()}
	job, _ := jobOf(t, p)
	job.Files = publishtest.Files{file.Path: file.Data}
	end := publishtest.Drive(t.Context(), r.publisher(http.DefaultClient), job, nil)
	if e := platform.As(end.Last); end.State != journal.Failed || e.Code != "no-mp4" || !strings.Contains(e.Detail, "video/quicktime") {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// A password that was taken back ends as something for a person; a session that
// was lost is begun anew.
func (r real) sessions(t *testing.T) {
	r = r.on(t, "seance.test")
	pub := r.publisher(http.DefaultClient)
	if s, err := pub.Check(t.Context()); err != nil || s.Account != "seance.test" {
		t.Fatalf("%+v (%v)", s, err)
	}
	first := r.purse.token
	if first.Secret.Reveal() != r.Password || first.Refresh == "" || first.Expires.IsZero() || first.RefreshBy.IsZero() {
		t.Errorf("the session is kept as %+v", first)
	}
	r.purse.token.Access = "not a token"
	if _, err := pub.Check(t.Context()); err != nil || r.purse.renewed != 2 || r.purse.token.Refresh == first.Refresh {
		t.Errorf("renewed %d times (%v)", r.purse.renewed, err)
	}
	r.purse.token.Access, r.purse.token.Refresh = "not a token", "not a token either"
	if _, err := pub.Check(t.Context()); err != nil || r.purse.renewed != 3 {
		t.Errorf("renewed %d times (%v)", r.purse.renewed, err)
	}
	r.Revoke(t, r.Account)
	r.purse.token.Access, r.purse.token.Refresh = "not a token", "not a token either"
	_, err := pub.Check(t.Context())
	if platform.ClassOf(err) != platform.Auth || strings.Contains(fmt.Sprint(err), r.Password) {
		t.Errorf("%v, want auth", err)
	}
}

func (r real) follow(t *testing.T) {
	r = r.on(t, "follow.test")
	p := thread(1)
	p.Texts, p.FirstComment = nil, "Les outils : https://velo.example/outils"
	job, _ := jobOf(t, p)
	pub := r.publisher(http.DefaultClient)
	end := publishtest.Drive(t.Context(), pub, job, nil)
	for range 2 {
		if err := pub.Follow(t.Context(), job, end.Receipt); err != nil {
			t.Fatal(err)
		}
	}
	if n := r.count(t, "Les outils"); n != 1 || len(r.Posts(t, r.Account)) != 2 {
		t.Errorf("said %d times", n)
	}
}
