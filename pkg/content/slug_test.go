package content_test

import (
	"testing"

	"golang.org/x/text/language"

	"editorial/pkg/content"
)

// TestRead_languagesAreCanonical: those that are known without asking are what
// the tables of BCP 47 say they are.
func TestRead_languagesAreCanonical(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{"de", "en", "es", "fr", "it", "nl", "pt", "FR", "pt-br", "en_GB", "iw", "fra", "zh-hant-tw"} {
		p := content.Read("a.md", []byte("---\nlang: "+tag+"\n---\n"), paris(t))
		if want := language.MustParse(tag).String(); p.Lang != want {
			t.Errorf("%s: %s, want %s", tag, p.Lang, want)
		}
	}
}
