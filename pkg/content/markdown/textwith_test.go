package markdown_test

import (
	"strings"
	"testing"

	"editorial/pkg/content/markdown"
)

// TestTextWith_writesTheAddressesOfWhatIsLinkedTo: of other pictures the text
// has none, and in a link that of the link alone.
func TestTextWith_writesTheAddressesOfWhatIsLinkedTo(t *testing.T) {
	t.Parallel()
	o := markdown.TextOptions{
		Linked:  func(dest string) bool { return strings.HasSuffix(dest, ".webp") },
		Picture: "Picture", Film: "Film", Sound: "Sound",
	}
	for body, want := range map[string][2]string{
		"A ![b](b.webp).":                                      {"A [b].\n", "A [b] <b.webp>.\n"},
		"A ![](b.webp).":                                       {"A .\n", "A [Picture] <b.webp>.\n"},
		"A ![b](b.jpg) ![](c.jpg).":                            {"A [b] .\n", "A [b] .\n"},
		"[![b](b.webp)](c)":                                    {"[b] <c>\n", "[b] <c>\n"},
		"![b](javascript:x.webp)":                              {"[b]\n", "[b]\n"},
		"[![b](b.webp)](javascript:x)":                         {"[b]\n", "[b] <b.webp>\n"},
		`A <img src="b.webp" alt="b">.`:                        {"A [b].\n", "A [b] <b.webp>.\n"},
		`A <a href="c"><img src="b.webp" alt="b"></a>.`:        {"A [b] <c>.\n", "A [b] <c>.\n"},
		`A <video src="f.mp4" title="G" controls></video>.`:    {"A <f.mp4>.\n", "A [G] <f.mp4>.\n"},
		`A <audio controls><source src="s.ogg"></audio>.`:      {"A <s.ogg> .\n", "A [Sound] <s.ogg> .\n"},
		"<video controls>\n<source src=\"f.mp4\">\n</video>\n": {"<f.mp4>\n", "[Film] <f.mp4>\n"},
	} {
		doc, err := markdown.New().Parse([]byte(body), "en")
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{doc.Text(0, nil), doc.TextWith(o)}; got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", body, got, want)
		}
	}
}
