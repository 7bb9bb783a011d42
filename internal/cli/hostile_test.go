package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"editorial/internal/cli"
)

// hostileConfig is an office with all that can be made of a post.
const hostileConfig = `[site]
title = "Site"
url = "https://site.example/"
lang = "en"
zone = "Europe/Paris"
[feeds]
by_tag = true
[newsletter]
title = "Letter"
from = "Letter <letter@site.example>"
postal_address = "1 Road"
list_id = "letter.site.example"
unsubscribe_url = "https://site.example/out"
why = "You asked."
archive = true
[platforms.blog]
role = "all"
rhythm.times = ["Tue 09:00"]
[platforms.newsletter]
role = "reminder"
rhythm.times = ["Thu 08:00"]
derives_from = "blog"
`

// hostileNow is a Sunday in the morning.
const hostileNow = "2026-11-01 10:00"

// hostileOffice makes an office of files and returns its folder.
func hostileOffice(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "config.toml", hostileConfig)
	for name, text := range files {
		put(t, dir, name, text)
	}
	return dir
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// outPost is a post that is out.
func outPost(front, body string) string {
	return "+++\ntitle = \"Post\"\nstage = \"published\"\ndate = 2026-01-01\n" + front + "\n+++\n" + body
}

// did is what a command did.
type did struct {
	code        int
	out, errOut string
}

// does runs a command on the office of a folder. Whatever it is, it ends with a
// code of its own, in words that do nothing to a terminal.
func does(t testing.TB, dir string, args ...string) did {
	t.Helper()
	var out, errOut bytes.Buffer
	code := cli.Main(context.Background(), cli.Env{
		Args: append([]string{"-C", dir, "--now", hostileNow}, args...), In: strings.NewReader(""), Out: &out, Err: &errOut,
		Environ: []string{"COLUMNS=80"}, Now: time.Now,
	})
	d := did{code, out.String(), errOut.String()}
	if code != cli.ExitOK && code != cli.ExitFound && code != cli.ExitCannotRun {
		t.Errorf("%q: exit code %d\n%s", args, code, d.errOut)
	}
	for name, text := range map[string]string{"stdout": d.out, "stderr": d.errOut} {
		if len(args) > 0 && args[0] == "__complete" {
			text = strings.ReplaceAll(text, "\t", " ") // of the protocol between shells and programs
		}
		if at := strings.IndexFunc(text, obeyed); at >= 0 || !utf8.ValidString(text) {
			t.Errorf("%q: %s has raw %.60q", args, name, text[max(0, at):])
		}
		if strings.Contains(text, "panic") || strings.Contains(text, "goroutine ") {
			t.Errorf("%q: %s: %s", args, name, text)
		}
	}
	return d
}

// obeyed reports what a terminal obeys, or turns the text around, in place of
// showing it.
func obeyed(r rune) bool {
	return unicode.IsControl(r) && r != '\n' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
		r == 0x200e || r == 0x200f || r == 0x061c
}

// checked returns the problems that "check" finds, as "place: code", and holds
// that every refusal says what to do.
func checked(t testing.TB, dir string) []string {
	t.Helper()
	var doc struct {
		Problems []struct {
			File, Code, Severity, Sentence, Hint string
			Line                                 int
		}
	}
	d := does(t, dir, "check", "--json")
	if err := json.Unmarshal([]byte(d.out), &doc); err != nil {
		t.Fatalf("%v\n%.300s\n%s", err, d.out, d.errOut)
	}
	var found []string
	for _, p := range doc.Problems {
		if p.Severity == "info" {
			continue
		}
		found = append(found, p.File+": "+p.Code)
		if p.File == "" || p.Sentence == "" || p.Severity == "error" && p.Hint == "" {
			t.Errorf("not said whole: %+v", p)
		}
	}
	return found
}
