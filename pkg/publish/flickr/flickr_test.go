package flickr

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func second() publishtest.File {
	return publishtest.File{Path: "fr/atelier.jpg", Type: "image/jpeg", Alt: "L’atelier <ouvert>", Data: []byte("\xff\xd8jpeg"), Width: 4, Height: 3}
}

func album() publishtest.Files {
	return publishtest.Files{publishtest.Picture().Path: publishtest.Picture().Data, second().Path: second().Data}
}

func post(n, photos int) platform.Post {
	p := publishtest.Post(Kind)
	p.Key = platform.NewKey(fmt.Sprintf("post-%d", n), Kind, 1)
	p.Title = fmt.Sprintf("%s (%d)", p.Title, n)
	p.Media = []platform.Media{publishtest.Picture().Media(), second().Media()}[:photos]
	return p
}

func job(t *testing.T, a platform.Account, p platform.Post) platform.Job {
	t.Helper()
	j := publishtest.Job(t, Format{Options: a.Options}, p)
	j.Files = album()
	return j
}

// TestPublisher_keepsTheContract with one photograph, and with two.
func TestPublisher_keepsTheContract(t *testing.T) {
	for photos, name := range []string{"", "one", "two"} {
		if photos == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			f, via, account := newFake(t)
			account.Options = map[string]string{"licence": "CC BY-SA 4.0", "album": "77"}
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return New(account, via) }, Via: via, Files: album(),
				Post: func(n int) platform.Post { return post(n, photos) },
				Count: func(t *testing.T, p platform.Post) int {
					most := 0
					for i := range photos {
						public, all := f.shown(p.Key.Part(i + 1))
						if public != all || public != 1 {
							t.Errorf("photograph %d of %q: %d public of %d", i+1, p.Title, public, all)
						}
						most = max(most, public)
					}
					return most
				},
			})
		})
	}
}

// TestCommit_bringsWhatIsNotThere: no post goes out without all its photographs.
func TestCommit_bringsWhatIsNotThere(t *testing.T) {
	t.Parallel()
	f, via, account := newFake(t)
	j := job(t, account, post(1, 2))
	j.Files = publishtest.Files{publishtest.Picture().Path: publishtest.Picture().Data}
	if _, err := New(account, via).Commit(t.Context(), j); err == nil {
		t.Fatal("one photograph is not to be had")
	}
	if public, _ := f.shown(j.Key.Part(1)); public != 0 {
		t.Errorf("%d are public", public)
	}
	j.Files, j.Now = album(), j.Now.Add(time.Minute)
	r, err := New(account, via).Commit(t.Context(), j)
	if err != nil || len(r.Parts) != 2 {
		t.Errorf("%+v %v", r, err)
	}
}

