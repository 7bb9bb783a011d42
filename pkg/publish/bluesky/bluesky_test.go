package bluesky_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

var (
	_ platform.Publisher = (*bluesky.Publisher)(nil)
	_ platform.Checker   = (*bluesky.Publisher)(nil)
	_ platform.Meter     = (*bluesky.Publisher)(nil)
	_ platform.Commenter = (*bluesky.Publisher)(nil)
	_ platform.Follower  = (*bluesky.Publisher)(nil)
)

// purse keeps the token of one account, as the program does.
type purse struct {
	mu      sync.Mutex
	token   platform.Token
	renewed int
}

func passwordOnly(s string) *purse {
	return &purse{token: platform.Token{Access: platform.Hidden(s)}}
}

func (p *purse) Token(context.Context) (platform.Token, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.token, nil
}

func (p *purse) Renew(ctx context.Context, stale platform.Token, exchange func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token.Access != stale.Access {
		return p.token, nil
	}
	got, err := exchange(ctx, p.token)
	if err != nil {
		return platform.Token{}, err
	}
	p.renewed++
	p.token = got
	return got, nil
}

func (f *fake) account(purse platform.Credentials) platform.Account {
	return platform.Account{Server: f.URL, Name: "@velo.test", Credentials: purse, Options: map[string]string{bluesky.OptAppView: f.URL}}
}

func (f *fake) publisher() *bluesky.Publisher {
	return bluesky.New(f.account(passwordOnly(f.password)), f.Client())
}

func TestPublisher_keepsTheContract(t *testing.T) {
	f := serve(t)
	publishtest.Run(t, publishtest.Bench{
		New:   func(via wire.Doer) platform.Publisher { return bluesky.New(f.account(passwordOnly(f.password)), via) },
		Via:   f.Client(),
		Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
	})
}

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	f := serve(t)
	publishtest.Run(t, publishtest.Bench{
		New:   func(via wire.Doer) platform.Publisher { return bluesky.New(f.account(passwordOnly(f.password)), via) },
		Via:   f.Client(),
		Media: []platform.Media{publishtest.Film().Media()},
		Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
	})
}

// thread is a post of three parts, the n-th of its kind.
func thread(n int) platform.Post {
	p := publishtest.Post(bluesky.Kind)
	p.Key = platform.NewKey(fmt.Sprintf("thread-%d", n), bluesky.Kind, 1)
	p.Thread = true
	for i, s := range []string{"D’abord l’avant", "Puis l’arrière : #frein 👨‍👩‍👧‍👦 https://velo.example/a", "Et l’essai"} {
		p.Texts = append(p.Texts, fmt.Sprintf("%s (%d/%d)", s, n, i))
	}
	return p
}

func TestPublisher_keepsTheContractForThreads(t *testing.T) {
	for _, pictures := range []int{0, 1} {
		f := serve(t)
		publishtest.Run(t, publishtest.Bench{
			New: func(via wire.Doer) platform.Publisher { return bluesky.New(f.account(passwordOnly(f.password)), via) },
			Via: f.Client(),
			Post: func(n int) platform.Post {
				p := thread(n)
				p.Media = p.Media[:pictures]
				return p
			},
			Count: func(_ *testing.T, p platform.Post) int { return whole(p, f.count) },
		})
	}
}

// whole is how often a thread is out as a whole: 0 if a part is missing.
func whole(p platform.Post, count func(string) int) int {
	most := 0
	for _, s := range p.Texts {
		n := count(s)
		if n == 0 {
			return 0
		}
		most = max(most, n)
	}
	return most
}

// jobOf is a post on its way, kept as the worker keeps it.
func jobOf(t *testing.T, p platform.Post) (platform.Job, *platform.Handle) {
	t.Helper()
	m, err := bluesky.Format{}.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	var kept platform.Handle
	return platform.Job{
		Key: p.Key, Due: p.At, Now: publishtest.Now(), Message: m, Files: publishtest.Album(),
		Save: func(_ context.Context, h platform.Handle) error {
			kept = append(platform.Handle(nil), h...)
			return nil
		},
	}, &kept
}

// wireOf reads what was frozen.
func wireOf(t *testing.T, m platform.Message) (parts []struct {
	Rkey   string
	Record struct {
		Text, CreatedAt string
		Langs           []string
		Facets          []struct {
			Index    struct{ ByteStart, ByteEnd int }
			Features []struct{ URI, Tag string }
		}
		Embed *struct {
			External struct{ URI, Title, Description string }
		}
	}
}) {
	t.Helper()
	var w struct{ Parts json.RawMessage }
	if err := json.Unmarshal(m.Wire, &w); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(w.Parts, &parts); err != nil {
		t.Fatal(err)
	}
	return parts
}
