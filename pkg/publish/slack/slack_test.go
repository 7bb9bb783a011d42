package slack_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/slack"
	"editorial/pkg/publish/text"
	"editorial/pkg/publish/wire"
)

func post(n int) platform.Post {
	p := publishtest.Post(slack.Kind)
	p.Key = platform.NewKey(fmt.Sprintf("post-%d", n), slack.Kind, 1)
	p.Link = fmt.Sprintf("https://velo.example/fr/freins-%d/?a=1&b=2", n)
	return p
}

func TestPublisher_keepsTheContract(t *testing.T) {
	for name, as := range map[string]func(*fake) func(wire.Doer) *slack.Publisher{
		"as a bot":   func(f *fake) func(wire.Doer) *slack.Publisher { return f.bot },
		"by webhook": func(f *fake) func(wire.Doer) *slack.Publisher { return f.hook },
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			publishtest.Run(t, publishtest.Bench{
				New:   func(via wire.Doer) platform.Publisher { return as(f)(via) },
				Via:   f.Client(),
				Post:  post,
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
			})
		})
	}
}

// The same words are no evidence: the key is.
func TestLookup_knowsTheMessageByItsKey(t *testing.T) {
	f := serve(t)
	pub := f.bot(f.Client())
	job := publishtest.Job(t, pub, post(1))
	twin := job
	twin.Key = "another#slack#1"
	if _, err := pub.Commit(t.Context(), twin); err != nil {
		t.Fatal(err)
	}
	look := func(want platform.Whether) platform.Finding {
		t.Helper()
		found, err := pub.Lookup(t.Context(), job)
		if err != nil || found.Whether != want {
			t.Errorf("%+v (%v), want %s", found, err, want)
		}
		return found
	}
	look(platform.NotFound)
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle = h
	r, err := pub.Commit(t.Context(), job)
	if err != nil || !strings.HasPrefix(r.URL, "https://velo.slack.com/archives/C01/p17") || strings.Contains(r.URL[8:], "000.") || r.At.IsZero() {
		t.Errorf("%+v (%v)", r, err)
	}
	for range 7 {
		if _, err := pub.Commit(t.Context(), twin); err != nil {
			t.Fatal(err)
		}
	}
	if got := look(platform.Found); got.Receipt.ID != r.ID || got.Receipt.URL != r.URL {
		t.Errorf("%+v, want %+v", got.Receipt, r)
	}
	for _, why := range []string{"missing_scope", "not_in_channel"} {
		f.blind = why
		look(platform.Unknown)
	}
	f.blind = "internal_error"
	if _, err := pub.Lookup(t.Context(), job); platform.ClassOf(err) != platform.Temporary {
		t.Errorf("%v", err)
	}
}

func TestCommit_sendsNoMarkup(t *testing.T) {
	f := serve(t)
	p := post(1)
	p.Text = "<!channel> *gras* & <@U1>"
	for name, tc := range map[string]struct {
		options map[string]string
		markup  bool
		preview bool
	}{
		"plain":   {nil, false, true},
		"options": {map[string]string{slack.OptMarkup: "true", slack.OptPreview: "false"}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			pub := slack.New(platform.Account{Server: f.URL, Name: "C01", Credentials: publishtest.Fixed(bot), Options: tc.options}, f.Client())
			job := publishtest.Job(t, pub, p)
			if _, err := pub.Commit(t.Context(), job); err != nil {
				t.Fatal(err)
			}
			got := f.said[len(f.said)-1]
			if want := "&lt;!channel&gt; *gras* &amp; &lt;@U1&gt;\n\nhttps://velo.example/fr/freins-1/?a=1&amp;b=2"; got.Text != want || got.Markup != tc.markup || got.Links != tc.preview {
				t.Errorf("%+v, want %q", got, want)
			}
			if job.Message.Parts[0].Text != p.Text+"\n\n"+p.Link {
				t.Errorf("shown as %q", job.Message.Parts[0].Text)
			}
		})
	}
}

func TestCommit_knowsErrorsByTheirNames(t *testing.T) {
	half := publishtest.Now().Add(30 * time.Second)
	var none time.Time
	for _, tc := range []struct {
		hook   bool
		status int
		body   string
		want   platform.Class
		until  time.Time
	}{
		{false, 200, `{"ok":false,"error":"invalid_auth"}`, platform.Auth, none},
		{false, 200, `{"ok":false,"error":"token_revoked"}`, platform.Auth, none},
		{false, 200, `{"ok":false,"error":"missing_scope","needed":"chat:write"}`, platform.Permission, none},
		{false, 200, `{"ok":false,"error":"is_archived"}`, platform.Permission, none},
		{false, 200, `{"ok":false,"error":"msg_too_long"}`, platform.Invalid, none},
		{false, 200, `{"ok":false,"error":"the channel is_archived"}`, platform.Invalid, none},
		{false, 200, `{"ok":false,"error":"ratelimited"}`, platform.Rate, half},
		{false, 429, `{"ok":false,"error":"ratelimited"}`, platform.Rate, half},
		{false, 429, `<html>`, platform.Rate, half},
		{false, 200, `{"ok":false,"error":"message_limit_exceeded"}`, platform.Quota, none},
		{false, 200, `{"ok":false,"error":"internal_error"}`, platform.Uncertain, none},
		{false, 200, `{"ok":false}`, platform.Uncertain, none},
		{false, 200, `{"ok":true}`, platform.Uncertain, none},
		{false, 200, `{}`, platform.Uncertain, none},
		{false, 503, `oops`, platform.Uncertain, half},
		{true, 200, `okay`, platform.Uncertain, none},
		{true, 400, `invalid_payload`, platform.Invalid, none},
		{true, 403, `invalid_token`, platform.Auth, none},
		{true, 404, `no_service`, platform.Auth, none},
		{true, 403, `action_prohibited`, platform.Permission, none},
		{true, 404, `channel_not_found`, platform.Permission, none},
		{true, 410, `channel_is_archived`, platform.Permission, none},
		{true, 429, `rate_limited`, platform.Rate, half},
		{true, 500, `rollup_error`, platform.Uncertain, half},
	} {
		t.Run(tc.body, func(t *testing.T) {
			f := serve(t)
			f.status, f.refuse = tc.status, tc.body
			pub := f.bot(f.Client())
			if tc.hook {
				pub = f.hook(f.Client())
			}
			_, err := pub.Commit(t.Context(), publishtest.Job(t, pub, post(1)))
			e := platform.As(err)
			if err == nil || e.Class != tc.want || !e.Until.Equal(tc.until) {
				t.Errorf("%v until %v, want %s until %v", err, e.Until, tc.want, tc.until)
			}
		})
	}
}

