package discord_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/discord"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
	"editorial/pkg/publish/wire"
)

func TestPublisher_keepsTheContract(t *testing.T) {
	for _, files := range []int{0, 2} {
		t.Run(fmt.Sprintf("%d files", files), func(t *testing.T) {
			f := serve(t)
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return f.publisher(via, nil) },
				Via: f.Client(),
				Post: func(n int) platform.Post {
					p := publishtest.Numbered(discord.Kind, n)
					p.Link = fmt.Sprintf("https://velo.example/fr/freins_%d_/", n)
					p.Media = publishtest.Pictures(files)
					return p
				},
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
			})
			for _, s := range f.said {
				if s.files != files {
					t.Errorf("%d files", s.files)
				}
				for _, a := range s.Attachments {
					if a.Description != publishtest.Picture().Alt {
						t.Errorf("%+v", a)
					}
				}
			}
		})
	}
}

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	f := serve(t)
	publishtest.Run(t, publishtest.Bench{
		New:   func(via wire.Doer) platform.Publisher { return f.publisher(via, nil) },
		Via:   f.Client(),
		Media: []platform.Media{publishtest.Picture().Media(), publishtest.Film().Media()},
		Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
	})
	for _, s := range f.said {
		if s.files != 2 || s.Attachments[1].Description != publishtest.Film().Alt {
			t.Errorf("%d files, %+v", s.files, s.Attachments)
		}
	}
}

func TestFormat_escapesMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"*a* __b__ ~~c~~ `d` ||e||":   `\*a\* \_\_b\_\_ \~\~c\~\~ \` + "`d\\`" + ` \|\|e\|\|`,
		"# a\n- b\n1. c\n> d":         "\\# a\n\\- b\n1\\. c\n\\> d",
		"  # a\nb # c - d 1.5":        "  \\# a\nb # c - d 1.5",
		"<@123> <:x:1> [a](b)":        `\<@123\> \<:x:1\> \[a\](b)`,
		`back\slash`:                  `back\\slash`,
		"https://a.example/_b_*c (d)": "https://a.example/_b_*c (d)",
		"voir https://a.example/x_y":  "voir https://a.example/x_y",
		"@everyone":                   "@everyone", // notifies nobody: see allowed_mentions
	} {
		m, err := discord.FormatOf(nil).Render(platform.Post{Text: in})
		if err != nil {
			t.Fatal(err)
		}
		f := serve(t)
		job := platform.Job{Key: "k", Now: publishtest.Now(), Message: m}
		if _, err := f.publisher(f.Client(), nil).Commit(t.Context(), job); err != nil {
			t.Fatal(err)
		}
		if got := f.said["100"].Content; got != strings.TrimSpace(want) {
			t.Errorf("%q was sent as %q, want %q", in, got, want)
		}
	}
}

func TestCommit_obeysOptions(t *testing.T) {
	f := serve(t)
	pub := f.publisher(f.Client(), map[string]string{
		discord.OptName: "La boîte", discord.OptThread: "99", discord.OptPreview: "false", discord.OptMarkdown: "true",
	})
	p := publishtest.Post(discord.Kind)
	p.Text, p.Media = "*gras*", nil
	job := publishtest.Job(t, pub, p)
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle = h
	r, err := pub.Commit(t.Context(), job)
	if err != nil || r.URL != "https://discord.com/channels/11/22/100" || !r.At.Equal(publishtest.Now()) {
		t.Errorf("%+v (%v)", r, err)
	}
	if got := f.said["100"]; got.Username != "La boîte" || got.Flags != 4 || !strings.HasPrefix(got.Content, "*gras*") || f.last != "thread_id=99&wait=true" {
		t.Errorf("%+v %s", got, f.last)
	}
}

func TestLookup_asksByTheIdAlone(t *testing.T) {
	f := serve(t)
	pub := f.publisher(f.Client(), nil)
	job := publishtest.Job(t, pub, publishtest.Post(discord.Kind))
	var kept platform.Handle
	job.Save = func(_ context.Context, h platform.Handle) error { kept = h; return errors.New("no disk") }
	r, err := pub.Commit(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	look := func(h platform.Handle, want platform.Whether) {
		t.Helper()
		job.Handle = h
		if found, err := pub.Lookup(t.Context(), job); err != nil || found.Whether != want || want == platform.Found && found.Receipt.ID != r.ID {
			t.Errorf("%+v (%v), want %s", found, err, want)
		}
	}
	look(nil, platform.Unknown)
	look(kept, platform.Found)
	delete(f.said, r.ID)
	look(kept, platform.Unknown)
}

func TestCommit_knowsErrorsByTheirNumbers(t *testing.T) {
	now := publishtest.Now()
	for _, tc := range []struct {
		status int
		body   string
		want   platform.Class
		until  time.Time
	}{
		{400, `{"message":"10015","code":50035}`, platform.Invalid, time.Time{}},
		{404, `{"message":"Unknown Webhook","code":10015}`, platform.Auth, time.Time{}},
		{401, `{"message":"Invalid Webhook Token","code":50027}`, platform.Auth, time.Time{}},
		{404, `{"message":"Unknown Channel","code":10003}`, platform.Permission, time.Time{}},
		{403, `{"message":"Missing Permissions","code":50013}`, platform.Permission, time.Time{}},
		{413, `{"message":"Request entity too large","code":40005}`, platform.Invalid, time.Time{}},
		{429, `{"message":"slow","retry_after":1.5,"global":false}`, platform.Rate, now.Add(1500 * time.Millisecond)},
		{429, `{"retry_after":1e12}`, platform.Rate, now.Add(24 * time.Hour)},
		{429, `error code: 1015`, platform.Rate, time.Time{}},
		{502, `<html>`, platform.Uncertain, time.Time{}},
		{204, ``, platform.Uncertain, time.Time{}}, // as without wait
		{200, `{}`, platform.Uncertain, time.Time{}},
	} {
		t.Run(tc.body, func(t *testing.T) {
			f := serve(t)
			f.status, f.refuse = tc.status, tc.body
			pub := f.publisher(f.Client(), nil)
			_, err := pub.Commit(t.Context(), publishtest.Job(t, pub, publishtest.Post(discord.Kind)))
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
	return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: fmt.Errorf("no route to %s", r.URL)}
}

func TestPublisher_neverTellsTheAddress(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"message":"no %s","code":1}`, r.URL)
	}))
	defer echo.Close()
	for name, via := range map[string]wire.Doer{"an answer repeats it": echo.Client(), "the line repeats it": broken{}} {
		t.Run(name, func(t *testing.T) {
			pub := discord.New(platform.Account{Server: echo.URL, Credentials: publishtest.Fixed(secret)}, via)
			job := publishtest.Job(t, pub, publishtest.Post(discord.Kind))
			_, prepared := pub.Prepare(t.Context(), job)
			_, sent := pub.Commit(t.Context(), job)
			_, checked := pub.Check(t.Context())
			for _, err := range []error{prepared, sent, checked} {
				if s := fmt.Sprintf("%v %#v", err, err); err == nil || strings.Contains(s, key) {
					t.Errorf("%s", s)
				}
			}
		})
	}
}

