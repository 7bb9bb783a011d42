package article_test

import (
	"context"
	"errors"
	"testing"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

type words struct {
	HTML string `json:"html"`
}

func TestKeep_isWhatHeldReads(t *testing.T) {
	t.Parallel()
	var saved platform.Handle
	job := platform.Job{Save: func(_ context.Context, h platform.Handle) error { saved = h; return nil }}
	kept, err := article.Keep(t.Context(), job, words{"a"})
	if err != nil || string(kept) != string(saved) || article.Held[words](saved) != (words{"a"}) {
		t.Errorf("%s, saved %s (%v)", kept, saved, err)
	}
	for _, h := range []platform.Handle{nil, platform.Handle("{"), platform.Handle("[]")} {
		if got := article.Held[words](h); got != (words{}) {
			t.Errorf("%q: %v", h, got)
		}
	}
	full := errors.New("the disk is full")
	job.Save = func(context.Context, platform.Handle) error { return full }
	if _, err := article.Keep(t.Context(), job, words{"a"}); !errors.Is(err, full) {
		t.Errorf("%v, want %v", err, full)
	}
}

func TestSaid_isOfThisPlatformOrInvalid(t *testing.T) {
	t.Parallel()
	if w, err := article.Said[words](platform.Job{Message: platform.Message{Wire: []byte(`{"html":"<p>a</p>"}`)}}); err != nil || w.HTML != "<p>a</p>" {
		t.Errorf("%v (%v)", w, err)
	}
	_, err := article.Said[words](platform.Job{})
	if e := platform.As(err); e.Class != platform.Invalid || e.Code != "message" {
		t.Errorf("%v", err)
	}
}
