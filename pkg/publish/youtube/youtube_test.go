package youtube

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// reel is a film of two and a half pieces.
func reel() publishtest.File {
	data := make([]byte, 2*unit+unit/2)
	for i := range data {
		data[i] = byte(i ^ i>>8 ^ i>>16)
	}
	return publishtest.File{Path: "fr/freins.mp4", Type: "video/mp4", Data: data}
}

func films() publishtest.Files {
	return publishtest.Files{reel().Path: reel().Data, publishtest.Picture().Path: publishtest.Picture().Data}
}

func post(n int) platform.Post {
	p := publishtest.Post(Kind)
	p.Key = platform.NewKey(fmt.Sprintf("post-%d", n), Kind, 1)
	p.Title = fmt.Sprintf("%s (%d)", p.Title, n)
	p.Media = append(slices.Clone(p.Media), reel().Media())
	return p
}

func publisher(a platform.Account, via wire.Doer) *Publisher {
	p := New(a, via)
	p.piece = unit
	return p
}

func job(t *testing.T, a platform.Account, p platform.Post) platform.Job {
	t.Helper()
	j := publishtest.Job(t, Format{Options: a.Options, asked: true}, p)
	j.Files = films()
	return j
}

func TestPublisher_keepsTheContract(t *testing.T) {
	f, via, account, _ := newFake(t)
	f.slow = 2
	publishtest.Run(t, publishtest.Bench{
		New: func(via wire.Doer) platform.Publisher { return publisher(account, via) }, Via: via, Post: post, Files: films(),
		Count: func(t *testing.T, p platform.Post) int {
			public, all := f.shown(t, p.Title, reel().Data)
			if all > 1 {
				t.Errorf("%d films of %q", all, p.Title)
			}
			return public
		},
	})
}

// TestPrepare_goesOnAfterAnyCrash: whatever request the program dies at, no film
// is uploaded twice, and what was sent is not sent again.
func TestPrepare_goesOnAfterAnyCrash(t *testing.T) {
	t.Parallel()
	for at := 1; at < 12; at++ {
		f, via, account, _ := newFake(t)
		f.stick = unit / 2 // and of each piece a part gets lost
		j := job(t, account, post(at))
		var kept platform.Handle
		j.Save = func(_ context.Context, h platform.Handle) error { kept = slices.Clone(h); return nil }
		line := &publishtest.Line{Via: via, Fault: publishtest.DropAfter, At: at, Now: publishtest.Now}
		var err error
		for range 30 { // a person starts it again and again
			j.Handle = kept
			var h platform.Handle
			if h, err = publisher(account, line).Prepare(t.Context(), j); err == nil {
				j.Handle = h
				break
			}
		}
		if err != nil {
			t.Fatalf("%d: %v", at, err)
		}
		if _, err := publisher(account, via).Commit(t.Context(), j); err != nil {
			t.Fatalf("%d: %v", at, err)
		}
		if public, all := f.shown(t, post(at).Title, reel().Data); public != 1 || all != 1 {
			t.Errorf("%d: %d public films of %d", at, public, all)
		}
	}
}

// TestPrepare_sessionThatEnded: a session that is no more may have ended with a
// film; then the film is found, else uploaded anew.
func TestPrepare_sessionThatEnded(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]int{"without a film": 1, "with a film": 3} {
		f, via, account, _ := newFake(t)
		j := job(t, account, post(1))
		var kept platform.Handle
		j.Save = func(_ context.Context, h platform.Handle) error { kept = slices.Clone(h); return nil }
		line := &publishtest.Line{Via: via, Fault: publishtest.DropAfter, At: 1 + after, Now: publishtest.Now}
		if _, err := publisher(account, line).Prepare(t.Context(), j); err == nil {
			t.Fatal("the line held")
		}
		f.sessions = map[string]*fakeSession{}
		j.Handle = kept
		h, err := publisher(account, via).Prepare(t.Context(), j)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		j.Handle = h
		if _, err := publisher(account, via).Commit(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		if public, all := f.shown(t, post(1).Title, reel().Data); public != 1 || all != 1 {
			t.Errorf("%s: %d public of %d", name, public, all)
		}
	}
}

