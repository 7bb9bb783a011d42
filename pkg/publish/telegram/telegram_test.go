package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/telegram"
	"editorial/pkg/publish/text"
	"editorial/pkg/publish/wire"
)

func TestPublisher_keepsTheContract(t *testing.T) {
	for _, pictures := range []int{0, 1, 3} {
		t.Run(fmt.Sprintf("%d pictures", pictures), func(t *testing.T) {
			f := serve(t)
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return f.publisher(via) },
				Via: f.Client(),
				Post: func(n int) platform.Post {
					p := publishtest.Numbered(telegram.Kind, n)
					p.Media = publishtest.Pictures(pictures)
					return p
				},
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
			})
			for _, s := range f.said {
				if s.photos != pictures {
					t.Errorf("%d pictures", s.photos)
				}
			}
		})
	}
}

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	f := serve(t)
	film := publishtest.Film().Media()
	film.Width, film.Height, film.Seconds = 1280, 720, 42
	publishtest.Run(t, publishtest.Bench{
		New:   func(via wire.Doer) platform.Publisher { return f.publisher(via) },
		Via:   f.Client(),
		Media: []platform.Media{publishtest.Picture().Media(), film},
		Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
	})
	if len(f.films) != len(f.said) {
		t.Errorf("%d films, %d messages", len(f.films), len(f.said))
	}
	for _, s := range f.films {
		if s != "1280×720 42 s" {
			t.Errorf("a film of %s", s)
		}
	}
}

func TestCommit_sendsPlainTextAndSaysWhereItIs(t *testing.T) {
	p := publishtest.Post(telegram.Kind)
	p.Media, p.Text = nil, "*gras* <b>&amp; _x_ [a](b)"
	for chat, want := range map[string]string{"@velo": "https://t.me/velo/1", "-1001234": "https://t.me/c/1234/1"} {
		f := serve(t)
		account := f.account()
		account.Name = chat
		account.Options = map[string]string{telegram.OptSilent: "true", telegram.OptTopic: "7"}
		pub := telegram.New(account, f.Client())
		r, err := pub.Commit(t.Context(), publishtest.Job(t, pub, p))
		if err != nil || r.URL != want || r.At.Unix() != 1796115600 {
			t.Fatalf("%+v (%v), want %s", r, err, want)
		}
		if got := f.said[0]; !strings.HasPrefix(got.text, p.Text) || got.silent != "true" || got.topic != "7" {
			t.Errorf("%+v", got)
		}
	}
}

// An answer that came is not lost with the program that read it.
func TestLookup_knowsAnAnswerThatWasKept(t *testing.T) {
	f := serve(t)
	job := publishtest.Job(t, f.publisher(nil), publishtest.Post(telegram.Kind))
	var kept platform.Handle
	job.Save = func(_ context.Context, h platform.Handle) error { kept = h; return errors.New("no disk") }
	r, err := f.publisher(f.Client()).Commit(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := f.publisher(nil).Lookup(t.Context(), job); err != nil || found.Whether != platform.Unknown {
		t.Errorf("without: %+v (%v)", found, err)
	}
	job.Handle = kept
	if found, err := f.publisher(nil).Lookup(t.Context(), job); err != nil || found.Whether != platform.Found || found.Receipt.ID != r.ID {
		t.Errorf("with: %+v (%v)", found, err)
	}
}

func TestCommit_knowsErrorsByTheirNumbers(t *testing.T) {
	now := publishtest.Now()
	for _, tc := range []struct {
		status int
		body   string
		want   platform.Class
		until  time.Time
	}{
		{400, `{"ok":false,"error_code":400,"description":"Bad Request: 429 401"}`, platform.Invalid, time.Time{}},
		{401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`, platform.Auth, time.Time{}},
		{404, `{"ok":false,"error_code":404,"description":"Not Found"}`, platform.Auth, time.Time{}},
		{403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}`, platform.Permission, time.Time{}},
		{400, `{"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-1007}}`, platform.Permission, time.Time{}},
		{429, `{"ok":false,"error_code":429,"parameters":{"retry_after":33}}`, platform.Rate, now.Add(33 * time.Second)},
		{429, `{"ok":false,"error_code":429,"parameters":{"retry_after":99999999999}}`, platform.Rate, now.Add(24 * time.Hour)},
		{429, `{"ok":false,"error_code":429}`, platform.Rate, time.Time{}},
		{500, `{"ok":false,"error_code":500}`, platform.Uncertain, time.Time{}},
		{200, `{"ok":false,"error_code":400}`, platform.Invalid, time.Time{}},
		{200, `{"ok":false}`, platform.Uncertain, time.Time{}},
		{200, `{"ok":true,"result":{}}`, platform.Uncertain, time.Time{}},
		{200, `{"ok":true,"result":true}`, platform.Uncertain, time.Time{}},
		{404, `<html>`, platform.Invalid, time.Time{}}, // something between
	} {
		t.Run(tc.body, func(t *testing.T) {
			f := serve(t)
			f.status, f.refuse = tc.status, tc.body
			_, err := f.publisher(f.Client()).Commit(t.Context(), publishtest.Job(t, f.publisher(nil), publishtest.Post(telegram.Kind)))
			e := platform.As(err)
			if err == nil || e.Class != tc.want || !e.Until.Equal(tc.until) {
				t.Errorf("%v until %v, want %s until %v", err, e.Until, tc.want, tc.until)
			}
		})
	}
}

// broken is a line whose errors repeat the address.
type broken struct{}

func (broken) Do(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("proxy: %w", &url.Error{Op: "Post", URL: r.URL.String(), Err: fmt.Errorf("no route to %s, %s", r.URL, path.Dir(r.URL.Path[strings.Index(r.URL.Path, ":")+1:]))})
}

func TestPublisher_neverTellsTheToken(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		if strings.Contains(r.URL.Path, "getMe") {
			fmt.Fprintf(w, `{"ok":false,"error_code":400,"description":"no %s"}`, r.URL)
			return
		}
		fmt.Fprintf(w, "<h1>%s is not here, nor %s</h1>", r.URL, path.Base(path.Dir(r.URL.Path))[len("bot123456:"):])
	}))
	defer echo.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for name, line := range map[string]struct {
		server string
		via    wire.Doer
	}{
		"an answer repeats the address": {echo.URL, echo.Client()},
		"the line repeats it":           {echo.URL, broken{}},
		"nobody is there":               {gone.URL, http.DefaultClient},
		"the address is none":           {"http://[", http.DefaultClient},
	} {
		t.Run(name, func(t *testing.T) {
			pub := telegram.New(platform.Account{Server: line.server, Name: "@velo", Credentials: publishtest.Fixed(secret)}, line.via)
			job := publishtest.Job(t, pub, publishtest.Post(telegram.Kind))
			_, sent := pub.Commit(t.Context(), job)
			_, checked := pub.Check(t.Context())
			for _, err := range []error{sent, checked} {
				for e := err; e != nil; e = errors.Unwrap(e) {
					if s := fmt.Sprintf("%v %+v %#v", e, e, e); strings.Contains(s, "AAE") {
						t.Errorf("%s", s)
					}
				}
				if err == nil {
					t.Error("no error")
				}
			}
		})
	}
}

