// Package leak is for tests that a secret appears nowhere: it plants secrets that
// nothing else is like, and hunts for them, in every form in which they travel, in
// what a program prints, writes and leaves behind.
package leak

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"editorial/internal/secret"
)

// Hunt knows the secrets that were planted.
type Hunt struct {
	forms map[string][]string // by the name of the secret
}

// Plant returns a secret of a name: a text with all that is written otherwise in
// addresses, JSON, HTML and headers.
func (h *Hunt) Plant(name string) string {
	s := fmt.Sprintf("pl4nted-%s_/+=&%%<\"'>:%s-3nd", name, name)
	h.Know(name, s)
	return s
}

// PlantPlain returns one of letters and digits, for where others are refused.
func (h *Hunt) PlantPlain(name string) string {
	s := "pl4ntedpl4in" + name + "3nd"
	h.Know(name, s)
	return s
}

// Know takes a secret that was made elsewhere.
func (h *Hunt) Know(name, s string) {
	if h.forms == nil {
		h.forms = map[string][]string{}
	}
	h.forms[name] = append(h.forms[name], secret.Forms(s)...)
}

// In returns the names of the secrets that stand in a text.
func (h *Hunt) In(text []byte) []string {
	var found []string
	for name, forms := range h.forms {
		if slices.ContainsFunc(forms, func(f string) bool { return bytes.Contains(text, []byte(f)) }) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// Text reports the secrets of a text, such as what a program printed.
func (h *Hunt) Text(t testing.TB, where string, text []byte) {
	t.Helper()
	for _, name := range h.In(text) {
		t.Errorf("%s tells the secret %q", where, name)
	}
}

// Folder reports the secrets of all files below a folder: databases with their
// journals, logs, core dumps, whatever there is. Files of these paths below it
// are left out: those in which a person wrote a secret.
func (h *Hunt) Folder(t testing.TB, dir string, except ...string) {
	t.Helper()
	looked := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		below, err := filepath.Rel(dir, path)
		if err != nil || slices.Contains(except, filepath.ToSlash(below)) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		h.Text(t, below, data)
		h.Text(t, "the name of "+below, []byte(below))
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if looked == 0 {
		t.Errorf("no file below %s: the hunt looks in the wrong place", dir)
	}
}
