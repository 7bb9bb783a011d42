package secret_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/zalando/go-keyring"

	"editorial/internal/secret"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

var notInRing = keyring.ErrNotFound

func full() secret.Record {
	return secret.Record{
		Account: "@alice@social.example", Server: "https://social.example", ClientID: "app", ClientSecret: "app-s3cr3t",
		Token: platform.Token{
			Access: "acc3ss-token", Secret: "s3cr3t-of-token", Refresh: "r3fresh-token", Expires: begin.Add(time.Hour),
			RefreshBy: begin.Add(24 * time.Hour), Scopes: []string{"read", "write"},
		},
		Seed: "seed",
	}
}

func codeOf(err error) problem.Code {
	var p problem.Problem
	errors.As(err, &p)
	return p.Code
}

func TestVault_keepsInTheKeyringOrTheFile(t *testing.T) {
	t.Parallel()
	down := newRing()
	down.broken = errors.New("no bus")
	for _, tt := range []struct {
		name string
		ring secret.Ring
		want secret.Where
	}{{"keyring", newRing(), secret.Keyring}, {"no keyring", nil, secret.AgeFile}, {"keyring out of order", down, secret.AgeFile}} {
		o := newOffice(t)
		o.ring = tt.ring
		at, err := o.open().Put(t.Context(), "mastodon", full())
		if at != tt.want || err != nil {
			t.Errorf("%s: kept in %q, %v", tt.name, at, err)
			continue
		}
		v := o.open() // another program
		got, at, ok, err := v.Get(t.Context(), "mastodon")
		if !ok || err != nil || at != tt.want {
			t.Fatalf("%s: %v, %v, %v", tt.name, at, ok, err)
		}
		want := full()
		want.At = begin
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", tt.name, d)
		}
		if _, _, ok, err := v.Get(t.Context(), "x"); ok || err != nil && tt.ring != secret.Ring(down) {
			t.Errorf("%s: a platform that nobody connected: %v, %v", tt.name, ok, err)
		}
		if err := v.Remove(t.Context(), "mastodon"); err != nil && tt.ring != secret.Ring(down) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if _, _, ok, _ := o.open().Get(t.Context(), "mastodon"); ok {
			t.Errorf("%s: it is still there", tt.name)
		}
	}
}

func TestVault_theLaterRecordCounts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r := newRing()
	o.ring = r
	old, fresh := full(), full()
	fresh.Token.Access = "fresh-token"
	if _, err := o.open().Put(t.Context(), "x", old); err != nil {
		t.Fatal(err)
	}
	r.broken = errors.New("locked") // so the old one stays in it
	o.now = begin.Add(-time.Hour)   // and the clock goes back
	if at, err := o.open().Put(t.Context(), "x", fresh); at != secret.AgeFile || err != nil {
		t.Fatal(at, err)
	}
	r.broken = nil
	o.now = begin.Add(time.Hour)
	if at, err := o.open().Put(t.Context(), "x", fresh); at != secret.Keyring || err != nil {
		t.Fatal(at, err)
	}
	r.broken = errors.New("locked")
	fresh.Token.Access = "fresher-token"
	o.now = begin.Add(2 * time.Hour)
	if at, err := o.open().Put(t.Context(), "x", fresh); at != secret.AgeFile || err != nil {
		t.Fatal(at, err)
	}
	r.broken = nil
	got, at, _, err := o.open().Get(t.Context(), "x")
	if err != nil || at != secret.AgeFile || got.Token.Access != "fresher-token" {
		t.Errorf("%v from %s, %v", got.Token.Access.Reveal(), at, err)
	}
}