func TestCommit_putsNoOtherTokenIntoAnAddress(t *testing.T) {
	for _, bad := range []string{"", "123", "1:", "1:a/../x", "1:a?b", "x:abc"} {
		pub := telegram.New(platform.Account{Name: "@velo", Credentials: publishtest.Fixed(bad)}, broken{})
		_, err := pub.Commit(t.Context(), publishtest.Job(t, pub, publishtest.Post(telegram.Kind)))
		if platform.ClassOf(err) != platform.Auth {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestPrepare_findsWhatIsNotThere(t *testing.T) {
	f := serve(t)
	job := publishtest.Job(t, f.publisher(nil), publishtest.Post(telegram.Kind))
	job.Files = publishtest.Files{}
	if _, err := f.publisher(nil).Prepare(t.Context(), job); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("%v", err)
	}
}

func TestCheck_saysWhatTheBotMayNot(t *testing.T) {
	for member, want := range map[string]string{
		`{"status":"administrator","can_post_messages":true}`: "",
		`{"status":"administrator"}`:                          "can_post_messages",
		`{"status":"left"}`:                                   "member",
	} {
		f := serve(t)
		f.member = member
		s, err := f.publisher(f.Client()).Check(t.Context())
		if err != nil || strings.Join(s.Missing, " ") != want || s.Account != "@velo_bot" {
			t.Errorf("%s: %+v (%v)", member, s, err)
		}
	}
}

func TestFormat_Validate(t *testing.T) {
	picture := publishtest.Picture().Media()
	large := picture
	large.Bytes = 11 << 20
	film := publishtest.Film().Media()
	film.Alt = "" // nobody is told it
	long := film
	long.Bytes = 50_000_001
	for _, tc := range []struct {
		name    string
		post    platform.Post
		options map[string]string
		want    problem.Code
	}{
		{"a caption", platform.Post{Text: strings.Repeat("é", 1024), Media: []platform.Media{picture}}, nil, ""},
		{"too long a caption", platform.Post{Text: strings.Repeat("é", 1025), Media: []platform.Media{picture}}, nil, text.CodeTooLong},
		{"without pictures there is room", platform.Post{Text: strings.Repeat("é", 4096), Media: []platform.Media{picture}}, map[string]string{telegram.OptPictures: "false"}, ""},
		{"too long", platform.Post{Text: strings.Repeat("é", 4097)}, nil, text.CodeTooLong},
		{"emoji count twice", platform.Post{Text: strings.Repeat("🚲", 2049)}, nil, text.CodeTooLong},
		{"too large", platform.Post{Title: "x", Media: []platform.Media{large}}, nil, media.CodeLargeFile},
		{"a film", platform.Post{Text: strings.Repeat("é", 1024), Media: []platform.Media{film}}, nil, ""},
		{"too long a caption of a film", platform.Post{Text: strings.Repeat("é", 1025), Media: []platform.Media{film}}, nil, text.CodeTooLong},
		{"too large a film", platform.Post{Title: "x", Media: []platform.Media{long}}, nil, media.CodeLargeFile},
		{"a film in the place of the picture", platform.Post{Title: "x", Media: []platform.Media{picture, film}}, nil, ""},
		{"a film after pictures", platform.Post{Title: "x", Media: []platform.Media{picture, picture, film}}, nil, media.CodeLeftOut},
		{"no film where there are no pictures", platform.Post{Title: "x", Media: []platform.Media{film}}, map[string]string{telegram.OptPictures: "false"}, ""},
		{"nothing", platform.Post{}, nil, text.CodeNothing},
		{"a topic that is none", platform.Post{Title: "x"}, map[string]string{telegram.OptTopic: "seven"}, telegram.CodeTopic},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := telegram.FormatOf(tc.options).Validate(tc.post)
			if tc.want == "" && len(all) > 0 || tc.want != "" && (len(all) != 1 || all[0].Code != tc.want) {
				t.Errorf("%v, want %q", all, tc.want)
			}
		})
	}
}