// TestPrepare_sessionOfSomebodyElse: tokens and films go to the platform alone.
func TestPrepare_sessionOfSomebodyElse(t *testing.T) {
	t.Parallel()
	_, via, account, _ := newFake(t)
	p := New(account, via)
	for _, session := range []string{"", "http://evil.example/upload", "//evil.example", "http://127.0.0.1:1@evil.example/", "%"} {
		if p.ours(session) {
			t.Errorf("%q", session)
		}
	}
	g := New(platform.Account{}, via)
	for session, want := range map[string]bool{
		"https://www.googleapis.com/upload?x": true, "https://youtube.googleapis.com/x": true, "http://youtube.googleapis.com/x": false, "https://evilgoogleapis.com/": false,
	} {
		if g.ours(session) != want {
			t.Errorf("%q: %v", session, !want)
		}
	}
}

func TestPrepare_waitsAndGivesUp(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.slow = 3
	j := job(t, account, post(1))
	var kept platform.Handle
	j.Save = func(_ context.Context, h platform.Handle) error { kept = slices.Clone(h); return nil }
	for range 2 {
		_, err := publisher(account, via).Prepare(t.Context(), j)
		if e := platform.As(err); e.Class != platform.Pending || !e.Until.Equal(j.Now.Add(90*time.Second)) {
			t.Fatal(err)
		}
		j.Handle = kept
	}
	if _, err := publisher(account, via).Prepare(t.Context(), j); err != nil {
		t.Error(err)
	}
	f.reject = "rejected"
	_, err := publisher(account, via).Prepare(t.Context(), j)
	if e := platform.As(err); e.Class != platform.Invalid || e.Code != "film-rejected" || e.Detail != "duplicate" {
		t.Error(err)
	}
}

// TestLookup_afterARestore: the handle is lost, the film is not.
func TestLookup_afterARestore(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.page = 2
	j := job(t, account, post(1))
	end := publishtest.Drive(t.Context(), publisher(account, via), j, nil)
	for i := range 6 {
		publishtest.Drive(t.Context(), publisher(account, via), job(t, account, post(10+i)), nil)
	}
	found, err := publisher(account, via).Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.Found || found.Receipt.ID != end.Receipt.ID {
		t.Errorf("%+v %v", found, err)
	}
	f.films[0].meta.Status.Privacy = "private"
	found, err = publisher(account, via).Lookup(t.Context(), j)
	if err != nil || found.Whether != platform.NotFound || !strings.Contains(string(found.Handle), end.Receipt.ID) {
		t.Errorf("a private one is taken up: %+v %v", found, err)
	}
	j.Handle = found.Handle
	if _, err := publisher(account, via).Prepare(t.Context(), j); err != nil || len(f.films) != 7 {
		t.Errorf("%v, %d films", err, len(f.films))
	}
	for i := range 3 {
		publishtest.Drive(t.Context(), publisher(account, via), job(t, account, post(20+i)), nil)
	}
	j.Handle = nil
	if found, err = publisher(account, via).Lookup(t.Context(), j); err != nil || found.Whether != platform.Unknown {
		t.Errorf("more uploads than are read: %+v %v", found, err)
	}
	f.page, f.films[1].at = 50, publishtest.Now().Add(-90*24*time.Hour)
	if found, err = publisher(account, via).Lookup(t.Context(), j); err != nil || found.Whether != platform.NotFound {
		t.Errorf("an old one is none of ours: %+v %v", found, err)
	}
}

