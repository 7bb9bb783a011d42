package threads_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"editorial/internal/need/containers"
	"editorial/internal/need/openapi"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
	"editorial/pkg/publish/threads"
	"editorial/pkg/publish/wire"
)

func serve(t *testing.T) *containers.Server {
	t.Helper()
	check := func(next http.Handler) http.Handler { return openapi.Check(t, "testdata/openapi.yaml", next) }
	return containers.Serve(t, check, containers.Names{
		Version: "v1.0", Make: "threads", Publish: "threads_publish", Posts: "threads", Limit: "threads_publishing_limit",
		Status: "status", Why: "error_message", Text: "text",
	}, publishtest.Now())
}

// credentials hold a token that can be extended.
type credentials struct {
	token   platform.Token
	renewed int
}

func (c *credentials) Token(context.Context) (platform.Token, error) { return c.token, nil }

func (c *credentials) Renew(ctx context.Context, stale platform.Token, exchange func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	got, err := exchange(ctx, stale)
	if err == nil {
		c.token, c.renewed = got, c.renewed+1
	}
	return c.token, err
}

func account(s *containers.Server) platform.Account {
	return platform.Account{Server: s.URL, Credentials: &credentials{token: platform.Token{Access: platform.Hidden(s.Token)}}}
}

func jobOf(t *testing.T, p platform.Post) (platform.Job, *platform.Handle) {
	t.Helper()
	return publishtest.KeptJob(t, threads.FormatOf(nil), p)
}

