package instagram_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"editorial/internal/need/containers"
	"editorial/internal/need/openapi"
	"editorial/pkg/problem"
	"editorial/pkg/publish/instagram"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
	"editorial/pkg/publish/wire"
)

func serve(t *testing.T) *containers.Server {
	t.Helper()
	check := func(next http.Handler) http.Handler { return openapi.Check(t, "testdata/openapi.yaml", next) }
	return containers.Serve(t, check, containers.Names{
		Version: "v25.0", Make: "media", Publish: "media_publish", Posts: "media", Limit: "content_publishing_limit",
		Status: "status_code", Why: "status", Text: "caption",
	}, publishtest.Now())
}

func account(s *containers.Server) platform.Account {
	return platform.Account{Server: s.URL, Name: "42", Credentials: publishtest.Fixed(s.Token)}
}

// picture is one that Instagram takes.
func picture() platform.Media {
	m := publishtest.Picture().Media()
	m.Type, m.URL = "image/jpeg", "https://velo.example/fr/freins.jpg"
	return m
}

func post(n, pictures int) platform.Post {
	p := publishtest.Post(instagram.Kind)
	p.Key = platform.NewKey(fmt.Sprintf("post-%d", n), instagram.Kind, 1)
	p.Title = fmt.Sprintf("Freins, le numéro %d.", n)
	p.Media = nil
	for range pictures {
		p.Media = append(p.Media, picture())
	}
	return p
}

func jobOf(t *testing.T, p platform.Post) (platform.Job, *platform.Handle) {
	t.Helper()
	return publishtest.KeptJob(t, instagram.Format{}, p)
}

