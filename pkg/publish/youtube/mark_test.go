package youtube

import (
	"slices"
	"testing"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// TestLookup_knowsTheFilmByItsMark: another placement's film that says the same is
// none of ours; one that says the same and has no mark is for a person.
func TestLookup_knowsTheFilmByItsMark(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	p := post(1)
	theirs := job(t, account, p)
	if end := publishtest.Drive(t.Context(), publisher(account, via), theirs, nil); end.State != journal.Published {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	p.Key = platform.NewKey("another", Kind, 1)
	ours := job(t, account, p)
	look := func(want platform.Whether) platform.Finding {
		t.Helper()
		got, err := publisher(account, via).Lookup(t.Context(), ours)
		if err != nil || got.Whether != want {
			t.Errorf("%+v %v, want %v", got, err, want)
		}
		return got
	}
	look(platform.NotFound)
	tags := f.films[0].meta.Snippet.Tags
	f.films[0].meta.Snippet.Tags = slices.DeleteFunc(slices.Clone(tags), isMark)
	look(platform.Unknown)
	ours.Not = []string{f.films[0].id}
	look(platform.NotFound)
	f.films[0].meta.Snippet.Tags = tags
	ours.Not = nil
	end := publishtest.Drive(t.Context(), publisher(account, via), ours, nil)
	if end.State != journal.Published || len(f.films) != 2 {
		t.Fatalf("%+v, %d films: %v", end, len(f.films), end.Last)
	}
	f.films[1].meta.Snippet.Title = "Corrected by hand"
	if got := look(platform.Found); got.Receipt.ID != end.Receipt.ID {
		t.Errorf("%+v, want %s", got, end.Receipt.ID)
	}
}