func TestPublisher_keepsTheContract(t *testing.T) {
	for pictures := range 3 {
		t.Run(fmt.Sprintf("%d pictures", pictures), func(t *testing.T) {
			s := serve(t)
			s.Page = 2 // so that not all can be read in the end: the container says enough
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return threads.New(account(s), via) },
				Via: s.Client(),
				Post: func(n int) platform.Post {
					p := publishtest.Numbered(threads.Kind, n)
					p.Media = publishtest.Pictures(pictures)
					return p
				},
				Count: func(_ *testing.T, p platform.Post) int { return s.Count(p.Link) },
			})
			for _, p := range s.Out {
				if len(p.Pictures) != pictures || pictures > 0 && p.Alts[0] != publishtest.Picture().Alt {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	s := serve(t)
	film := publishtest.Film().Media()
	publishtest.Run(t, publishtest.Bench{
		New:   func(via wire.Doer) platform.Publisher { return threads.New(account(s), via) },
		Via:   s.Client(),
		Media: []platform.Media{publishtest.Picture().Media(), film},
		Count: func(_ *testing.T, p platform.Post) int { return s.Count(p.Link) },
	})
	for _, p := range s.Out {
		if len(p.Pictures) != 0 || len(p.Films) != 1 || p.Films[0] != film.URL || p.Alts[0] != film.Alt {
			t.Errorf("%+v", p)
		}
	}
}

func TestPrepare_waitsForThePlatform(t *testing.T) {
	s := serve(t)
	job, kept := jobOf(t, publishtest.Post(threads.Kind))
	pub := threads.New(account(s), s.Client())
	_, err := pub.Prepare(t.Context(), job)
	if e := platform.As(err); e.Class != platform.Pending || !e.Until.Equal(job.Now.Add(30*time.Second)) {
		t.Fatalf("%v", err)
	}
	job.Handle = *kept
	if _, err := pub.Prepare(t.Context(), job); err != nil || len(s.Containers) != 1 {
		t.Errorf("%v, %d containers", err, len(s.Containers))
	}
}

// A container that is out is refused like a bad one; the list may be behind.
func TestCommit_thatIsRefusedIsLookedForFirst(t *testing.T) {
	s := serve(t)
	p := publishtest.Post(threads.Kind)
	p.Media = nil
	job, kept := jobOf(t, p)
	pub := threads.New(account(s), s.Client())
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle, job.Since = h, job.Now
	r, err := pub.Commit(t.Context(), job)
	if err != nil || !strings.Contains(r.URL, r.ID) || r.At.IsZero() {
		t.Fatalf("%+v (%v)", r, err)
	}
	if _, err := pub.Commit(t.Context(), job); platform.ClassOf(err) != platform.Duplicate {
		t.Errorf("again: %v", err)
	}
	job.Handle = *kept
	for _, shy := range []bool{true, false} {
		s.Shy = shy
		found, err := pub.Lookup(t.Context(), job)
		if err != nil || found.Whether != platform.Found || !shy && found.Receipt.ID != r.ID {
			t.Errorf("in no list (%v): %+v (%v)", shy, found, err)
		}
	}
}

// What is refused, looked for in vain and refused again is no good.
func TestCommit_doesNotRepeatARefusalForEver(t *testing.T) {
	s := serve(t)
	s.Refuse = func(r *http.Request) (int, string) {
		if strings.HasSuffix(r.URL.Path, "threads_publish") {
			return 400, `{"code":100,"message":"no"}`
		}
		return 0, ""
	}
	job, _ := jobOf(t, publishtest.Post(threads.Kind))
	end := publishtest.Drive(t.Context(), threads.New(account(s), s.Client()), job, nil)
	if end.State != journal.Failed || end.Commits != 2 || end.Lookups == 0 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

func TestCommit_makesAContainerAnewThatIsOver(t *testing.T) {
	s := serve(t)
	p := publishtest.Post(threads.Kind)
	p.Media = nil
	job, _ := jobOf(t, p)
	pub := threads.New(account(s), s.Client())
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	s.Now = s.Now.Add(25 * time.Hour)
	job.Handle = h // the program's clock is behind: it finds out when it publishes
	end := publishtest.Drive(t.Context(), pub, job, nil)
	if end.State != journal.Published || s.Count("") != 1 || len(s.Containers) != 2 {
		t.Errorf("%+v: %v, %d containers", end, end.Last, len(s.Containers))
	}
}

func TestPrepare_makesAContainerAnewInTime(t *testing.T) {
	s := serve(t)
	p := publishtest.Post(threads.Kind)
	p.Media = nil
	job, _ := jobOf(t, p)
	pub := threads.New(account(s), s.Client())
	for _, tc := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {22 * time.Hour, 1}, {24 * time.Hour, 2}} {
		job.Now = publishtest.Now().Add(tc.after)
		h, err := pub.Prepare(t.Context(), job)
		if err != nil || len(s.Containers) != tc.want {
			t.Errorf("after %v: %d containers (%v)", tc.after, len(s.Containers), err)
		}
		job.Handle = h
	}
}

// The same words of the week before are another post.
func TestLookup_looksNoFurtherBackThanTheAttempt(t *testing.T) {
	s := serve(t)
	job, _ := jobOf(t, publishtest.Post(threads.Kind))
	job.Since = job.Now
	pub := threads.New(account(s), s.Client())
	for _, tc := range []struct {
		before time.Duration
		want   platform.Whether
	}{{7 * 24 * time.Hour, platform.NotFound}, {time.Minute, platform.Found}} {
		s.Out = append(s.Out, &containers.Post{ID: fmt.Sprint(len(s.Out) + 1), Text: job.Message.Parts[0].Text, At: job.Now.Add(-tc.before)})
		if found, err := pub.Lookup(t.Context(), job); err != nil || found.Whether != tc.want {
			t.Errorf("%v before: %+v (%v)", tc.before, found, err)
		}
	}
}

func TestPrepare_saysWhatCannotBeFetched(t *testing.T) {
	s := serve(t)
	p := publishtest.Post(threads.Kind)
	p.Media[0].URL = "https://velo.example/broken.png"
	job, kept := jobOf(t, p)
	_, err := threads.New(account(s), s.Client()).Prepare(t.Context(), job)
	if e := platform.As(err); e.Class != platform.Temporary || e.Code != "container-error" || !strings.Contains(e.Detail, "fetched") || strings.Contains(string(*kept), "container\"") {
		t.Errorf("%v, kept %s", err, *kept)
	}
}

func TestPrepare_holdsWhereThePostsOfTheDayAreUsedUp(t *testing.T) {
	s := serve(t)
	s.Used = 250
	job, _ := jobOf(t, publishtest.Post(threads.Kind))
	if _, err := threads.New(account(s), s.Client()).Prepare(t.Context(), job); platform.ClassOf(err) != platform.Quota || len(s.Containers) != 0 {
		t.Errorf("%v", err)
	}
}

func TestPrepare_extendsATokenThatEndsSoon(t *testing.T) {
	for left, want := range map[time.Duration]int{0: 0, time.Hour: 1, 13 * 24 * time.Hour: 1, 15 * 24 * time.Hour: 0} {
		for _, fails := range []bool{false, true} {
			s := serve(t)
			s.Refuse = func(r *http.Request) (int, string) {
				if fails && r.URL.Path == "/refresh_access_token" {
					return 500, `{"code":2}`
				}
				return 0, ""
			}
			a := account(s)
			c := a.Credentials.(*credentials)
			if left > 0 {
				c.token.Expires = publishtest.Now().Add(left)
			}
			p := publishtest.Post(threads.Kind)
			p.Media = nil
			job, _ := jobOf(t, p)
			if _, err := threads.New(a, s.Client()).Prepare(t.Context(), job); err != nil {
				t.Errorf("%v left: %v", left, err)
			}
			if err := threads.New(a, s.Client()).Renew(t.Context(), publishtest.Now()); (err != nil) != (fails && want > 0) {
				t.Errorf("%v left, without a post: %v", left, err)
			}
			if renewed := want > 0 && !fails; c.renewed != map[bool]int{true: 1}[renewed] || renewed && !c.token.Expires.Equal(publishtest.Now().Add(60*24*time.Hour)) {
				t.Errorf("%v left: renewed %d times, ends %v", left, c.renewed, c.token.Expires)
			}
		}
	}
}

func TestReaders(t *testing.T) {
	s := serve(t)
	s.Page = 2
	s.Out = []*containers.Post{{ID: "1", Comments: []containers.Comment{{ID: "2", Username: "awa", Text: "un"}, {ID: "3", Username: "b", Text: "d\x1beux"}, {ID: "4", Username: "c", Text: "trois"}}}}
	pub := threads.New(account(s), s.Client())
	m, err := pub.Metrics(t.Context(), platform.Receipt{ID: "1"})
	if err != nil || fmt.Sprint(m) != "map[likes:2 replies:3 shares:9 views:1]" {
		t.Errorf("%v (%v)", m, err)
	}
	var got []string
	for cursor, n := "", 0; n == 0 || cursor != ""; n++ {
		some, next, err := pub.Comments(t.Context(), platform.Receipt{ID: "1"}, cursor)
		if err != nil || n > 2 {
			t.Fatal(n, err)
		}
		for _, c := range some {
			got = append(got, c.Author+":"+c.Text)
		}
		cursor = next
	}
	if strings.Join(got, " ") != "awa:un b:deux c:trois" {
		t.Errorf("%q", got)
	}
	s.Used = 3
	standing, err := pub.Check(t.Context())
	if err != nil || standing.Account != "@velo" || standing.Left != 247 || standing.Quota != 250 {
		t.Errorf("%+v (%v)", standing, err)
	}
}

func TestFormat_Validate(t *testing.T) {
	picture := publishtest.Picture().Media()
	private := picture
	private.URL = "http://localhost/x.png"
	film := func(change func(*platform.Media)) platform.Media {
		m := publishtest.Film().Media()
		change(&m)
		return m
	}
	plain := film(func(*platform.Media) {})
	for _, tc := range []struct {
		name     string
		post     platform.Post
		want     problem.Code
		severity problem.Severity
	}{
		{"a film", platform.Post{Title: "x", Media: []platform.Media{picture, plain}}, "", 0},
		{"a film and pictures", platform.Post{Title: "x", Media: []platform.Media{plain, picture}}, media.CodeTooMany, problem.Warning},
		{"a film after pictures", platform.Post{Title: "x", Media: []platform.Media{picture, picture, plain}}, media.CodeTooMany, problem.Warning},
		{"a film that nobody can fetch", platform.Post{Title: "x", Media: []platform.Media{picture, film(func(m *platform.Media) { m.URL = "" })}}, media.CodeNotPublic, problem.Warning},
		{"a film of another kind", platform.Post{Title: "x", Media: []platform.Media{film(func(m *platform.Media) { m.Type = "video/webm" })}}, media.CodeLeftOut, problem.Warning},
		{"as large a film as can be", platform.Post{Title: "x", Media: []platform.Media{film(func(m *platform.Media) { m.Bytes, m.Seconds = 1<<30, 300 })}}, "", 0},
		{"too large a film", platform.Post{Title: "x", Media: []platform.Media{film(func(m *platform.Media) { m.Bytes = 1<<30 + 1 })}}, media.CodeLargeFile, problem.Error},
		{"too long a film", platform.Post{Title: "x", Media: []platform.Media{film(func(m *platform.Media) { m.Seconds = 301 })}}, media.CodeTooLong, problem.Error},
		{"as long as can be", platform.Post{Text: strings.Repeat("é", 500), Media: []platform.Media{picture}}, "", 0},
		{"too long", platform.Post{Text: strings.Repeat("é", 501)}, text.CodeTooLong, problem.Error},
		{"short by one way of counting", platform.Post{Text: strings.Repeat("🚲", 126)}, threads.CodeUnsure, problem.Warning},
		{"too long by both", platform.Post{Text: strings.Repeat("🚲", 501)}, text.CodeTooLong, problem.Error},
		{"a picture that nobody can fetch", platform.Post{Title: "x", Media: []platform.Media{private}}, media.CodeNotPublic, problem.Warning},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := threads.FormatOf(nil).Validate(tc.post)
			if tc.want == "" && len(all) > 0 || tc.want != "" && (len(all) != 1 || all[0].Code != tc.want || all[0].Severity != tc.severity) {
				t.Errorf("%v, want %q", all, tc.want)
			}
			_, err := threads.FormatOf(nil).Render(tc.post)
			file := tc.want == media.CodeLargeFile || tc.want == media.CodeTooLong // which can be shown all the same
			if !file && (err == nil) != (problem.Errors(all) == 0) {
				t.Errorf("rendered: %v", err)
			}
		})
	}
}
