package ical_test

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"editorial/internal/need"
)

//go:embed testdata/readers.py
var script string

// readers is a Python process that reads calendars.
type readers struct {
	mu  sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

// component is an event or a to-do as a reader understood it.
type component struct {
	Kind, UID, Start, End, Due, Stamp, Modified string
	Summary, Description, URL, Status           string
	Categories                                  []string
	Priority, Percent, Estimate                 string
}

func newReaders(t testing.TB) *readers {
	t.Helper()
	cmd := exec.Command(need.Python(t, "dateutil", "icalendar", "vobject"), "-I", "-c", script)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v: %s", err, &stderr)
		}
	})
	return &readers{in: in, out: bufio.NewReader(out)}
}

// read returns what each reader found, by its name.
func (r *readers) read(t testing.TB, ics []byte) map[string][]component {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, err := fmt.Fprintf(r.in, "%d\n%s", len(ics), ics); err != nil {
		t.Fatal(err)
	}
	line, err := r.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var refused struct{ Error string }
	if err := json.Unmarshal(line, &refused); err == nil && refused.Error != "" {
		t.Errorf("%s\n%.800s", refused.Error, ics)
		return nil
	}
	var found map[string][]component
	if err := json.Unmarshal(line, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// checkLines holds the form of content lines: CRLF, at most 75 octets, UTF-8 in
// every line, a name in front unless it continues another, BEGIN and END in
// pairs. It returns the unfolded lines.
func checkLines(t testing.TB, ics []byte) []string {
	t.Helper()
	text, ok := strings.CutSuffix(string(ics), "\r\n")
	if !ok {
		t.Errorf("the last line has no end")
	}
	var unfolded, open []string
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 || line != strings.ToValidUTF8(line, "?") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			t.Errorf("line %q", line)
		}
		if more, ok := strings.CutPrefix(line, " "); ok && len(unfolded) > 0 {
			unfolded[len(unfolded)-1] += more
		} else {
			unfolded = append(unfolded, line)
		}
	}
	for _, line := range unfolded {
		name, value, ok := strings.Cut(line, ":")
		name, _, _ = strings.Cut(name, ";")
		if !ok || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
			t.Errorf("no property: %q", line)
		}
		switch name {
		case "BEGIN":
			open = append(open, value)
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("END:%s in %v", value, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("not ended: %v", open)
	}
	return unfolded
}
