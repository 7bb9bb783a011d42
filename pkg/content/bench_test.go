package content_test

import (
	"strings"
	"testing"

	"editorial/pkg/content"
)

// plainPosts are posts as most people write them, of 4,500 bytes.
func plainPosts() map[string]string {
	body := "\n" + strings.Repeat("L’atelier de la rue Haute répare les vélos le soir, avec *soin* et sans hâte.\n", 55)
	return map[string]string{
		"yaml": "---\nid: post-7\ntitle: \"Réparer un frein, lentement\"\ndate: 2026-07-14 09:30:00\nlang: fr\nauthors: [Awa Traoré]\ntags: [freins, atelier]\nstage: published\n---\n" + body,
		"toml": "+++\nid = \"post-7\"\ntitle = \"Réparer un frein, lentement\"\ndate = 2026-07-14T09:30:00\nlang = \"fr\"\nauthors = [\"Awa Traoré\"]\ntags = [\"freins\", \"atelier\"]\nstage = \"published\"\n+++\n" + body,
	}
}

// BenchmarkRead/plain is one post as most are. The limit it chases is 15 µs.
func BenchmarkRead(b *testing.B) {
	d := paris(b)
	for name, text := range plainPosts() {
		src := []byte(text)
		b.Run("plain/"+name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if p := content.Read("2026/2026-07-14-frein-7.md", src, d); len(p.Problems) > 0 {
					b.Fatal(p.Problems)
				}
			}
		})
	}
}
