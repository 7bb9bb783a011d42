package mastodon_test

import (
	"strings"
	"testing"
	"time"

	"editorial/internal/need/chance"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"

	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { chance.Run(m) }

// Whatever a text holds, it is known again in the HTML that servers make of it,
// and one that says something else is not taken for it.
func TestLookup_knowsAnyText(t *testing.T) {
	for _, as := range []face{honours, ignores} {
		f := serve(t, as)
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			words := rapid.SliceOfN(rapid.OneOf(
				rapid.SampledFrom([]string{
					"https://velo.org/a?b=1&c=2", "https://velo.org/é.", "#vélo", "@awa@social.org", "@awa@unknown.org", "@awa", "a<b>c", "&amp;", "&", "«\u00a0oui\u00a0»",
					"👨‍👩‍👧‍👦", "e\u0301", "\u200b", "<script>", "'\"", "1 < 2", "\u202f!",
				}), rapid.StringN(1, 8, 30),
			), 1, 10).Draw(rt, "words")
			text := strings.Join(words, rapid.SampledFrom([]string{" ", "\n", "\n\n"}).Draw(rt, "between"))
			n++
			p := platform.Post{Key: platform.NewKey("p", mastodon.Kind, n), At: publishtest.Now(), Text: text}
			m, err := mastodon.FormatOf(nil).Render(p)
			if err != nil {
				rt.Skip(err)
			}
			job := platform.Job{Key: p.Key, Due: p.At, Now: publishtest.Now(), Since: publishtest.Now(), Message: m}
			f.statuses = nil
			f.say(m.Parts[0].Text+" et plus", time.Second, 0)
			for _, want := range []platform.Whether{platform.NotFound, platform.Found} {
				got, err := f.publisher().Lookup(t.Context(), job)
				if err != nil || got.Whether != want && (want != platform.NotFound || got.Whether != platform.Unknown) {
					rt.Fatalf("%q as %s: %v (%v), want %v", m.Parts[0].Text, f.statuses[0].html, got.Whether, err, want)
				}
				f.say(m.Parts[0].Text, time.Second, 0)
			}
		})
	}
}
