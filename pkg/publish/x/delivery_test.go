package x

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// job is a post on its way, prepared as the options say.
func job(t *testing.T, options map[string]string, change func(*platform.Post)) platform.Job {
	t.Helper()
	p := publishtest.Post(Kind)
	if change != nil {
		change(&p)
	}
	return publishtest.Job(t, Format{Options: options, asked: true}, p)
}

func bare(p *platform.Post) { p.Media = nil }

func prepared(t *testing.T, p *Publisher, j platform.Job) platform.Job {
	t.Helper()
	h, err := p.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	return j
}

// TestCommit_readsFailures: what an answer means for what may be done next.
func TestCommit_readsFailures(t *testing.T) {
	t.Parallel()
	reset := func(name string, in time.Duration) http.Header {
		return http.Header{name: {strconv.FormatInt(publishtest.Now().Add(in).Unix(), 10)}}
	}
	day := reset("X-User-Limit-24hour-Reset", 20*time.Hour)
	day["X-User-Limit-24hour-Remaining"] = []string{"0"}
	for name, c := range map[string]struct {
		answer string
		header http.Header
		class  platform.Class
		code   string
		until  time.Duration
	}{
		"rate":           {answer: `429 {"title":"Too Many Requests","type":"about:blank"}`, header: reset("X-Rate-Limit-Reset", 9*time.Minute), class: platform.Rate, code: "about:blank", until: 9 * time.Minute},
		"rate of a day":  {answer: `429 {}`, header: day, class: platform.Rate, until: 20 * time.Hour},
		"cap":            {answer: `429 {"type":"https://api.x.com/2/problems/usage-capped","period":"Monthly"}`, class: platform.Quota, code: "usage-capped"},
		"no money":       {answer: `402 {"type":"https://api.x.com/2/problems/credits"}`, class: platform.Quota, code: "credits"},
		"bad request":    {answer: `400 {"type":"https://api.x.com/2/problems/invalid-request","detail":"no"}`, class: platform.Invalid, code: "invalid-request"},
		"not allowed":    {answer: `403 {"type":"https://api.x.com/2/problems/client-forbidden"}`, class: platform.Permission, code: "client-forbidden"},
		"duplicate":      {answer: `403 {"type":"about:blank","title":"Forbidden"}`, class: platform.Duplicate, code: "about:blank"},
		"old duplicate":  {answer: `403 {"errors":[{"code":187,"message":"Status is a duplicate."}]}`, class: platform.Duplicate, code: "187"},
		"old permission": {answer: `403 {"errors":[{"code":261,"message":"no"}]}`, class: platform.Permission, code: "261"},
		"broken":         {answer: `500 {}`, class: platform.Uncertain},
		"too much":       {answer: `503 {"type":"https://api.x.com/2/problems/service-unavailable"}`, class: platform.Uncertain, code: "service-unavailable"},
		"html":           {answer: `400 <html>187</html>`, class: platform.Invalid},
		"nothing said":   {answer: `201 {"errors":[{"title":"x"}]}`, class: platform.Uncertain, code: "no-id"},
		"a strange id":   {answer: `201 {"data":{"id":"../9"}}`, class: platform.Uncertain, code: "no-id"},
		"not json":       {answer: `201 ok`, class: platform.Uncertain, code: "unreadable-answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, via, account, _ := newFake(t)
			p := New(account, via)
			j := prepared(t, p, job(t, nil, bare))
			f.refuse, f.header = c.answer, c.header
			j.Since = j.Now
			_, err := p.Commit(t.Context(), j)
			var e *platform.Error
			if !errors.As(err, &e) || e.Class != c.class || e.Code != c.code {
				t.Fatalf("%v, want %v %q", err, c.class, c.code)
			}
			if c.until != 0 && !e.Until.Equal(j.Now.Add(c.until)) {
				t.Errorf("until %v, want %v", e.Until, j.Now.Add(c.until))
			}
		})
	}
}

// TestCommit_takesAnIDWithErrorsBeside: a success may name errors too.
func TestCommit_takesAnIDWithErrorsBeside(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.beside = true
	end := publishtest.Drive(t.Context(), New(account, via), job(t, nil, nil), nil)
	if end.State != journal.Published || end.Receipt.Evidence != platform.ByResponse || end.Receipt.URL != "https://x.com/velo/status/"+end.Receipt.ID {
		t.Errorf("%+v", end)
	}
}