// TestPrepare_indexLags: an upload that may have arrived is searched for until
// the index must have it.
func TestPrepare_indexLags(t *testing.T) {
	t.Parallel()
	for name, shows := range map[string]bool{"and shows it": true, "and it never arrived": false} {
		f, via, account := newFake(t)
		j := job(t, account, post(1, 1))
		var kept platform.Handle
		j.Save = func(_ context.Context, h platform.Handle) error { kept = slices.Clone(h); return nil }
		fault := publishtest.DropAfter
		if !shows {
			fault = publishtest.Broken
		}
		line := &publishtest.Line{Via: via, Fault: fault, At: 2, Now: publishtest.Now}
		if _, err := New(account, line).Prepare(t.Context(), j); platform.ClassOf(err) != platform.Uncertain {
			t.Fatal(err)
		}
		f.lag = 1
		j.Handle, j.Now = kept, j.Now.Add(10*time.Second)
		_, err := New(account, via).Prepare(t.Context(), j)
		if e := platform.As(err); e.Class != platform.Pending || !e.Until.Equal(publishtest.Now().Add(settle)) {
			t.Fatalf("%s: %v", name, err)
		}
		f.lag, j.Now = 0, publishtest.Now().Add(settle)
		if j.Handle, err = New(account, via).Prepare(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		if _, err := New(account, via).Commit(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		if public, all := f.shown(j.Key); public != 1 || all != 1 {
			t.Errorf("%s: %d public of %d", name, public, all)
		}
	}
}

// TestPrepare_saysWhatThePostSays, and no markup of it.
func TestPrepare_saysWhatThePostSays(t *testing.T) {
	t.Parallel()
	f, via, account := newFake(t)
	p := post(1, 2)
	p.Licence = "https://creativecommons.org/licenses/by-sa/4.0/"
	p.Summary = `Dix <b>minutes</b> & "deux" clés`
	p.Tags = []string{"vélo", "hiver doux", `a"b`, "evil:key=1", " "}
	end := publishtest.Drive(t.Context(), New(account, via), job(t, account, p), nil)
	if end.State != journal.Published || end.Receipt.URL != "https://www.flickr.com/photos/12@N01/"+f.photos[0].id+"/" || len(end.Receipt.Parts) != 2 {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	one, two := f.photos[0], f.photos[1]
	if want := `vélo "hiver doux" ab "evil key 1" ` + tag(p.Key); one.tags != want {
		t.Errorf("tags %q, want %q", one.tags, want)
	}
	if one.licence != "12" || two.licence != "12" || one.title != "Régler ses freins avant l’hiver (1) (1/2)" {
		t.Errorf("%+v", one)
	}
	if !strings.Contains(one.description, "Dix &lt;b&gt;minutes&lt;/b&gt; &amp;") || strings.ContainsAny(one.description+two.description, "<>") || !strings.Contains(two.description, "&lt;ouvert&gt;") || !strings.Contains(two.description, "https://velo.example/fr/freins/") {
		t.Errorf("%q\n%q", one.description, two.description)
	}
	if string(two.data) != string(second().Data) {
		t.Errorf("%q", two.data)
	}
}

func TestLookup_afterARestore(t *testing.T) {
	t.Parallel()
	f, via, account := newFake(t)
	j := job(t, account, post(1, 2))
	end := publishtest.Drive(t.Context(), New(account, via), j, nil)
	look := func() platform.Finding {
		t.Helper()
		found, err := New(account, via).Lookup(t.Context(), j)
		if err != nil {
			t.Fatal(err)
		}
		j.Now = j.Now.Add(time.Second)
		return found
	}
	j.Now = j.Now.Add(time.Minute)
	if found := look(); found.Whether != platform.Found || found.Receipt.ID != end.Receipt.ID || len(found.Receipt.Parts) != 2 {
		t.Errorf("%+v", found)
	}
	f.photos[1].public = false
	found := look()
	if found.Whether != platform.NotFound {
		t.Errorf("half of it: %+v", found)
	}
	j.Handle = found.Handle
	if _, err := New(account, via).Commit(t.Context(), j); err != nil || !f.photos[1].public {
		t.Error(err)
	}
	f.photos, j.Now = f.photos[:1], j.Now.Add(time.Second)
	if _, err := New(account, via).Commit(t.Context(), j); platform.As(err).Code != "partly-out" {
		t.Errorf("one was deleted: %v", err)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	fail := func(code int) string { return fmt.Sprintf(`200 {"stat":"fail","code":%d,"message":"m"}`, code) }
	for said, want := range map[string]struct {
		class platform.Class
		code  string
	}{
		fail(1):                {platform.Invalid, "1"},
		fail(96):               {platform.Auth, "96"},
		fail(98):               {platform.Auth, "98"},
		fail(99):               {platform.Permission, "99"},
		fail(100):              {platform.Auth, "100"},
		fail(105):              {platform.Temporary, "105"},
		fail(106):              {platform.Temporary, "106"},
		`200 {"stat":"maybe"}`: {platform.Uncertain, "no-stat"},
		`200 <html>`:           {platform.Uncertain, "unreadable-answer"},
		`401 oauth_problem=token_rejected&oauth_token=token-1`: {platform.Auth, "token_rejected"},
		`401 oauth_problem=nonce_used`:                         {platform.Temporary, "nonce_used"},
		`401 oauth_problem=permission_denied`:                  {platform.Permission, "permission_denied"},
		`429 slow down`:                                        {platform.Rate, ""},
		`500 oops`:                                             {platform.Uncertain, ""},
	} {
		f, via, account := newFake(t)
		p := New(account, via)
		j := job(t, account, post(1, 1))
		var err error
		if j.Handle, err = p.Prepare(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		f.fail["photos.setPerms"] = said
		_, err = p.Commit(t.Context(), j)
		if e := platform.As(err); err == nil || e.Class != want.class || e.Code != want.code || strings.Contains(err.Error(), "token-1") {
			t.Errorf("%s: %v, want %v %q", said, err, want.class, want.code)
		}
	}
	for said, want := range map[string]struct {
		class platform.Class
		code  string
	}{
		`<rsp stat="fail"><err code="3" msg="x"/></rsp>`: {platform.Temporary, "upload-3"},
		`<rsp stat="fail"><err code="5" msg="x"/></rsp>`: {platform.Invalid, "upload-5"},
		`<rsp stat="fail"><err code="6" msg="x"/></rsp>`: {platform.Quota, "upload-6"},
		`<rsp stat="fail"><err code="98" msg=""/></rsp>`: {platform.Auth, "upload-98"},
		`<rsp stat="ok"><photoid>x</photoid></rsp>`:      {platform.Uncertain, "no-id"},
		`<rsp`: {platform.Uncertain, "unreadable-answer"},
	} {
		f, via, account := newFake(t)
		f.upload = said
		_, err := New(account, via).Prepare(t.Context(), job(t, account, post(1, 1)))
		if e := platform.As(err); err == nil || e.Class != want.class || e.Code != want.code {
			t.Errorf("%s: %v, want %v %q", said, err, want.class, want.code)
		}
	}
	_, via, account := newFake(t)
	account.Options = map[string]string{"licence": "CC BY-NC 4.0"}
	if _, err := New(account, via).Prepare(t.Context(), job(t, account, post(1, 1))); platform.As(err).Code != "no-such-licence" {
		t.Error(err)
	}
	account.Credentials = publishtest.NewWallet(platform.Token{Access: "token-9", Secret: "very+quiet"})
	if _, err := New(account, via).Prepare(t.Context(), job(t, account, post(1, 1))); platform.ClassOf(err) != platform.Auth || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}

func TestCheckAndMetrics(t *testing.T) {
	t.Parallel()
	_, via, account := newFake(t)
	p := New(account, via)
	s, err := p.Check(t.Context())
	if err != nil || s.Account != "velo" || !slices.Equal(s.Missing, []string{"write"}) || s.Limits["photo_kb"] != 204800 {
		t.Errorf("%+v %v", s, err)
	}
	end := publishtest.Drive(t.Context(), p, job(t, account, post(1, 1)), nil)
	m, err := p.Metrics(t.Context(), end.Receipt)
	if err != nil || m["views"] != 41 || m["replies"] != 2 || m["likes"] != 7 {
		t.Errorf("%v %v", m, err)
	}
	if _, err := p.Metrics(t.Context(), platform.Receipt{ID: "1&x"}); platform.ClassOf(err) != platform.Invalid {
		t.Error(err)
	}
}

func TestFormat_findsWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*platform.Post)
		want   []problem.Code
	}{
		"as it is":     {func(p *platform.Post) {}, nil},
		"no photo":     {func(p *platform.Post) { p.Media = nil }, []problem.Code{CodeNoPhoto}},
		"a drawing":    {func(p *platform.Post) { p.Media[0].Type = "image/svg+xml" }, []problem.Code{media.CodeLeftOut, CodeNoPhoto}},
		"heavy":        {func(p *platform.Post) { p.Media[0].Bytes = bytesPhoto + 1 }, []problem.Code{media.CodeLargeFile}},
		"many":         {func(p *platform.Post) { p.Media = slices.Repeat(p.Media, 21) }, []problem.Code{media.CodeTooMany}},
		"a licence":    {func(p *platform.Post) { p.Licence = "tous droits réservés" }, []problem.Code{CodeLicence}},
		"many tags":    {func(p *platform.Post) { p.Tags = slices.Repeat([]string{"a"}, 75) }, []problem.Code{CodeTags}},
		"nothing else": {func(p *platform.Post) { p.Title, p.Summary, p.Question, p.Invite, p.Link = "", "", "", "", "" }, nil},
	} {
		p := post(1, 1)
		c.change(&p)
		var found []problem.Code
		for _, q := range New(platform.Account{}, nil).Validate(p) {
			found = append(found, q.Code)
		}
		if !slices.Equal(found, c.want) {
			t.Errorf("%s: %v, want %v", name, found, c.want)
		}
		if m, err := (Format{}).Render(p); err != nil || tagged(m) > limitTags {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFormat_byHand: a person may have the photograph elsewhere.
func TestFormat_byHand(t *testing.T) {
	t.Parallel()
	p := post(1, 1)
	p.Media = nil
	if found := (Format{}).Validate(p); len(found) != 1 || found[0].Severity != problem.Warning || found[0].Code != CodeNoPhoto {
		t.Errorf("%v", found)
	}
}

// tagged is the number of tags of a message.
func tagged(m platform.Message) int {
	w, err := thaw(m)
	if err != nil {
		return 0
	}
	return len(strings.Fields(w.Photos[0].Tags)) + 1
}

// TestFollow_saysItOnce, whatever request is lost.
func TestFollow_saysItOnce(t *testing.T) {
	t.Parallel()
	for at := 1; ; at++ {
		f, via, account := newFake(t)
		f.photos = []*fakePhoto{{id: "5"}}
		said := post(1, 1)
		said.FirstComment = "Vos questions ?"
		if at > 1 {
			said.FirstComment = "Vos <questions> & remarques ?"
		}
		j, r := job(t, account, said), platform.Receipt{ID: "5"}
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
	f, via, account := newFake(t)
	f.photos = []*fakePhoto{{id: "5"}}
	all, next, err := New(account, via).Comments(t.Context(), platform.Receipt{ID: "5"}, "")
	if err != nil || len(all) != 1 || all[0].Author != "Awa" || all[0].At.Unix() != 1796115600 || next != "" {
		t.Errorf("%+v %q %v", all, next, err)
	}
}