func TestCommit_readsFailures(t *testing.T) {
	t.Parallel()
	reason := func(status int, r string) string {
		return fmt.Sprintf(`%d {"error":{"code":%d,"message":"m","errors":[{"reason":%q}]}}`, status, status, r)
	}
	for name, c := range map[string]struct {
		answer string
		class  platform.Class
		code   string
		until  time.Time
	}{
		"quota":       {reason(403, "quotaExceeded"), platform.Quota, "quotaExceeded", time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC).Add(24 * time.Hour)},
		"rate":        {reason(403, "rateLimitExceeded"), platform.Rate, "rateLimitExceeded", time.Time{}},
		"uploads":     {reason(400, "uploadLimitExceeded"), platform.Quota, "uploadLimitExceeded", time.Time{}},
		"forbidden":   {reason(403, "forbidden"), platform.Permission, "forbidden", time.Time{}},
		"scope":       {reason(403, "insufficientPermissions"), platform.Permission, "insufficientPermissions", time.Time{}},
		"closed":      {reason(403, "accountClosed"), platform.Auth, "accountClosed", time.Time{}},
		"gone":        {reason(404, "videoNotFound"), platform.Invalid, "videoNotFound", time.Time{}},
		"bad":         {reason(400, "invalidVideoMetadata"), platform.Invalid, "invalidVideoMetadata", time.Time{}},
		"broken":      {reason(503, "backendError"), platform.Uncertain, "backendError", time.Time{}},
		"a lie":       {reason(500, "quotaExceeded"), platform.Uncertain, "quotaExceeded", time.Time{}},
		"html":        {`403 <html>quotaExceeded</html>`, platform.Permission, "", time.Time{}},
		"no status":   {`200 {}`, platform.Uncertain, "no-status", time.Time{}},
		"another one": {`200 {"status":{"privacyStatus":"private"}}`, platform.Permission, "kept-private", time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, via, account, _ := newFake(t)
			p := publisher(account, via)
			j := job(t, account, post(1))
			h, err := p.Prepare(t.Context(), j)
			if err != nil {
				t.Fatal(err)
			}
			f.refuse, j.Handle = c.answer, h
			_, err = p.Commit(t.Context(), j)
			if e := platform.As(err); err == nil || e.Class != c.class || e.Code != c.code || !e.Until.Equal(c.until) {
				t.Errorf("%v until %v, want %v %q until %v", err, platform.As(err).Until, c.class, c.code, c.until)
			}
		})
	}
}

