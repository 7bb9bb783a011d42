package wire_test

import (
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

func TestHarmless_softensOnlyWhatIsUncertain(t *testing.T) {
	lost := &platform.Error{Class: platform.Uncertain, Status: 502}
	if got := platform.As(wire.Harmless(lost)); got.Class != platform.Temporary || got.Status != 502 || lost.Class != platform.Uncertain {
		t.Errorf("%+v, and the error itself %+v", got, lost)
	}
	for _, c := range []platform.Class{platform.Auth, platform.Rate, platform.Invalid} {
		if got := platform.ClassOf(wire.Harmless(&platform.Error{Class: c})); got != c {
			t.Errorf("%s became %s", c, got)
		}
	}
	if wire.Harmless(nil) != nil {
		t.Error("an error out of nothing")
	}
}
