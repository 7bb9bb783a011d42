package content_test

import (
	"slices"
	"testing"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// What git left of two branches is one problem at its line, wherever it stands,
// and nothing is said of the two texts in one.
func TestRead_reportsAConflictOnce(t *testing.T) {
	t.Parallel()
	const (
		ours   = "<<<<<<< HEAD\n"
		theirs = ">>>>>>> fatou\n"
		said   = `post-conflict last="`
		names  = `" ours="HEAD" theirs="fatou"`
	)
	for _, tt := range []struct{ name, src, want string }{
		{"whole file", ours + "+++\ntitle = \"A\"\n+++\n=======\n+++\ntitle = \"B\"\n+++\n" + theirs, "a.md:1:1: " + said + "9" + names},
		{"front matter", "+++\n" + ours + "title = \"A\"\n=======\ntitle = \"B\"\n" + theirs + "stage = \"ready\"\n+++\nx\n", "a.md:2:1: " + said + "6" + names},
		{"YAML", "---\r\n" + "<<<<<<< HEAD\r\ntitle: A\r\n=======\r\ntitle: B\r\n>>>>>>> fatou\r\n---\r\nx\r\n", "a.md:2:1: " + said + "6" + names},
		{"fence", "+++\ntitle = \"A\"\n" + ours + "+++\nOne.\n=======\nstage = \"ready\"\n+++\nTwo.\n" + theirs, "a.md:3:1: " + said + "10" + names},
		{"body", "+++\ntitle = \"A\"\n+++\n\n" + ours + "One.\n||||||| 1a2b\nOld.\n=======\nTwo.\n" + theirs, "a.md:5:1: " + said + "11" + names},
		{"example", "+++\ntitle = \"A\"\n+++\n```text\n" + ours + "One.\n=======\nTwo.\n" + theirs + "```\n", ""},
		{"after an example", "+++\ntitle = \"A\"\n+++\n~~~~\n~~~\n~~~~\n" + ours + "One.\n=======\nTwo.\n" + theirs, "a.md:7:1: " + said + "11" + names},
		{"a heading", "+++\ntitle = \"A\"\n+++\nHeading\n=======\n>>>>>>> quote\n", ""},
		{"a shift", "+++\ntitle = \"A\"\n+++\n    <<<<<<< x\n", ""},
	} {
		p := content.Read("a.md", []byte(tt.src), content.Defaults{Zone: civil.UTC(), Lang: "en"})
		var got []string
		for _, x := range p.Problems {
			got = append(got, x.Error())
		}
		if want := slices.DeleteFunc([]string{tt.want}, func(s string) bool { return s == "" }); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
}
