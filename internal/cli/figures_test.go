package cli

import (
	"testing"
	"time"

	"editorial/internal/store"
	"editorial/pkg/words"
)

func TestSayFigures(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tt := range []struct {
		m      store.Measure
		en, fr string
	}{
		{store.Measure{Mark: day}, "", ""},
		{store.Measure{Mark: day, Figures: map[string]int64{}}, "", ""},
		{store.Measure{Mark: day, Figures: map[string]int64{"likes": 1, "replies": 0, "views": 300}},
			"after 1 day: 300 views, 1 like, 0 replies", "au bout de 1 jour : 300 vues, 1 mention « j’aime », 0 réponse"},
		{store.Measure{Mark: 30 * day, Figures: map[string]int64{"x\x1b[2J": 2, "shares": 1}}, `after 30 days: x\u001b[2J: 2, shared 1 time`, ""},
	} {
		if got := wording(words.English).sayFigures(tt.m); got != tt.en {
			t.Errorf("%q, want %q", got, tt.en)
		}
		if got := wording(words.French).sayFigures(tt.m); tt.fr != "" && plainSpaces(got) != tt.fr {
			t.Errorf("%q, want %q", got, tt.fr)
		}
	}
}
