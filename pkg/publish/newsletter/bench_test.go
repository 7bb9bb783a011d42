package newsletter_test

import (
	"testing"

	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/newsletter"
)

// BenchmarkMailing makes an edition of seven posts, parsed bodies given.
func BenchmarkMailing(b *testing.B) {
	s := sample.Site()
	e := everything(s)
	parsed := bodies(s, e)
	m, err := newsletter.NewMailing(options(), e)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Files(s, parsed); err != nil {
			b.Fatal(err)
		}
	}
}