// TestDrive_notAudited: a project whose films stay private says so.
func TestDrive_notAudited(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	f.locked = true
	end := publishtest.Drive(t.Context(), publisher(account, via), job(t, account, post(1)), nil)
	if end.State != journal.Failed || end.Reason != journal.NoPermission {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

func TestHandOver_andRecall(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	p := publisher(account, via)
	j := job(t, account, post(1))
	j.Due = publishtest.Now().Add(time.Hour)
	j.Save = func(_ context.Context, h platform.Handle) error { j.Handle = slices.Clone(h); return nil }
	h, err := p.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	r, err := p.HandOver(t.Context(), j)
	if err != nil || r.Evidence != platform.ByNative || f.films[0].meta.Status.PublishAt != "2026-12-01T09:00:00Z" {
		t.Fatalf("%+v %v, %q", r, err, f.films[0].meta.Status.PublishAt)
	}
	find := func() platform.Finding {
		t.Helper()
		found, err := p.Lookup(t.Context(), j)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := find(); found.Whether != platform.NotFound {
		t.Errorf("%+v", found)
	}
	f.films[0].meta.Status.Privacy, f.films[0].meta.Status.PublishAt = "public", "" // YouTube does it
	if found := find(); found.Whether != platform.Found || found.Receipt.Evidence != platform.ByNative {
		t.Errorf("%+v", found)
	}
	if err := p.Recall(t.Context(), j, r); platform.As(err).Code != "is-out" || f.films[0].meta.Status.Privacy != "public" {
		t.Errorf("%v", err)
	}
	f.films[0].meta.Status.Privacy, f.films[0].meta.Status.PublishAt = "private", "2026-12-01T09:00:00Z"
	if err := p.Recall(t.Context(), j, r); err != nil || f.films[0].meta.Status.PublishAt != "" {
		t.Errorf("%v", err)
	}
}

func TestToken_livesOn(t *testing.T) {
	t.Parallel()
	f, via, account, wallet := newFake(t)
	p := publisher(account, via)
	j := job(t, account, post(1))
	f.access = "access-x" // the hour is over
	end := publishtest.Drive(t.Context(), p, j, nil)
	token, _ := wallet.Token(t.Context())
	if end.State != journal.Published || wallet.Renewed != 1 || token.Refresh != "refresh" || !token.Expires.Equal(publishtest.Now().Add(3599*time.Second)) {
		t.Errorf("%+v: %v; renewed %d, %v", end, end.Last, wallet.Renewed, token.Expires)
	}
}

func TestCheckAndMetrics(t *testing.T) {
	t.Parallel()
	_, via, account, _ := newFake(t)
	account.Credentials = publishtest.NewWallet(platform.Token{Access: "access-0", Scopes: []string{"openid"}, Expires: publishtest.Now()})
	account.Options["quota_insert"] = "1600"
	s, err := New(account, via).Check(t.Context())
	if err != nil || s.Account != "Vélo" || !slices.Equal(s.Missing, []string{scopeManage}) || s.Limits["units_a_film"] != 1653 || !s.Expires.Equal(publishtest.Now()) {
		t.Errorf("%+v %v", s, err)
	}
	p := publisher(account, via)
	end := publishtest.Drive(t.Context(), p, job(t, account, post(1)), nil)
	m, err := p.Metrics(t.Context(), end.Receipt)
	if err != nil || m["views"] != 12 || m["likes"] != 3 || m["replies"] != 9007199254740993 {
		t.Errorf("%v %v", m, err)
	}
	if _, err := p.Metrics(t.Context(), platform.Receipt{ID: "a&b=c"}); platform.ClassOf(err) != platform.Invalid {
		t.Error(err)
	}
	if _, err := p.Metrics(t.Context(), platform.Receipt{ID: "film9999999"}); platform.As(err).Code != "film-gone" {
		t.Error(err)
	}
}

func TestFormat_findsWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	good := map[string]string{"made_for_kids": "true", "synthetic_media": "false"}
	for name, c := range map[string]struct {
		change  func(*platform.Post)
		options map[string]string
		want    []problem.Code
	}{
		"as it is":       {func(p *platform.Post) {}, good, nil},
		"no film":        {func(p *platform.Post) { p.Media = p.Media[:1] }, good, []problem.Code{CodeNoVideo}},
		"undecided":      {func(p *platform.Post) {}, nil, []problem.Code{CodeUndecided, CodeUndecided}},
		"half decided":   {func(p *platform.Post) {}, map[string]string{"made_for_kids": "no", "synthetic_media": "true"}, []problem.Code{CodeUndecided}},
		"strange":        {func(p *platform.Post) {}, map[string]string{"made_for_kids": "true", "synthetic_media": "true", "privacy": "private"}, []problem.Code{CodeOption}},
		"no title":       {func(p *platform.Post) { p.Title = " " }, good, []problem.Code{CodeNoTitle}},
		"long title":     {func(p *platform.Post) { p.Title = strings.Repeat("été ", 30) }, good, []problem.Code{CodeTitle}},
		"brackets":       {func(p *platform.Post) { p.Title = "<b>" }, good, []problem.Code{CodeBrackets}},
		"many tags":      {func(p *platform.Post) { p.Tags = slices.Repeat([]string{strings.Repeat("é", 99)}, 6) }, good, []problem.Code{CodeTags}},
		"nothing to say": {func(p *platform.Post) { p.Summary, p.Question, p.Invite, p.Link, p.Tags = "", "", "", "", nil }, good, nil},
		"long own words": {func(p *platform.Post) { p.Text = strings.Repeat("é", 2501) }, good, []problem.Code{"platform-text-too-long"}},
	} {
		p := post(1)
		c.change(&p)
		f := New(platform.Account{Options: c.options}, nil)
		var found []problem.Code
		for _, q := range f.Validate(p) {
			found = append(found, q.Code)
		}
		if !slices.Equal(found, c.want) {
			t.Errorf("%s: %v, want %v", name, found, c.want)
		}
		m, err := f.Render(p)
		if err != nil || len([]rune(m.Title)) > limitTitle || strings.ContainsAny(m.Title+m.Parts[0].Text, "<>") {
			t.Errorf("%s: %q %v", name, m.Title, err)
		}
	}
	if found := (Format{}).Validate(post(1)); len(found) != 0 {
		t.Errorf("a person who uploads is asked by YouTube: %v", found)
	}
	if found := (Format{}).Validate(publishtest.Post(Kind)); len(found) != 1 || found[0].Severity != problem.Warning {
		t.Errorf("a person may have the film elsewhere: %v", found)
	}
}

// TestFormat_saysWhatThePostSays freezes the whole.
func TestFormat_saysWhatThePostSays(t *testing.T) {
	t.Parallel()
	m, err := Format{Options: map[string]string{"made_for_kids": "true", "license": "creativeCommon"}}.Render(post(1))
	want := `{"snippet":{"title":"Régler ses freins avant l’hiver (1)","description":`
	if err != nil || !bytes.HasPrefix(m.Wire, []byte(want)) {
		t.Errorf("%s", m.Wire)
	}
	for _, part := range []string{`"tags":["vélo","hiver"]`, `"categoryId":"22"`, `"privacyStatus":"public","license":"creativeCommon","embeddable":true,"publicStatsViewable":true,"selfDeclaredMadeForKids":true,"containsSyntheticMedia":false`, `https://velo.example/fr/freins/?utm_source=youtube`} {
		if !bytes.Contains(m.Wire, []byte(part)) {
			t.Errorf("%s lacks %s", m.Wire, part)
		}
	}
}

// TestFollow_saysItOnce, whatever request is lost.
func TestFollow_saysItOnce(t *testing.T) {
	t.Parallel()
	for at := 1; ; at++ {
		f, via, account, _ := newFake(t)
		said := post(1)
		said.FirstComment = "Vos questions ?"
		j, r := job(t, account, said), platform.Receipt{ID: "film0000001"}
		line := &publishtest.Line{Via: via, Fault: publishtest.DropAfter, At: at, Now: publishtest.Now}
		for range 3 {
			_ = publisher(account, line).Follow(t.Context(), j, r) // whether it says so or not
			j.Now = j.Now.Add(time.Second)
		}
		if last := publisher(account, via).Follow(t.Context(), j, r); last != nil || len(f.comments) != 1 {
			t.Fatalf("request %d: %v, said %q", at, last, f.comments)
		}
		if line.N < at {
			break
		}
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	_, via, account, _ := newFake(t)
	all, next, err := New(account, via).Comments(t.Context(), platform.Receipt{ID: "film0000001"}, "")
	if err != nil || len(all) != 1 || all[0].Text != "<b>Bravo</b>" || all[0].Author != "@awa" || next != "2" {
		t.Errorf("%+v %q %v", all, next, err)
	}
	if all, next, err = New(account, via).Comments(t.Context(), platform.Receipt{ID: "film0000001"}, next); err != nil || len(all) != 0 || next != "" {
		t.Errorf("%+v %q %v", all, next, err)
	}
}

// A film that is replaced while its pieces are sent is none that YouTube makes; when
// the frozen one is back it goes out, and nothing of the other with it.
func TestPrepare_sendsTheFrozenFilmOnly(t *testing.T) {
	t.Parallel()
	other := bytes.Clone(reel().Data)
	for i := range other {
		other[i] ^= 1
	}
	for name, now := range map[string][]byte{"as long": other, "longer": append(bytes.Clone(other), 'x'), "shorter": other[:len(other)-1]} {
		for after := 1; after < 4; after++ {
			f, via, account, _ := newFake(t)
			j := job(t, account, post(1))
			var kept platform.Handle
			j.Save = func(_ context.Context, h platform.Handle) error { kept = slices.Clone(h); return nil }
			j.Files = &publishtest.Replaced{Files: films(), By: publishtest.Files{reel().Path: now}, After: after}
			_, err := publisher(account, via).Prepare(t.Context(), j)
			if e := platform.As(err); e.Class != platform.Invalid || e.Code != "file-changed" || len(f.films) > 0 {
				t.Errorf("%s, after %d: %v, %d films", name, after, err, len(f.films))
			}
			j.Files, j.Handle = films(), kept
			if j.Handle, err = publisher(account, via).Prepare(t.Context(), j); err != nil {
				t.Fatal(err)
			}
			if _, err := publisher(account, via).Commit(t.Context(), j); err != nil {
				t.Fatal(err)
			}
			if public, all := f.shown(t, post(1).Title, reel().Data); public != 1 || all != 1 {
				t.Errorf("%s, after %d: %d public of %d", name, after, public, all)
			}
		}
	}
}
