package content_test

import (
	"slices"
	"testing"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// TestRead_aNameWithADayThatThereIsNot is an error below _posts, for the post
// would be a draft and nothing would say why.
func TestRead_aNameWithADayThatThereIsNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, front, day string }{
		{"_posts/2024-02-30-bad.md", "", "2024-02-30"},
		{"_posts/2024-02-30.md", "", "2024-02-30"},
		{"velo/_posts/2023-2-29-bad.fr.md", "", "2023-2-29"},
		{"_posts/2024-13-01-bad.md", "", "2024-13-01"},
		{"_posts/2024-00-10 bad.md", "stage: ready\n", "2024-00-10"},
		{"_posts/2024-02-30-dated.md", "date: 2024-03-01\n", ""},
		{"_posts/2024-02-29-good.md", "", ""},
		{"_posts/2024-02-300-parts.md", "", ""},
		{"_posts/2024-02-30s.md", "", ""},
		{"_posts/hello.md", "", ""},
		{"_posts/1234-5.md", "", ""},
		{"_drafts/2024-02-30-later.md", "", ""},
		{"2024-02-30-of-something.md", "", ""},
	} {
		p := content.Read(c.name, []byte("---\ntitle: x\n"+c.front+"---\nx\n"), content.Defaults{Lang: "en"})
		i := slices.IndexFunc(p.Problems, func(x problem.Problem) bool { return x.Code == content.CodeNoDayInName })
		got := ""
		if i >= 0 {
			got = p.Problems[i].Params["value"]
			if p.Problems[i].File != c.name || !p.HasErrors() {
				t.Errorf("%s: %v", c.name, p.Problems[i])
			}
		}
		if got != c.day {
			t.Errorf("%s: %q, want %q", c.name, got, c.day)
		}
	}
}
