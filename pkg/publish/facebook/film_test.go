package facebook_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	f := serve(t)
	f.slow = 3
	publishtest.Run(t, publishtest.Bench{
		New:   func(via wire.Doer) platform.Publisher { return f.publisher(via) },
		Via:   f.Client(),
		Media: []platform.Media{publishtest.Film().Media()},
		Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
	})
	for _, got := range f.films {
		if got != "video/mp4 "+string(publishtest.Film().Data) {
			t.Errorf("a film of %d bytes arrived", len(got))
		}
	}
}

// shot is a post with a picture of its own and a film.
func shot() platform.Post {
	p := publishtest.Post(facebook.Kind)
	p.Media = append(p.Media, publishtest.Film().Media())
	return p
}

// A film is uploaded once and seen by nobody while the platform works on it; one
// commit, which can be repeated, makes it public.
func TestFilm_isWaitedForAndPublishedByItsID(t *testing.T) {
	f := serve(t)
	f.slow = 5
	job, kept := jobOf(t, shot())
	for {
		h, err := f.publisher(f.Client()).Prepare(t.Context(), job)
		if err == nil {
			job.Handle = h
			break
		}
		e := platform.As(err)
		if wait := e.Until.Sub(job.Now); e.Class != platform.Pending || wait < 10*time.Second || wait > time.Minute {
			t.Fatalf("%v, again after %v", err, wait)
		}
		job.Handle, job.Now = *kept, e.Until
	}
	if len(f.films) != 1 || f.count("") != 0 || f.posts[0].asked != 5 {
		t.Fatalf("%d uploads, %d public, asked %d times", len(f.films), f.count(""), f.posts[0].asked)
	}
	job.Since = job.Now
	pub := f.publisher(f.Client())
	first, err := pub.Commit(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	again, err := pub.Commit(t.Context(), job)
	if err != nil || first.ID != again.ID || len(f.films) != 1 || f.count("") != 1 {
		t.Errorf("%v then %v (%v)", first, again, err)
	}
	found, err := pub.Lookup(t.Context(), job)
	if want := "https://www.facebook.com/" + ours + "/videos/" + first.ID + "/"; err != nil || found.Receipt.ID != first.ID || found.Receipt.URL != want {
		t.Errorf("%+v (%v), want %s", found, err, want)
	}
	job.Handle = nil // as after a restored backup
	if found, err := pub.Lookup(t.Context(), job); err != nil || found.Whether != platform.Found || found.Receipt.ID != first.ID {
		t.Errorf("by its words: %+v (%v)", found, err)
	}
	job.Not = []string{first.ID} // it is another delivery's
	if found, err := pub.Lookup(t.Context(), job); err != nil || found.Whether != platform.NotFound {
		t.Errorf("another's: %+v (%v)", found, err)
	}
}

// A film that nothing can be made of fails before anything is public.
func TestFilm_thatBreaksIsRefused(t *testing.T) {
	f := serve(t)
	f.breaks = true
	job, _ := jobOf(t, shot())
	end := publishtest.Drive(t.Context(), f.publisher(f.Client()), job, nil)
	if end.State != journal.Failed || end.Commits != 0 || platform.As(end.Last).Code != "film-failed" || f.count("") != 0 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// A film that somebody took away before it was out is uploaded again.
func TestFilm_thatIsGoneIsUploadedAgain(t *testing.T) {
	f := serve(t)
	f.slow = 2
	job, kept := jobOf(t, shot())
	pub := f.publisher(f.Client())
	if _, err := pub.Prepare(t.Context(), job); platform.ClassOf(err) != platform.Pending {
		t.Fatal(err)
	}
	f.posts, job.Handle = nil, *kept
	if end := publishtest.Drive(t.Context(), pub, job, nil); end.State != journal.Published || len(f.films) != 2 || f.count("") != 1 {
		t.Errorf("%+v, %d uploads: %v", end, len(f.films), end.Last)
	}
}

// Films are not handed over: until the platform would take it no more, the worker
// waits, and then publishes by itself.
func TestFilm_isNotHandedOver(t *testing.T) {
	f := serve(t)
	job, _ := jobOf(t, shot())
	job.Due = job.Now.Add(2 * time.Hour)
	pub := f.publisher(f.Client())
	_, err := pub.HandOver(t.Context(), job)
	e := platform.As(err)
	if left := job.Due.Sub(e.Until); e.Class != platform.Pending || left >= pub.Caps().NativeMin || left < 10*time.Minute || len(f.films) != 0 {
		t.Errorf("%v, again %v before its instant", err, left)
	}
}

// In one call, and as a card, there is no film.
func TestFilm_isLeftOutWhereItCannotGo(t *testing.T) {
	p := shot()
	for option, files := range map[string]int{facebook.OptDirect: 1, facebook.OptCard: 0} {
		format := facebook.FormatOf(map[string]string{option: "true"})
		m, err := format.Render(p)
		if err != nil || len(m.Media) != files {
			t.Errorf("%s: %d files (%v)", option, len(m.Media), err)
		}
		all := format.Validate(p)
		if warned := len(all) == 1 && all[0].Code == media.CodeLeftOut; warned != (option == facebook.OptDirect) {
			t.Errorf("%s: %v", option, all)
		}
	}
}

// What people do with a film is read by the id of the film, and the Page answers
// once, by whatever name it is known.
func TestFilm_isReadAndAnswered(t *testing.T) {
	f := serve(t)
	p := shot()
	p.FirstComment = "Le lien : https://velo.example/"
	job, _ := jobOf(t, p)
	account := f.account()
	for _, name := range []string{ours, ""} {
		account.Name = name
		e := &entry{id: f.id(), film: true, published: true, comments: []remark{{"1", "77", p.FirstComment}}}
		f.posts = append(f.posts, e)
		pub := facebook.New(account, f.Client())
		for range 2 {
			if err := pub.Follow(t.Context(), job, platform.Receipt{ID: e.id}); err != nil {
				t.Fatal(err)
			}
		}
		m, err := pub.Metrics(t.Context(), platform.Receipt{ID: e.id})
		if _, shares := m["shares"]; err != nil || m["likes"] != 12 || m["replies"] != 2 || shares {
			t.Errorf("%v (%v)", m, err)
		}
	}
}

// A token stands in no error of a film.
func TestFilm_tellsNoToken(t *testing.T) {
	for _, path := range []string{"/videos", "/500"} {
		f := serve(t)
		f.refuse = refusing(path)
		job, _ := jobOf(t, shot())
		end := publishtest.Drive(t.Context(), f.publisher(f.Client()), job, nil)
		if end.State != journal.Held || strings.Contains(end.Last.Error(), secret) {
			t.Errorf("%s: %+v: %v", path, end, end.Last)
		}
	}
}

// refusing answers requests to a path with an error that tells the token.
func refusing(path string) func(*http.Request) string {
	return func(r *http.Request) string {
		if strings.Contains(r.URL.Path, path) {
			return `{"message":"` + secret + `","code":190,"error_subcode":463}`
		}
		return ""
	}
}
