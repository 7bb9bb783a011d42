package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"editorial/internal/courier"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// openCourier opens the office for delivery. log is where the worker says what it
// does; nil is nowhere.
func (a *app) openCourier(ctx context.Context, log io.Writer) (*courier.Courier, error) {
	opts := courier.Options{
		Dir: a.dir, Now: a.present, Redact: a.redact.String, Build: a.buildSite, Connect: a.accounts, Tell: a.tellHub, Announce: a.announce, Check: a.checkAccounts, Feed: a.fetchFeed,
		Load: func(ctx context.Context) (*office.Office, error) { return a.loadQuietly(ctx) },
		Node: fmt.Sprintf("%s-%d-%d", hostname(), os.Getpid(), a.Now().UnixNano()),
	}
	if log != nil {
		opts.Log = slog.New(slog.NewTextHandler(log, nil))
	}
	c, err := courier.Open(ctx, opts)
	if err != nil && c.Office != nil && c.Store == nil {
		return nil, a.configErrors(c.Office, err)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// accounts opens the accounts as the configuration has them now.
func (a *app) accounts(ctx context.Context) (courier.Connect, error) {
	book, err := a.book()
	if err != nil {
		return nil, err
	}
	return func(name string) (platform.Format, platform.Publisher, error) {
		return book.Deliver(ctx, name, filepath.Join(a.dir, office.StateDir), a.Environ)
	}, nil
}

// tellHub tells the site's hub of feeds.
func (a *app) tellHub(ctx context.Context, feeds []string) error {
	book, err := a.book()
	if err != nil {
		return err
	}
	return book.TellHub(ctx, feeds, a.present())
}

// announce tells search engines of pages of the site.
func (a *app) announce(ctx context.Context, pages []string) (refused string, err error) {
	book, err := a.book()
	if err != nil {
		return "", err
	}
	return book.TellSearch(ctx, pages, a.present())
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "host"
	}
	return name
}

// present is now: the fixed instant where there is one.
func (a *app) present() time.Time {
	if a.now == "" {
		return a.Now()
	}
	zone, err := civil.LoadZone("UTC")
	if err != nil {
		return a.Now()
	}
	at, err := a.clock(zone)
	if err != nil {
		return a.Now()
	}
	return at
}

// realClock refuses a fixed clock: a command that can send does not obey it.
func (a *app) realClock() error { return a.realClockFor("delivery.fixed-clock") }

// realClockFor is realClock, said with the sentence and the hint of a key.
func (a *app) realClockFor(key string) error {
	if a.now != "" {
		return a.usage(key, nil)
	}
	return nil
}

// buildSite makes the site as it is now.
func (a *app) buildSite(ctx context.Context) error {
	opts := a.office()
	opts.Build = true
	_, err := office.Steady(func() (*office.Office, error) { return office.Load(ctx, opts) }, func(o *office.Office) error {
		_, err := o.Build(ctx, o.Dir)
		return err
	})
	return err
}

// idLength is how many characters the short name of a delivery has.
const idLength = 8

// shortID is what people call a delivery.
func shortID(key platform.Key) string { return key.Token(idLength) }

// findDelivery finds the delivery that a person means: by its short name or the
// beginning of one, its key, or its post's file or slug. wanted says which states
// make sense; of several deliveries of a post those in such a state count.
func (a *app) findDelivery(ctx context.Context, c *courier.Courier, name string, wanted ...journal.State) (store.Delivery, error) {
	all, err := c.Store.All(ctx)
	if err != nil {
		return store.Delivery{}, err
	}
	var found, fit []store.Delivery
	for _, d := range all {
		if !called(d, name) {
			continue
		}
		found = append(found, d)
		for _, s := range wanted {
			if d.State == s {
				fit = append(fit, d)
			}
		}
	}
	if len(fit) > 0 {
		found = fit
	}
	switch len(found) {
	case 0:
		return store.Delivery{}, a.usage("delivery.unknown", problem.Params{"name": name})
	case 1:
		return found[0], nil
	}
	var names []string
	for _, d := range found {
		names = append(names, shortID(d.Key)+" ("+d.Platform+")")
	}
	return store.Delivery{}, a.usage("delivery.several", problem.Params{"name": name, "names": list(names)})
}

// called reports whether a person may mean a delivery by a name.
func called(d store.Delivery, name string) bool {
	if string(d.Key) == name || len(name) >= 4 && strings.HasPrefix(d.Key.Token(64), strings.ToLower(name)) {
		return true
	}
	if d.File == "" {
		return false
	}
	name = strings.TrimPrefix(name, office.ContentDir+"/")
	base := d.File[strings.LastIndexByte(d.File, '/')+1:]
	return name == d.File || name == base || name == strings.TrimSuffix(base, ".md")
}
