package platforms_test

import (
	"testing"

	"editorial/internal/config"
	"editorial/internal/platforms"
)

// TestFormats_knowEveryKind: each names itself, and only what the site makes has
// none.
func TestFormats_knowEveryKind(t *testing.T) {
	t.Parallel()
	all := platforms.Formats()
	for _, kind := range config.Kind("").Known() {
		f, ok := all[config.Kind(kind)]
		switch made := kind == "blog" || kind == "rss" || kind == "newsletter"; {
		case ok == made:
			t.Errorf("%s: %t", kind, ok)
		case ok && f.Caps().Kind != kind:
			t.Errorf("%s calls itself %s", kind, f.Caps().Kind)
		}
		if kind := platforms.Plain(config.Kind(kind)).Caps().Kind; kind == "" {
			t.Errorf("%s has no name", kind)
		}
	}
	if len(all) != len(config.Kind("").Known())-3 {
		t.Errorf("%d formats", len(all))
	}
}
