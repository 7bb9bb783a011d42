package content_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
)

func TestVariant_isDividedByLinesOfHyphens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                                      nil,
		"un":                                    nil,
		"un -- deux\n- trois\n--\n":             nil,
		"un\n---\ndeux":                         {"un", "deux"},
		"un\n\nbis\r\n---  \n\n\n-----\ndeux\n": {"un\n\nbis", "deux"},
		"---\nun":                               {"un"},
		"---":                                   nil,
	} {
		if d := cmp.Diff(want, content.Variant{Text: text}.Parts()); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
	// As it stands in the front matter of each format.
	for _, src := range []string{
		"---\ntitle: t\nvariants:\n  x:\n    text: |\n      un\n      ---\n      deux\n---\n",
		"+++\ntitle = \"t\"\n[variants.x]\ntext = \"\"\"\nun\n---\ndeux\n\"\"\"\n+++\n",
		"{\"title\": \"t\", \"variants\": {\"x\": {\"text\": \"un\\n---\\ndeux\"}}}\n",
	} {
		p := content.Read("a.md", []byte(src), content.Defaults{})
		if d := cmp.Diff([]string{"un", "deux"}, p.Variants["x"].Parts()); d != "" || p.HasErrors() {
			t.Errorf("%s (-want +got):\n%s%v", src, d, p.Problems)
		}
	}
}

func TestVariant_threadIsYesOrNo(t *testing.T) {
	t.Parallel()
	p := content.Read("a.md", []byte("---\ntitle: t\nvariants: {x: {thread: perhaps}, y: {thread: }}\n---\n"), content.Defaults{})
	if len(p.Problems) != 1 || p.Problems[0].Code != content.CodeNotBoolean {
		t.Errorf("%v", p.Problems)
	}
}