// broken is a line whose errors repeat the request.
type broken struct{}

func (broken) Do(r *http.Request) (*http.Response, error) {
	return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: fmt.Errorf("no route to %s with %s", r.URL, r.Header)}
}

func TestPublisher_neverTellsItsSecrets(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "no %s %s", r.URL, r.Header)
	}))
	defer echo.Close()
	for name, via := range map[string]wire.Doer{"an answer repeats it": echo.Client(), "the line repeats it": broken{}} {
		t.Run(name, func(t *testing.T) {
			f := &fake{Server: echo}
			for _, pub := range []*slack.Publisher{f.bot(via), f.hook(via)} {
				job := publishtest.Job(t, pub, post(1))
				_, err := pub.Commit(t.Context(), job)
				if s := fmt.Sprintf("%v %#v", err, err); err == nil || strings.Contains(s, key) || strings.Contains(s, bot) {
					t.Errorf("%s", s)
				}
			}
			_, err := f.bot(via).Check(t.Context())
			if s := fmt.Sprint(err); err == nil || strings.Contains(s, bot) {
				t.Errorf("%s", s)
			}
		})
	}
}

// A webhook of another house, and a name in the place of a channel's id, are
// refused before a byte is sent.
func TestPrepare_refusesWhatLeadsElsewhere(t *testing.T) {
	for _, bad := range []string{
		"", "T/B/X", "http://hooks.slack.com/services/T/B/X", "https://evil.example/services/T/B/X", "https://hooks.slack.com.evil.example/services/T/B/X",
		"https://hooks.slack.com/services/T/B/", "https://hooks.slack.com/services/T/B/../x", "https://x@hooks.slack.com/services/T/B/X", "https://hooks.slack.com/services/T/B/X/Y",
	} {
		pub := slack.New(platform.Account{Credentials: publishtest.Fixed(bad)}, broken{})
		if _, err := pub.Prepare(t.Context(), platform.Job{}); platform.ClassOf(err) != platform.Auth {
			t.Errorf("%q: %v", bad, err)
		}
		if _, err := pub.Commit(t.Context(), publishtest.Job(t, pub, post(1))); platform.ClassOf(err) != platform.Auth {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, bad := range []string{"#velo", "velo", "C", "C01?x", "c01"} {
		pub := slack.New(platform.Account{Name: bad, Credentials: publishtest.Fixed(bot)}, broken{})
		if _, err := pub.Prepare(t.Context(), platform.Job{}); platform.ClassOf(err) != platform.Permission {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestPrepare_findsATokenThatIsOver(t *testing.T) {
	f := serve(t)
	pub := slack.New(platform.Account{Server: f.URL, Name: "C01", Credentials: publishtest.Fixed("xoxb-old-token")}, f.Client())
	end := publishtest.Drive(t.Context(), pub, publishtest.Job(t, pub, post(1)), nil)
	if end.State != journal.Held || end.Reason != journal.NeedsAccount || end.Commits != 0 {
		t.Errorf("%+v", end)
	}
}

func TestCheck_saysWhichScopesAreMissing(t *testing.T) {
	for scopes, want := range map[string]string{
		"chat:write,channels:history": "", "chat:write, groups:history": "", "chat:write": "channels:history", "users:read": "chat:write channels:history", "": "",
	} {
		f := serve(t)
		f.scopes = scopes
		s, err := f.bot(f.Client()).Check(t.Context())
		if err != nil || strings.Join(s.Missing, " ") != want || s.Account != "editorial, Vélo" {
			t.Errorf("%s: %+v (%v)", scopes, s, err)
		}
	}
}

func TestFormat_countsWhatIsEscaped(t *testing.T) {
	f := slack.FormatOf(nil)
	if all := f.Validate(platform.Post{Text: strings.Repeat("&", 8000)}); len(all) != 0 {
		t.Errorf("%v", all)
	}
	if all := f.Validate(platform.Post{Text: strings.Repeat("&", 8001)}); len(all) != 1 || all[0].Code != text.CodeTooLong {
		t.Errorf("%v", all)
	}
	if got := f.Caps().Guarantee; got != platform.AskAfterLoss {
		t.Errorf("without an account: %s", got)
	}
}
