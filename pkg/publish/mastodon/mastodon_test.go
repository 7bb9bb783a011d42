package mastodon_test

import (
	"fmt"
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func (f *fake) account() platform.Account {
	return platform.Account{Server: f.URL, Name: "@velo@fake.example", Credentials: publishtest.Fixed("tok-1")}
}

func (f *fake) publisher() *mastodon.Publisher { return mastodon.New(f.account(), f.Client()) }

func faces() []face { return []face{honours, fails, ignores} }

func TestPublisher_keepsTheContract(t *testing.T) {
	for _, as := range faces() {
		t.Run(string(as), func(t *testing.T) {
			f := serve(t, as)
			publishtest.Run(t, publishtest.Bench{
				New:   func(via wire.Doer) platform.Publisher { return mastodon.New(f.account(), via) },
				Via:   f.Client(),
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
			})
		})
	}
}

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	for _, as := range []face{honours, ignores} {
		t.Run(string(as), func(t *testing.T) {
			f := serve(t, as)
			f.slow = 4
			publishtest.Run(t, publishtest.Bench{
				New:   func(via wire.Doer) platform.Publisher { return mastodon.New(f.account(), via) },
				Via:   f.Client(),
				Media: []platform.Media{publishtest.Film().Media()},
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
			})
		})
	}
}

// thread is a post of three parts, the n-th of its kind.
func thread(n int) platform.Post {
	p := publishtest.Post(mastodon.Kind)
	p.Key = platform.NewKey(fmt.Sprintf("thread-%d", n), mastodon.Kind, 1)
	p.Thread = true
	for i, s := range []string{"D’abord l’avant", "Puis l’arrière : on tourne la molette", "Et l’essai"} {
		p.Texts = append(p.Texts, fmt.Sprintf("%s (%d/%d) <b>", s, n, i))
	}
	return p
}

// A part that is out is never sent again, whatever happens to the next one.
func TestPublisher_keepsTheContractForThreads(t *testing.T) {
	for _, as := range faces() {
		for name, files := range map[string]int{"with a picture": 1, "of words": 0} {
			t.Run(string(as)+", "+name, func(t *testing.T) {
				f := serve(t, as)
				publishtest.Run(t, publishtest.Bench{
					New: func(via wire.Doer) platform.Publisher { return mastodon.New(f.account(), via) },
					Via: f.Client(),
					Post: func(n int) platform.Post {
						p := thread(n)
						p.Media = p.Media[:files]
						return p
					},
					Count: f.whole,
				})
				for _, s := range f.statuses { // each answers the one before
					if s.replyTo != "" && f.find(s.replyTo) == nil {
						t.Errorf("%s answers %s, which is not there", s.id, s.replyTo)
					}
				}
			})
		}
	}
}

// whole is how often a thread is out as a whole: 0 if a part is missing.
func (f *fake) whole(_ *testing.T, p platform.Post) int {
	most := 0
	for _, s := range p.Texts {
		n := f.count(s)
		if n == 0 {
			return 0
		}
		most = max(most, n)
	}
	return most
}

// A server that changes the words: the post is known by the file that hangs on it.
func TestPublisher_knowsItsFiles(t *testing.T) {
	f := serve(t, ignores)
	f.rewrite = func(string) string { return "<p>[…]</p>" }
	line := &publishtest.Line{Via: f.Client(), Fault: publishtest.DropAfter, At: 3, Now: publishtest.Now}
	job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
	end := publishtest.Drive(t.Context(), mastodon.New(f.account(), line), job, nil)
	if end.State != journal.Published || end.Commits != 1 || end.Receipt.Evidence != platform.ByLookup || f.count("") != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// What hangs on the first part is not uploaded again for the next.
func TestCommit_goesOnWithAThreadADayLater(t *testing.T) {
	f := serve(t, ignores)
	job, kept := jobOf(t, thread(1))
	line := &publishtest.Line{Via: f.Client(), Fault: publishtest.Broken, At: 4, Now: publishtest.Now}
	pub := mastodon.New(f.account(), line)
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle = h
	if _, err := pub.Commit(t.Context(), job); platform.ClassOf(err) != platform.Uncertain {
		t.Fatalf("%v, want uncertain", err)
	}
	job.Handle, job.Now = *kept, job.Now.Add(24*time.Hour)
	if _, err := pub.Commit(t.Context(), job); err != nil || len(f.media) != 1 || f.count("") != 3 {
		t.Errorf("%d files, %d posts (%v)", len(f.media), f.count(""), err)
	}
}