func TestPublisher_keepsTheContract(t *testing.T) {
	for _, tc := range []struct {
		name     string
		pictures int
		liar     bool
	}{{"a picture", 1, false}, {"several", 3, false}, {"a platform that says blocked and publishes", 1, true}} {
		t.Run(tc.name, func(t *testing.T) {
			s := serve(t)
			s.Liar = tc.liar
			publishtest.Run(t, publishtest.Bench{
				New:   func(via wire.Doer) platform.Publisher { return instagram.New(account(s), via) },
				Via:   s.Client(),
				Post:  func(n int) platform.Post { return post(n, tc.pictures) },
				Count: func(_ *testing.T, p platform.Post) int { return s.Count(p.Title) },
			})
			for _, p := range s.Out {
				if len(p.Pictures) != tc.pictures || p.Pictures[0] != picture().URL || p.Alts[0] != picture().Alt || strings.Contains(p.Text, "https://") {
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
		New: func(via wire.Doer) platform.Publisher { return instagram.New(account(s), via) },
		Via: s.Client(),
		Post: func(n int) platform.Post {
			p := post(n, 1)
			p.Media = append(p.Media, film)
			return p
		},
		Count: func(_ *testing.T, p platform.Post) int { return s.Count(p.Title) },
	})
	for _, p := range s.Out {
		if len(p.Pictures) != 0 || len(p.Films) != 1 || p.Films[0] != film.URL || p.Alts[0] != "" {
			t.Errorf("%+v", p)
		}
	}
	for _, c := range s.Containers {
		if c.Params["media_type"] != "REELS" || c.Params["share_to_feed"] != "true" {
			t.Errorf("%v", c.Params)
		}
	}
}

func TestPrepare_asksOnceAMinute(t *testing.T) {
	s := serve(t)
	job, _ := jobOf(t, post(1, 1))
	_, err := instagram.New(account(s), s.Client()).Prepare(t.Context(), job)
	if e := platform.As(err); e.Class != platform.Pending || e.Until.Sub(job.Now).Minutes() != 1 {
		t.Errorf("%v", err)
	}
}

// What publishing says leads where it should.
func TestPublisher_obeysErrors(t *testing.T) {
	for body, want := range map[string]struct {
		state  journal.State
		reason journal.Reason
	}{
		`{"code":9,"error_subcode":2207042}`:            {journal.Held, journal.OutOfQuota},
		`{"code":25,"error_subcode":2207050}`:           {journal.Failed, journal.NoPermission},
		`{"code":36000,"error_subcode":2207009}`:        {journal.Failed, journal.Refused},
		`{"code":190,"message":"token-of-the-account"}`: {journal.Held, journal.NeedsAccount},
	} {
		t.Run(body, func(t *testing.T) {
			s := serve(t)
			s.Refuse = func(r *http.Request) (int, string) {
				if strings.HasSuffix(r.URL.Path, "media_publish") {
					return 400, body
				}
				return 0, ""
			}
			job, _ := jobOf(t, post(1, 1))
			end := publishtest.Drive(t.Context(), instagram.New(account(s), s.Client()), job, nil)
			if end.State != want.state || end.Reason != want.reason || len(s.Out) > 0 || strings.Contains(end.Last.Error(), s.Token) {
				t.Errorf("%+v: %v", end, end.Last)
			}
		})
	}
}

func TestFollow_saysItOnce(t *testing.T) {
	p := post(1, 1)
	p.FirstComment = "#vélo #hiver"
	for _, fault := range publishtest.Faults() {
		for at := range 4 {
			s := serve(t)
			s.Page = 2
			s.Out = []*containers.Post{{ID: "1", Comments: []containers.Comment{{ID: "2", Text: "a"}, {ID: "3", Text: "b"}, {ID: "4", Text: "c"}}}}
			job, _ := jobOf(t, p)
			pub := instagram.New(account(s), &publishtest.Line{Via: s.Client(), Fault: fault, At: at, Now: publishtest.Now})
			for range 3 {
				_ = pub.Follow(t.Context(), job, platform.Receipt{ID: "1"})
			}
			if got := len(s.Out[0].Comments); got != 4 {
				t.Errorf("%s at %d: %d comments", fault, at, got-3)
			}
		}
	}
}

func TestReaders(t *testing.T) {
	s := serve(t)
	s.Page = 2
	s.Out = []*containers.Post{{ID: "1", Comments: []containers.Comment{{ID: "2", Username: "awa", Text: "un"}, {ID: "3", Text: "deux"}, {ID: "4", Text: "trois"}}}}
	pub := instagram.New(account(s), s.Client())
	m, err := pub.Metrics(t.Context(), platform.Receipt{ID: "1"})
	if err != nil || fmt.Sprint(m) != "map[likes:3 reach:2 replies:4 saved:6 shares:5 views:1]" {
		t.Errorf("%v (%v)", m, err)
	}
	first, next, err := pub.Comments(t.Context(), platform.Receipt{ID: "1"}, "")
	if err != nil || len(first) != 2 || first[0].Author != "awa" || next == "" {
		t.Errorf("%+v %q (%v)", first, next, err)
	}
	rest, end, err := pub.Comments(t.Context(), platform.Receipt{ID: "1"}, next)
	if err != nil || len(rest) != 1 || rest[0].Text != "trois" || end != "" {
		t.Errorf("%+v %q (%v)", rest, end, err)
	}
	s.Used = 99
	standing, err := pub.Check(t.Context())
	if err != nil || standing.Account != "@velo" || standing.Left != 151 || standing.Quota != 250 {
		t.Errorf("%+v (%v)", standing, err)
	}
}

func TestFormat_Validate(t *testing.T) {
	with := func(change func(*platform.Media)) []platform.Media {
		m := picture()
		change(&m)
		return []platform.Media{m}
	}
	plain := with(func(*platform.Media) {})
	film := func(change func(*platform.Media)) []platform.Media {
		m := publishtest.Film().Media()
		change(&m)
		return []platform.Media{m}
	}
	for _, tc := range []struct {
		name string
		post platform.Post
		want []problem.Code
	}{
		{"a picture", platform.Post{Text: strings.Repeat("é", 2200), Media: plain}, nil},
		{"too long", platform.Post{Text: strings.Repeat("é", 2201), Media: plain}, []problem.Code{text.CodeTooLong}},
		{"a film", platform.Post{Title: "x", Media: film(func(*platform.Media) {})}, nil},
		{"a film in the place of a PNG", platform.Post{Title: "x", Media: append([]platform.Media{publishtest.Picture().Media()}, film(func(*platform.Media) {})...)}, nil},
		{"a film after pictures", platform.Post{Title: "x", Media: append([]platform.Media{picture(), picture()}, film(func(*platform.Media) {})...)}, []problem.Code{media.CodeTooMany}},
		{"a film that nobody can fetch", platform.Post{Title: "x", Media: film(func(m *platform.Media) { m.URL = "" })}, []problem.Code{media.CodeNotPublic, instagram.CodePicture}},
		{"as long a film as can be, of any shape", platform.Post{Title: "x", Media: film(func(m *platform.Media) { m.Seconds, m.Bytes, m.Width, m.Height = 900, 300_000_000, 1, 9 })}, nil},
		{"too long a film", platform.Post{Title: "x", Media: film(func(m *platform.Media) { m.Seconds = 901 })}, []problem.Code{media.CodeTooLong}},
		{"too short a film", platform.Post{Title: "x", Media: film(func(m *platform.Media) { m.Seconds = 2 })}, []problem.Code{media.CodeTooShort}},
		{"too large a film", platform.Post{Title: "x", Media: film(func(m *platform.Media) { m.Bytes = 300_000_001 })}, []problem.Code{media.CodeLargeFile}},
		{"no picture", platform.Post{Title: "x"}, []problem.Code{instagram.CodePicture}},
		{"a PNG is none", platform.Post{Title: "x", Media: []platform.Media{publishtest.Picture().Media()}}, []problem.Code{media.CodeLeftOut, instagram.CodePicture}},
		{"that nobody can fetch", platform.Post{Title: "x", Media: with(func(m *platform.Media) { m.URL = "" })}, []problem.Code{media.CodeNotPublic, instagram.CodePicture}},
		{"lying", platform.Post{Title: "x", Media: with(func(m *platform.Media) { m.Width, m.Height = 191, 100 })}, nil},
		{"too flat", platform.Post{Title: "x", Media: with(func(m *platform.Media) { m.Width, m.Height = 192, 100 })}, []problem.Code{instagram.CodeShape}},
		{"upright", platform.Post{Title: "x", Media: with(func(m *platform.Media) { m.Width, m.Height = 80, 100 })}, nil},
		{"too tall", platform.Post{Title: "x", Media: with(func(m *platform.Media) { m.Width, m.Height = 79, 100 })}, []problem.Code{instagram.CodeShape}},
		{"too many tags", platform.Post{Text: strings.Repeat("#a ", 31), Media: plain}, []problem.Code{instagram.CodeTags}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := instagram.Format{}.Validate(tc.post)
			var got []problem.Code
			for _, found := range all {
				got = append(got, found.Code)
			}
			if fmt.Sprint(got) != fmt.Sprint(tc.want) {
				t.Errorf("%v, want %v", got, tc.want)
			}
			_, err := instagram.Format{}.Render(tc.post)
			if (err == nil) != (problem.Errors(all) == 0) {
				t.Errorf("rendered: %v", err)
			}
		})
	}
}
