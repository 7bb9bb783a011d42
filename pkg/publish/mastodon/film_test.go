package mastodon_test

import (
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// shot is a post with a picture of its own and a film.
func shot() platform.Post {
	p := publishtest.Post(mastodon.Kind)
	p.Media = append(p.Media, publishtest.Film().Media())
	return p
}

func TestFilm_goesOutAloneWithItsDescription(t *testing.T) {
	for _, as := range faces() {
		f := serve(t, as)
		job, _ := jobOf(t, shot())
		if end := publishtest.Drive(t.Context(), f.publisher(), job, nil); end.State != journal.Published {
			t.Fatalf("%s: %+v: %v", as, end, end.Last)
		}
		if len(f.media) != 1 || len(f.statuses) != 1 || len(f.statuses[0].media) != 1 {
			t.Fatalf("%s: %d files, %d posts", as, len(f.media), len(f.statuses))
		}
		m := f.media[f.statuses[0].media[0]]
		if m.kind != "video" || m.alt != publishtest.Film().Alt || string(m.data) != string(publishtest.Film().Data) {
			t.Errorf("%s: %s of %d bytes, %q", as, m.kind, len(m.data), m.alt)
		}
	}
}

// A film that the server works on for minutes is uploaded once and asked for a few
// times a minute, also by a program that started again.
func TestFilm_isWaitedFor(t *testing.T) {
	f := serve(t, honours)
	f.slow = 12
	job, kept := jobOf(t, shot())
	for asked := 1; ; asked++ {
		h, err := f.publisher().Prepare(t.Context(), job)
		if err == nil {
			if job.Handle = h; asked != f.slow {
				t.Errorf("ready after %d questions, want %d", asked, f.slow)
			}
			break
		}
		e := platform.As(err)
		if wait := e.Until.Sub(job.Now); e.Class != platform.Pending || wait < 10*time.Second || wait > time.Minute {
			t.Fatalf("%v, again after %v", err, wait)
		}
		job.Handle, job.Now = *kept, e.Until
	}
	if _, err := f.publisher().Commit(t.Context(), job); err != nil || len(f.media) != 1 || len(f.bodies) != 1 {
		t.Errorf("%d uploads, %d posts (%v)", len(f.media), len(f.bodies), err)
	}
}

// A film of which the server can make nothing fails before anything is public; who
// tries again uploads it again.
func TestFilm_thatBreaksIsRefused(t *testing.T) {
	f := serve(t, honours)
	f.breaks = true
	job, kept := jobOf(t, shot())
	prepare := func() error {
		for {
			job.Handle = *kept
			h, err := f.publisher().Prepare(t.Context(), job)
			if err == nil || platform.ClassOf(err) != platform.Pending {
				job.Handle = h
				return err
			}
			job.Now = platform.As(err).Until
		}
	}
	if e := platform.As(prepare()); e.Class != platform.Invalid || e.Code != "media-failed" || e.Detail == "" {
		t.Errorf("%v, want a film that failed", e)
	}
	f.breaks = false
	if err := prepare(); err != nil || len(f.media) != 2 {
		t.Fatalf("%d uploads (%v)", len(f.media), err)
	}
	if _, err := f.publisher().Commit(t.Context(), job); err != nil || len(f.statuses) != 1 {
		t.Errorf("%d posts (%v)", len(f.statuses), err)
	}
}
