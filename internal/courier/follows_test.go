package courier

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAnnounce_followsAPublicationOnTheOwnSite: search engines hear of the page
// once it is built; what they refuse is said and not asked again, what did not
// arrive is, and neither is a matter of the delivery.
func TestAnnounce_followsAPublicationOnTheOwnSite(t *testing.T) {
	t.Parallel()
	var told []string
	var refused string
	fails := errors.New("503 service unavailable")
	h := newHouse(t, func(o *Options) {
		const config = "[site]\ntitle = 'T'\nurl = 'https://velo.example/'\nindexnow = '8f14e45f-ceea'\n[platforms.blog]\n"
		post := "---\nid: own-1\nslug: post-1\ntitle: One\nstage: ready\nplatforms: [blog]\n---\nx\n"
		for name, text := range map[string]string{"config.toml": config, "content/own.md": post, "calendar.txt": "2026-12-01T07:30Z[UTC] blog own-1#blog#1\n"} {
			if err := os.WriteFile(filepath.Join(o.Dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		load := o.Load
		o.Build = func(ctx context.Context) error {
			made, err := load(ctx)
			if err == nil {
				_, err = made.Build(ctx, o.Dir)
			}
			return err
		}
		o.Announce = func(_ context.Context, pages []string) (string, error) {
			told = append(told, pages...)
			return refused, fails
		}
	})
	all, err := h.Publish(t.Context())
	if err != nil || len(all) != 1 || all[0].State != "published" {
		t.Fatalf("%+v, %v", all, err)
	}
	const page = "https://velo.example/post-1/"
	if !slices.Equal(told, []string{page}) {
		t.Errorf("told of %q", told)
	}
	if key, err := os.ReadFile(filepath.Join(h.Dir, "public", "8f14e45f-ceea.txt")); err != nil || string(key) != "8f14e45f-ceea" {
		t.Errorf("%q, %v", key, err)
	}
	if err := h.Engine.Follow(t.Context(), all[0].Key, "indexnow"); !errors.Is(err, fails) {
		t.Errorf("what did not arrive: %v", err)
	}
	refused, fails = "403 hush", nil
	if err := h.Engine.Follow(t.Context(), all[0].Key, "indexnow"); err != nil || !strings.Contains(h.said.String(), "403 ***") {
		t.Errorf("what is refused: %v\n%s", err, h.said.String())
	}
	if d, _, err := h.Store.Get(t.Context(), all[0].Key); err != nil || d.State != "published" || d.Step != all[0].Step {
		t.Errorf("the delivery changed: %+v, %v", d, err)
	}
}
