package publish_test

import (
	"net/url"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"editorial/pkg/publish"
)

// FuzzMailTo: whatever an address and a title hold, the mail has that one
// recipient, that one subject and no other field.
func FuzzMailTo(f *testing.F) {
	f.Add("a@b.example", "Été & hiver?")
	f.Add("a?cc=x@b.example", "x&bcc=y@z.example\r\nBcc: x")
	f.Add("a,b@c.example", "#=%26+;")
	f.Add("", "\u2028\u202e\xff")
	f.Fuzz(func(t *testing.T, address, subject string) {
		got := publish.MailTo(address, subject)
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "mailto" || u.Fragment != "" || strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '<' }) {
			t.Fatalf("%q, %v", got, err)
		}
		to, err := url.PathUnescape(u.Opaque)
		if err != nil || to != address || strings.Count(u.Opaque, "@") > 1 || strings.ContainsAny(u.Opaque, ",;&?") {
			t.Errorf("%q: goes to %q, %v", got, to, err)
		}
		fields, err := url.ParseQuery(strings.ReplaceAll(u.RawQuery, "+", "%2B"))
		if err != nil || len(fields) != 1 || fields.Get("subject") != publish.Line(subject) {
			t.Errorf("%q: %v, %v", got, fields, err)
		}
	})
}

// FuzzCheckPaths writes the files that are let through to a disk that keeps no
// two names apart by their case or their form: each has a place of its own.
func FuzzCheckPaths(f *testing.F) {
	for _, s := range []string{"a\nA", "a/b\na", "a\na/b", "é\ne\u0301", "../x", "/x", "a//b", "a/./b", "a\\b", "c:x", ".", "", "a/b/c\nA/B", "\xff", "İ\ni\u0307", "ß\nSS"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, names string) {
		var files []publish.File
		for name := range strings.SplitSeq(names, "\n") {
			files = append(files, publish.File{Path: name})
		}
		if publish.CheckPaths(files) != nil {
			return
		}
		folders, disk := map[string]bool{}, map[string]bool{}
		for _, file := range files {
			if file.Path != path.Clean(file.Path) || path.IsAbs(file.Path) || !utf8.ValidString(file.Path) || strings.HasPrefix(file.Path, "../") || file.Path == ".." || strings.Contains(file.Path, "\x00") {
				t.Errorf("%q is let through", file.Path)
			}
			name := strings.ToLower(norm.NFC.String(file.Path))
			for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
				folders[dir] = true
			}
			if disk[name] {
				t.Errorf("%q stands twice in %q", name, names)
			}
			disk[name] = true
		}
		for name := range disk {
			if folders[name] {
				t.Errorf("%q is a file and a folder in %q", name, names)
			}
		}
	})
}