func TestFile_tellsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.open().Put(t.Context(), "mastodon", full()); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"acc3ss-token", "s3cr3t-of-token", "r3fresh-token", "app-s3cr3t"}
	err := filepath.WalkDir(o.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); path != o.dir && runtime.GOOS != "windows" && mode&0o077 != 0 {
			t.Errorf("%s: others may do %o", path, mode)
		}
		if e.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		for _, s := range secrets {
			if bytes.Contains(data, []byte(s)) {
				t.Errorf("%s holds %s", path, s)
			}
		}
		if strings.Contains(filepath.Base(path), "tmp") {
			t.Errorf("%s is left", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// Whoever has the identity can open it with age itself.
	key, err := os.Open(filepath.Join(o.dir, "home", "identity.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer key.Close()
	ids, err := age.ParseIdentities(key)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := os.Open(filepath.Join(o.dir, ".editorial", "secrets.age"))
	if err != nil {
		t.Fatal(err)
	}
	defer sealed.Close()
	if _, err := age.Decrypt(sealed, ids...); err != nil {
		t.Error(err)
	}
}

func TestFile_thatCannotBeOpenedIsNeverReplaced(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		harm func(o office, sealed string)
		code problem.Code
	}{
		"identity lost": {func(o office, _ string) { os.RemoveAll(filepath.Join(o.dir, "home")) }, secret.CodeNoIdentity},
		"another identity": {func(o office, _ string) {
			os.RemoveAll(filepath.Join(o.dir, "home"))
			other := o
			other.dir = filepath.Join(o.dir, "other")
			if _, err := other.open().Put(t.Context(), "x", full()); err != nil {
				t.Fatal(err)
			}
			os.Rename(filepath.Join(other.dir, "home"), filepath.Join(o.dir, "home"))
		}, secret.CodeBroken},
		"cut":   {func(_ office, sealed string) { os.Truncate(sealed, 300) }, secret.CodeBroken},
		"empty": {func(_ office, sealed string) { os.Truncate(sealed, 0) }, secret.CodeBroken},
		"a link": {func(_ office, sealed string) {
			os.Rename(sealed, sealed+".moved")
			if err := os.Symlink(sealed+".moved", sealed); err != nil {
				t.Skip(err)
			}
		}, secret.CodeBroken},
		"no identity at all": {func(o office, _ string) {
			os.WriteFile(filepath.Join(o.dir, "home", "identity.txt"), []byte("AGE-SECRET-KEY-NOTONE-hunter2\n"), 0o600)
		}, secret.CodeBadIdentity},
	} {
		o := newOffice(t)
		if _, err := o.open().Put(t.Context(), "x", full()); err != nil {
			t.Fatal(err)
		}
		sealed := filepath.Join(o.dir, ".editorial", "secrets.age")
		tt.harm(o, sealed)
		before, _ := os.ReadFile(sealed)
		_, _, ok, err := o.open().Get(t.Context(), "x")
		if ok || codeOf(err) != tt.code {
			t.Errorf("%s: reading: %v, %v", name, ok, err)
		}
		if _, err := o.open().Put(t.Context(), "y", full()); codeOf(err) != tt.code {
			t.Errorf("%s: writing: %v", name, err)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error quotes the file: %v", name, err)
		}
		if after, _ := os.ReadFile(sealed); !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

func TestIdentity_withAPassphrase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := func(passphrase string) *secret.Vault {
		return secret.Open(secret.Options{
			Dir: filepath.Join(dir, ".editorial"), Now: func() time.Time { return begin },
			Identity: secret.Identity{Path: filepath.Join(dir, "id"), Passphrase: passphrase, WorkFactor: 2},
		})
	}
	if _, err := open("correct horse").Put(t.Context(), "x", full()); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "id")); bytes.Contains(data, []byte("AGE-SECRET-KEY")) {
		t.Error("the identity stands open")
	}
	if _, _, ok, err := open("correct horse").Get(t.Context(), "x"); !ok || err != nil {
		t.Errorf("with the passphrase: %v, %v", ok, err)
	}
	for _, wrong := range []string{"", "battery staple"} {
		if _, _, ok, err := open(wrong).Get(t.Context(), "x"); ok || codeOf(err) != secret.CodePassphrase {
			t.Errorf("%q: %v, %v", wrong, ok, err)
		}
	}
}

func TestVault_tellsEverySecret(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.open().Put(t.Context(), "x", full()); err != nil {
		t.Fatal(err)
	}
	var r secret.Redactor
	v := secret.Open(secret.Options{
		Dir: filepath.Join(o.dir, ".editorial"), Now: func() time.Time { return begin }, Tell: r.Add,
		Identity: secret.Identity{Path: filepath.Join(o.dir, "home", "identity.txt")},
	})
	v.Credentials("y", platform.Token{Access: "configur3d"})
	if _, _, _, err := v.Get(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	if got := r.String("acc3ss-token r3fresh-token s3cr3t-of-token app-s3cr3t configur3d"); got != "*** *** *** *** ***" {
		t.Errorf("got %q", got)
	}
}