// TestCommit_duplicateThatIsOurs: the first answer was lost, the second is a
// refusal: the timeline has it.
func TestCommit_duplicateThatIsOurs(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	p := New(account, via)
	j := prepared(t, p, job(t, nil, nil))
	j.Since = j.Now
	first, err := p.Commit(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Duplicate {
		t.Errorf("%v", err)
	}
	end := publishtest.Drive(t.Context(), p, j, nil)
	if r := end.Receipt; end.State != journal.Published || r.ID != first.ID || r.Evidence != platform.ByLookup || r.At.IsZero() {
		t.Errorf("%+v", end)
	}
	j.Not = []string{first.ID} // another delivery's: Commit must not take it either
	if end := publishtest.Drive(t.Context(), p, j, nil); end.State == journal.Published || end.State == journal.Failed {
		t.Errorf("another's: %+v", end)
	}
	if len(f.posts) != 1 {
		t.Errorf("%d posts", len(f.posts))
	}
}

// TestDrive_duplicateThatIsOlder ends with a person, not in a circle.
func TestDrive_duplicateThatIsOlder(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	j := job(t, nil, bare)
	f.posts = []fakePost{{id: "5", text: j.Message.Parts[0].Text, at: publishtest.Now().Add(-30 * 24 * time.Hour)}}
	end := publishtest.Drive(t.Context(), New(account, via), j, nil)
	if end.State == journal.Failed || end.State == journal.Published || platform.ClassOf(end.Last) != platform.Duplicate || len(f.posts) != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// TestDrive_duplicateThatLags: our own post is not on the timeline yet.
func TestDrive_duplicateThatLags(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	p := New(account, via)
	j := prepared(t, p, job(t, nil, nil))
	j.Since = j.Now
	if _, err := p.Commit(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	f.hidden = 1
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Duplicate {
		t.Fatal(err)
	}
	f.hidden, j.Now = 0, j.Now.Add(settle)
	found, err := p.Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.Found || len(f.posts) != 1 {
		t.Errorf("%+v %v", found, err)
	}
}

func TestLookup_sameLinkInOtherWords(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	j := job(t, nil, bare)
	f.posts = []fakePost{{id: "5", text: "Ailleurs " + publishtest.Post(Kind).Link, at: publishtest.Now()}}
	found, err := New(account, via).Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.Unknown {
		t.Errorf("%+v %v", found, err)
	}
}

// TestLookup_linksThatXWritesOtherwise: paths are escaped and found all the same;
// hosts in other letters are a person's to judge.
func TestLookup_linksThatXWritesOtherwise(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]platform.Whether{
		"https://velo.fr/été/?q=à%20vélo": platform.Found, "https://vélo.fr/freins/": platform.Unknown, "https://velo.fr/%zz/": platform.Found,
	} {
		f, via, account, _ := newFake(t)
		j := job(t, nil, func(p *platform.Post) { p.Media, p.Link, p.Text = nil, link, "Voir "+link })
		f.posts = []fakePost{{id: "5", text: j.Message.Parts[0].Text, at: publishtest.Now()}}
		found, err := New(account, via).Lookup(t.Context(), j)
		if err != nil || found.Whether != want {
			t.Errorf("%s: %+v %v", link, found, err)
		}
	}
}

// TestLookup_readsTheWholeTimeline: page by page, and not for ever.
func TestLookup_readsTheWholeTimeline(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.page = 2
	j := job(t, nil, func(p *platform.Post) { p.Media, p.Text = nil, "Un & deux <trois> https://velo.example/fr/?a=1&b=2" })
	f.posts = []fakePost{{id: "1", text: j.Message.Parts[0].Text, at: publishtest.Now()}}
	for i := range 8 {
		f.posts = append(f.posts, fakePost{id: strconv.Itoa(10 + i), text: "autre " + strconv.Itoa(i), at: publishtest.Now()})
	}
	found, err := New(account, via).Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.Found || found.Receipt.ID != "1" {
		t.Errorf("%+v %v", found, err)
	}
	f.posts = append(f.posts, slices.Repeat([]fakePost{{id: "90", text: "encore", at: publishtest.Now()}}, 4)...)
	found, err = New(account, via).Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.Unknown {
		t.Errorf("more than can be read: %+v %v", found, err)
	}
}

// TestDrive_thread: whatever request is lost, each part stands once, in order.
func TestDrive_thread(t *testing.T) {
	t.Parallel()
	options := map[string]string{"threads": "true"}
	for _, fault := range []publishtest.Fault{publishtest.DropBefore, publishtest.DropAfter, publishtest.Done500, publishtest.Rate} {
		for at := 1; ; at++ {
			f, via, account, _ := newFake(t)
			account.Options = options
			line := &publishtest.Line{Via: via, Fault: fault, At: at, Now: publishtest.Now}
			restart := func() platform.Publisher { return New(account, line) }
			j := job(t, options, func(p *platform.Post) {
				p.Link, p.Texts = "https://velo.example/a", []string{"Un https://velo.example/a", "Deux", "Trois"}
			})
			end := publishtest.Drive(t.Context(), restart(), j, restart)
			if line.N < at {
				break
			}
			var said []string
			for i, p := range f.posts {
				said = append(said, p.text)
				if i > 0 && p.reply != f.posts[i-1].id {
					t.Errorf("%s %d: part %d answers %q", fault, at, i, p.reply)
				}
			}
			if end.State != journal.Published || strings.Join(said, "|") != "Un https://velo.example/a|Deux|Trois" || len(end.Receipt.Parts) != 3 {
				t.Errorf("%s %d: %+v, %q: %v", fault, at, end, said, end.Last)
			}
		}
	}
}

// TestToken_isRenewedOnce: on the first 401, and by one of many.
func TestToken_isRenewedOnce(t *testing.T) {
	t.Parallel()
	f, via, account, wallet := newFake(t)
	f.expire()
	done := make(chan publishtest.Ended)
	for i := range 4 {
		j := job(t, nil, func(p *platform.Post) { p.Text = "numéro " + strconv.Itoa(i) })
		go func() { done <- publishtest.Drive(context.Background(), New(account, via), j, nil) }()
	}
	for range 4 {
		if end := <-done; end.State != journal.Published {
			t.Errorf("%+v: %v", end, end.Last)
		}
	}
	if wallet.Renewed != 1 || f.dead {
		t.Errorf("renewed %d times, dead %v", wallet.Renewed, f.dead)
	}
	token, _ := wallet.Token(t.Context())
	if want := publishtest.Now().Add(2 * time.Hour); !token.Expires.Equal(want) || len(token.Scopes) != len(scopes()) {
		t.Errorf("%v, want %v; %v", token.Expires, want, token.Scopes)
	}
}

// TestToken_expiresBeforeTheCommit: the refusal says that nothing was posted, so
// the post goes out once, with the new token.
func TestToken_expiresBeforeTheCommit(t *testing.T) {
	t.Parallel()
	f, via, account, wallet := newFake(t)
	p := New(account, via)
	j := prepared(t, p, job(t, nil, nil))
	f.expire()
	if _, err := p.Commit(t.Context(), j); err != nil || len(f.posts) != 1 || wallet.Renewed != 1 {
		t.Errorf("%v, %d posts, renewed %d", err, len(f.posts), wallet.Renewed)
	}
}

// TestToken_lostWhenRenewed: the new pair was given out and never arrived. The
// post is not out, and the account must be connected anew: nobody is told
// anything else.
func TestToken_lostWhenRenewed(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.expire()
	line := &publishtest.Line{Via: via, Fault: publishtest.DropAfter, At: 2, Now: publishtest.Now}
	end := publishtest.Drive(t.Context(), New(account, line), job(t, nil, nil), nil)
	if end.State != journal.Held || end.Reason != journal.NeedsAccount || len(f.posts) != 0 {
		t.Errorf("%+v: %v", end, end.Last)
	}
	for _, secret := range []string{"access-", "refresh-", "hush"} {
		if strings.Contains(end.Last.Error(), secret) {
			t.Errorf("%v says %q", end.Last, secret)
		}
	}
}

// TestDrive_film waits as long as X says, and sends a film in pieces.
func TestDrive_film(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.slow = 3
	data := bytes.Repeat([]byte("film"), chunk/4+10)
	file := publishtest.File{Path: "a.mp4", Type: "video/mp4", Data: data}
	j := job(t, nil, func(p *platform.Post) { p.Media = []platform.Media{file.Media()} })
	j.Files = publishtest.Files{"a.mp4": data}
	p := New(account, via)
	var kept platform.Handle
	j.Save = func(_ context.Context, h platform.Handle) error { kept = h; return nil }
	var waits []time.Duration
	for {
		h, err := p.Prepare(t.Context(), j)
		if err == nil {
			j.Handle = h
			break
		}
		e := platform.As(err)
		if e.Class != platform.Pending {
			t.Fatal(err)
		}
		waits = append(waits, e.Until.Sub(j.Now))
		j.Now, j.Handle, p = e.Until, kept, New(account, via)
	}
	if want := []time.Duration{7 * time.Second, 11 * time.Second, 11 * time.Second}; !slices.Equal(waits, want) {
		t.Errorf("waited %v, want %v", waits, want)
	}
	if len(f.files) != 1 {
		t.Fatalf("%d uploads", len(f.files))
	}
	for _, m := range f.files {
		if m.segments != 2 || m.got != int64(len(data)) {
			t.Errorf("%+v", m)
		}
	}
	if _, err := p.Commit(t.Context(), j); err != nil {
		t.Error(err)
	}
	f.failing = true
	j.Handle, j.Key = nil, "other#x#1"
	if _, err := p.Prepare(t.Context(), j); platform.ClassOf(err) != platform.Pending {
		t.Error(err)
	}
	j.Handle = kept
	if _, err := p.Prepare(t.Context(), j); platform.ClassOf(err) != platform.Invalid || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%v", err)
	}
}

// TestPrepare_uploadsAnewWhatIsForgotten: an id has its time.
func TestPrepare_uploadsAnewWhatIsForgotten(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	p := New(account, via)
	j := prepared(t, p, job(t, nil, nil))
	before := len(f.files)
	j = prepared(t, p, j)
	if len(f.files) != before {
		t.Errorf("uploaded twice")
	}
	j.Now = j.Now.Add(mediaLife)
	j = prepared(t, p, j)
	if len(f.files) != before+1 {
		t.Errorf("%d uploads, want %d", len(f.files), before+1)
	}
	for id, m := range f.files {
		if m.alt != "Une main serre un frein" {
			t.Errorf("%s: %q", id, m.alt)
		}
	}
	if bytes.Contains(j.Handle, []byte("access")) || !json.Valid(j.Handle) {
		t.Errorf("%s", j.Handle)
	}
}

func TestPrepare_sendsTheFrozenFileOnly(t *testing.T) {
	t.Parallel()
	_, via, account, _ := newFake(t)
	j := job(t, nil, nil)
	for name, files := range map[string]publishtest.Files{"file-missing": {}, "file-changed": {publishtest.Picture().Path: []byte("other")}} {
		j.Files = files
		if _, err := New(account, via).Prepare(t.Context(), j); platform.As(err).Code != name || platform.ClassOf(err) != platform.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckAndMetrics(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.header = http.Header{"X-User-Limit-24hour-Limit": {"100"}, "X-User-Limit-24hour-Remaining": {"93"}, "X-User-Limit-24hour-Reset": {"1796200000"}}
	account.Credentials = publishtest.NewWallet(platform.Token{Access: "access-0", Refresh: "refresh-0", Scopes: []string{"tweet.read", "users.read"}})
	s, err := New(account, via).Check(t.Context())
	if err != nil || s.Account != "@velo" || s.Left != 93 || s.Quota != 100 || s.Resets.Unix() != 1796200000 ||
		!slices.Equal(s.Missing, []string{"tweet.write", "media.write", "offline.access"}) {
		t.Errorf("%+v %v", s, err)
	}
	m, err := New(account, via).Metrics(t.Context(), platform.Receipt{ID: "101"})
	if err != nil || m["likes"] != 5 || m["shares"] != 3 || m["replies"] != 3 || m["views"] != 900 {
		t.Errorf("%v %v", m, err)
	}
	if _, err := New(account, via).Metrics(t.Context(), platform.Receipt{ID: "../me"}); platform.ClassOf(err) != platform.Invalid {
		t.Error(err)
	}
}

// A film that is replaced while its segments are sent is none that X makes.
func TestPrepare_sendsTheFrozenFilmOnly(t *testing.T) {
	t.Parallel()
	data := bytes.Repeat([]byte("film"), chunk/4+10)
	other := bytes.Repeat([]byte("Film"), chunk/4+10)
	file := publishtest.File{Path: "a.mp4", Type: "video/mp4", Data: data}
	for name, now := range map[string][]byte{"as long": other, "longer": append(bytes.Clone(other), 'x'), "shorter": other[:len(other)-1]} {
		for after := 1; after < 3; after++ {
			f, via, account, _ := newFake(t)
			j := job(t, nil, func(p *platform.Post) { p.Media = []platform.Media{file.Media()} })
			j.Files = &publishtest.Replaced{Files: publishtest.Files{"a.mp4": data}, By: publishtest.Files{"a.mp4": now}, After: after}
			_, err := New(account, via).Prepare(t.Context(), j)
			if e := platform.As(err); e.Class != platform.Invalid || e.Code != "file-changed" {
				t.Errorf("%s, after %d: %v", name, after, err)
			}
			for _, m := range f.files {
				if m.done {
					t.Errorf("%s, after %d: %+v", name, after, m)
				}
			}
		}
	}
}
