package wire_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// TestDo_keepsTheReasonOfWhoeverGivesTheLine: a guard that lets nothing leave says
// why, and it is not taken for a network that is down.
func TestDo_keepsTheReasonOfWhoeverGivesTheLine(t *testing.T) {
	t.Parallel()
	guard := platform.Refuse(platform.Permission, "private-address", "cms.example:443")
	_, err := wire.Do(t.Context(), doer(func(*http.Request) (*http.Response, error) { return nil, fmt.Errorf("dial: %w", guard) }), wire.Get("https://cms.example/"))
	if !errors.Is(err, guard) {
		t.Errorf("got %v", err)
	}
	_, err = wire.Do(t.Context(), doer(func(*http.Request) (*http.Response, error) { return nil, errors.New("no route") }), wire.Get("https://cms.example/"))
	if platform.ClassOf(err) != platform.Temporary {
		t.Errorf("got %v", err)
	}
}
