package mastodon_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"

	"github.com/google/go-cmp/cmp"
)

var (
	_ platform.Publisher = (*mastodon.Publisher)(nil)
	_ platform.Checker   = (*mastodon.Publisher)(nil)
	_ platform.Meter     = (*mastodon.Publisher)(nil)
	_ platform.Commenter = (*mastodon.Publisher)(nil)
	_ platform.Follower  = (*mastodon.Publisher)(nil)
	_ platform.Scheduler = (*mastodon.Publisher)(nil)
)

type scoped struct{ publishtest.Fixed }

func (s scoped) Token(ctx context.Context) (platform.Token, error) {
	t, err := s.Fixed.Token(ctx)
	t.Scopes = []string{"read", "write:statuses"}
	return t, err
}

func TestCheck_saysWhatTheServerAllows(t *testing.T) {
	f := serve(t, ignores)
	a := f.account()
	a.Credentials = scoped{"tok-1"}
	got, err := mastodon.New(a, f.Client()).Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := platform.Standing{
		Account: "velo", Missing: []string{"write:media"}, Left: 297, Quota: 300, Resets: publishtest.Now().Add(5 * time.Minute),
		Limits: map[string]int{"max_characters": 5000, "max_media_attachments": 6, "characters_reserved_per_url": 25, "image_size_limit": 41943040, "video_size_limit": 41943040},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	f.token = "another"
	if _, err := mastodon.New(a, f.Client()).Check(t.Context()); platform.ClassOf(err) != platform.Auth {
		t.Errorf("%v, want auth", err)
	}
}

func TestMetricsAndComments_ofAThread(t *testing.T) {
	f := serve(t, honours)
	job, _ := jobOf(t, thread(1))
	end := publishtest.Drive(t.Context(), f.publisher(), job, nil)
	if end.State != journal.Published || len(end.Receipt.Parts) != 3 {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	f.statuses[0].likes, f.statuses[1].likes = 3, 1
	f.statuses = append(f.statuses, &toot{id: "5000", replyTo: end.Receipt.Parts[1], by: "rude@other.example", html: `<p>Merci&nbsp;!<br>Et <b>ça</b> ?</p><script>x</script>`, at: f.now})
	got, err := f.publisher().Metrics(t.Context(), end.Receipt)
	if d := cmp.Diff(map[string]int64{"likes": 4, "shares": 3, "replies": 1}, got); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
	all, next, err := f.publisher().Comments(t.Context(), end.Receipt, "")
	if err != nil || next != "" || len(all) != 1 {
		t.Fatalf("%v %q (%v)", all, next, err)
	}
	want := platform.Comment{ID: "5000", Author: "rude@other.example", Text: "Merci\u00a0!\nEt ça ?\nx", URL: "https://fake.example/@velo/5000", At: f.now}
	if d := cmp.Diff(want, all[0]); d != "" {
		t.Error(d)
	}
}

func TestFollow_saysItOnce(t *testing.T) {
	f := serve(t, ignores)
	p := publishtest.Post(mastodon.Kind)
	p.FirstComment = "La liste des outils :\n" + p.Link + "&x=1"
	job, _ := jobOf(t, p)
	end := publishtest.Drive(t.Context(), f.publisher(), job, nil)
	for range 3 {
		if err := f.publisher().Follow(t.Context(), job, end.Receipt); err != nil {
			t.Fatal(err)
		}
	}
	if n := f.count("La liste"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestScheduler_handsOverOnceAndFindsItOut(t *testing.T) {
	for _, as := range faces() {
		t.Run(string(as), func(t *testing.T) {
			f := serve(t, as)
			pub := f.publisher()
			p := publishtest.Post(mastodon.Kind)
			p.At = publishtest.Now().Add(2 * time.Hour)
			job, kept := jobOf(t, p)
			var err error
			if job.Handle, err = preparedAgain(t, pub, job); err != nil {
				t.Fatal(err)
			}
			lost := 0
			f.refuse = func(w http.ResponseWriter, r *http.Request) bool { // its first answer is lost
				if r.Method == http.MethodPost && lost == 0 {
					lost++
					f.create(nowhere{http.Header{}}, r)
					w.WriteHeader(http.StatusBadGateway)
					return true
				}
				return false
			}
			if _, err := pub.HandOver(t.Context(), job); platform.ClassOf(err) != platform.Uncertain {
				t.Fatalf("%v, want uncertain", err)
			}
			r, err := pub.HandOver(t.Context(), job)
			if err != nil || r.Evidence != platform.ByNative || !r.At.Equal(p.At) {
				t.Fatalf("%+v (%v)", r, err)
			}
			if len(f.scheduled) != 1 {
				t.Fatalf("%d are scheduled", len(f.scheduled))
			}
			job.Handle, job.Since = *kept, job.Now
			if got, err := pub.Lookup(t.Context(), job); err != nil || got.Whether != platform.NotFound {
				t.Errorf("before its time: %+v (%v)", got, err)
			}
			f.strike(p.At)
			job.Now = p.At.Add(time.Minute)
			got, err := pub.Lookup(t.Context(), job)
			if err != nil || got.Whether != platform.Found || got.Receipt.Evidence != platform.ByNative {
				t.Errorf("after its time: %+v (%v)", got, err)
			}
			if err := pub.Recall(t.Context(), job, r); platform.ClassOf(err) != platform.Duplicate {
				t.Errorf("recalled what is out: %v", err)
			}
		})
	}
}

// nowhere is where an answer goes that is lost.
type nowhere struct{ h http.Header }

func (n nowhere) Header() http.Header         { return n.h }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}

func TestScheduler_recalls(t *testing.T) {
	f := serve(t, honours)
	pub := f.publisher()
	p := platform.Post{Key: "a#mastodon#1", At: publishtest.Now().Add(time.Hour), Title: "Freins"}
	job, _ := jobOf(t, p)
	r, err := pub.HandOver(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if err := pub.Recall(t.Context(), job, r); err != nil {
		t.Fatal(err)
	}
	f.strike(p.At)
	if f.count("") != 0 {
		t.Error("it went out")
	}
}

// Whatever request of handing over goes wrong, it is handed over once.
func TestScheduler_handsOverOnceWhateverGoesWrong(t *testing.T) {
	for _, as := range faces() {
		for _, fault := range publishtest.Faults() {
			for at := 1; at < 10; at++ {
				f := serve(t, as)
				p := publishtest.Post(mastodon.Kind)
				p.At = publishtest.Now().Add(time.Hour)
				job, kept := jobOf(t, p)
				line := &publishtest.Line{Via: f.Client(), Fault: fault, At: at, Now: publishtest.Now}
				var r platform.Receipt
				err := platform.Refuse(platform.Temporary, "", "")
				for tries := 0; err != nil && tries < 9; tries++ {
					job.Handle = *kept
					var failed error
					r, failed = mastodon.New(f.account(), line).HandOver(t.Context(), job)
					err = nil
					if failed != nil {
						err = platform.As(failed)
					}
				}
				if err != nil || len(f.scheduled) != 1 || f.scheduled[0].id != r.ID || len(f.statuses) > 0 {
					t.Errorf("%s, %s of request %d: %+v, %d scheduled: %v", as, fault, at, r, len(f.scheduled), err)
				}
				if line.N < at {
					break
				}
			}
		}
	}
}

// What was handed over, its answer lost, is taken back before it is published by
// us: the program may find the time over in which the server schedules.
func TestCommit_takesBackWhatWasHandedOver(t *testing.T) {
	for _, known := range []bool{true, false} {
		f := serve(t, honours)
		pub := f.publisher()
		p := publishtest.Post(mastodon.Kind)
		p.At = publishtest.Now().Add(time.Hour)
		job, kept := jobOf(t, p)
		var err error
		if job.Handle, err = preparedAgain(t, pub, job); err != nil {
			t.Fatal(err)
		}
		line := &publishtest.Line{Via: f.Client(), Now: publishtest.Now}
		if !known {
			line.Fault, line.At = publishtest.DropAfter, 2 // the list, then the status
		}
		if _, err = mastodon.New(f.account(), line).HandOver(t.Context(), job); (err == nil) != known {
			t.Fatal(err)
		}
		if len(f.scheduled) != 1 {
			t.Fatalf("%d are scheduled", len(f.scheduled))
		}
		job.Handle, job.Since, job.Now = *kept, job.Now, p.At
		found, err := pub.Lookup(t.Context(), job)
		if err != nil || found.Whether != platform.NotFound {
			t.Fatalf("%+v (%v)", found, err)
		}
		job.Handle = found.Handle
		end := publishtest.Drive(t.Context(), pub, job, nil)
		f.strike(p.At.Add(time.Hour))
		if end.State != journal.Published || f.count("Régler") != 1 {
			t.Errorf("known %t: %+v, %d posts: %v", known, end, f.count("Régler"), end.Last)
		}
	}
}

// Two that are scheduled for the same instant are told apart by their files.
func TestScheduler_knowsItsFiles(t *testing.T) {
	f := serve(t, ignores)
	p := publishtest.Post(mastodon.Kind)
	p.At = publishtest.Now().Add(time.Hour)
	job, _ := jobOf(t, p)
	h, err := f.publisher().Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle = h
	first, err := f.publisher().HandOver(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	f.scheduled[0].text = "as the server writes it"
	again, err := f.publisher().HandOver(t.Context(), job)
	if err != nil || again.ID != first.ID || len(f.scheduled) != 1 {
		t.Errorf("%+v (%v), %d are scheduled", again, err, len(f.scheduled))
	}
}

// GoToSocial publishes at once what is due within five minutes.
func TestScheduler_refusesWhatTheServerWouldNotSchedule(t *testing.T) {
	f := serve(t, ignores)
	soon := platform.Post{Key: "a#mastodon#1", At: publishtest.Now().Add(5 * time.Minute), Title: "Freins"}
	many := thread(1)
	many.At = publishtest.Now().Add(time.Hour)
	for code, p := range map[string]platform.Post{"native-too-soon": soon, "native-thread": many} {
		job, _ := jobOf(t, p)
		_, err := f.publisher().HandOver(t.Context(), job)
		if e := platform.As(err); e.Class != platform.Invalid || e.Code != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if len(f.statuses)+len(f.scheduled) > 0 {
		t.Error("something was sent")
	}
}
