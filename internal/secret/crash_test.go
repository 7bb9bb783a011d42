package secret_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/need/chance"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// TestMain is also the program that dies: with DIE_AT it renews the token of "x"
// and ends, without a word to anybody, at that step.
func TestMain(m *testing.M) {
	at := os.Getenv("DIE_AT")
	if at == "" {
		chance.Run(m)
		return // with what came of it
	}
	o := office{dir: os.Getenv("OFFICE"), now: begin.Add(time.Minute)}
	p := rotating{os.Getenv("PLATFORM")}
	v := o.open()
	const died = 137
	v.OnStep(func(step string) {
		if step == at {
			os.Exit(died)
		}
	})
	_, err := v.Credentials("x", platform.Token{}).Renew(context.Background(), issue(1), func(ctx context.Context, old platform.Token) (platform.Token, error) {
		t, err := p.exchange(ctx, old)
		if at == "answer lost" {
			os.Exit(died)
		}
		return t, err
	})
	if err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// TestRenew_diesAtEachStep: a program that ends anywhere in a renewal leaves an
// office that goes on, or one of which it is told at once that a person must
// connect it again. The old refresh token is sent again only then.
func TestRenew_diesAtEachStep(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at string
		// lost: the new token was issued and nobody has it.
		lost bool
		// first is the access token that the next program works with.
		first string
	}{
		{"locked", false, "access-2"},
		{"marked", false, "access-1"}, // it cannot know that nothing was sent
		{"answer lost", true, "access-1"},
		{"exchanged", true, "access-1"},
		{"written", false, "access-2"},
		{"read back", false, "access-2"},
		{"cleared", false, "access-2"},
	} {
		t.Run(tt.at, func(t *testing.T) {
			t.Parallel()
			o, p := connected(t)
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), "DIE_AT="+tt.at, "OFFICE="+o.dir, "PLATFORM="+p.dir)
			var died *exec.ExitError
			if err := cmd.Run(); !errors.As(err, &died) || died.ExitCode() != 137 {
				t.Fatalf("it did not die there: %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(o.dir, ".editorial", ".editorial-tmp-*")); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
			o.now = begin.Add(2 * time.Minute)
			c := o.x()
			got, err := c.Renew(t.Context(), issue(1), p.exchange)
			if err != nil || got.Access.Reveal() != tt.first {
				t.Fatalf("the next program: %q, %v, want %q", got.Access.Reveal(), err, tt.first)
			}
			if p.dead() {
				t.Fatal("a token was sent twice while the access token was good")
			}
			if tt.first != "access-1" {
				return
			}
			// The platform calls the access token stale as well.
			got, err = c.Renew(t.Context(), issue(1), p.exchange)
			switch {
			case tt.lost && platform.ClassOf(err) != platform.Auth:
				t.Errorf("nobody is told to connect again: %v", err)
			case !tt.lost && (err != nil || got.Access != "access-2"):
				t.Errorf("%q, %v", got.Access.Reveal(), err)
			case access(t, o.x()) == "":
				t.Error("the record is gone")
			}
			// A person connects again: nothing of before stands in the way.
			if !tt.lost {
				return
			}
			fresh := platform.Token{Access: "access-9", Refresh: "refresh-9", Expires: begin.Add(time.Hour)}
			if _, err := o.open().Put(t.Context(), "x", secret.Record{Token: fresh}); err != nil {
				t.Fatal(err)
			}
			if got := access(t, o.x()); got != "access-9" {
				t.Errorf("after connecting again: %q", got)
			}
		})
	}
}