// A webhook of another house is refused before a byte is sent.
func TestPublisher_speaksToDiscordAlone(t *testing.T) {
	for _, bad := range []string{
		"", "777/abc", "http://discord.com/api/webhooks/1/abc", "https://evil.example/api/webhooks/1/abc", "https://discord.com.evil.example/api/webhooks/1/abc",
		"https://discord.com/api/webhooks/1/", "https://discord.com/api/webhooks/x/abc", "https://discord.com/api/webhooks/1/a%2Fb", "https://discord.com@evil.example/api/webhooks/1/abc",
	} {
		pub := discord.New(platform.Account{Credentials: publishtest.Fixed(bad)}, broken{})
		if _, err := pub.Prepare(t.Context(), platform.Job{}); platform.ClassOf(err) != platform.Auth {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCheck_saysWhoseItIs(t *testing.T) {
	f := serve(t)
	s, err := f.publisher(f.Client(), nil).Check(t.Context())
	if err != nil || s.Account != "Vélo" || s.Left != 4 || s.Quota != 5 {
		t.Errorf("%+v (%v)", s, err)
	}
}

func TestFormat_Validate(t *testing.T) {
	picture := publishtest.Picture().Media()
	long := picture
	long.Alt = strings.Repeat("é", 1025)
	film := publishtest.Film().Media()
	heavy := film
	heavy.Bytes = 10<<20 + 1
	for _, tc := range []struct {
		name    string
		post    platform.Post
		options map[string]string
		want    problem.Code
	}{
		{"all well", platform.Post{Text: strings.Repeat("é", 2000), Media: []platform.Media{picture}}, nil, ""},
		{"too long", platform.Post{Text: strings.Repeat("é", 2001)}, nil, text.CodeTooLong},
		{"too long, escaped", platform.Post{Text: strings.Repeat("*", 1001)}, nil, text.CodeTooLong},
		{"as markup it fits", platform.Post{Text: strings.Repeat("*", 1001)}, map[string]string{discord.OptMarkdown: "true"}, ""},
		{"a film among pictures", platform.Post{Title: "x", Media: []platform.Media{picture, film, picture}}, nil, ""},
		{"a film of 10 MiB and a byte", platform.Post{Title: "x", Media: []platform.Media{heavy}}, nil, media.CodeLargeFile},
		{"an alternative text too long", platform.Post{Title: "x", Media: []platform.Media{long}}, nil, media.CodeLongAlt},
		{"a name that Discord refuses", platform.Post{Title: "x"}, map[string]string{discord.OptName: "My Discord"}, discord.CodeName},
		{"no thread", platform.Post{Title: "x"}, map[string]string{discord.OptThread: "a/../b"}, discord.CodeThread},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := discord.FormatOf(tc.options).Validate(tc.post)
			if tc.want == "" && len(all) > 0 || tc.want != "" && (len(all) != 1 || all[0].Code != tc.want) {
				t.Errorf("%v, want %q", all, tc.want)
			}
		})
	}
}
