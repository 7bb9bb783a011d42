package wire_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

type failing struct{ err error }

func (f failing) Open(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(iotest.ErrReader(f.err)), nil
}

func TestReadMedia_readsTheVeryFile(t *testing.T) {
	m := publishtest.Picture().Media()
	size := m.Bytes
	for _, tc := range []struct {
		name  string
		files platform.Files
		most  int64
		class platform.Class // "" is none
		code  string
	}{
		{"as it was", publishtest.Album(), size, "", ""},
		{"too large", publishtest.Album(), size - 1, platform.Invalid, "file-too-large"},
		{"another one", publishtest.Files{m.Path: []byte(strings.Repeat("x", int(size)))}, size, platform.Invalid, "file-changed"},
		{"gone", publishtest.Files{}, size, platform.Invalid, "file-gone"},
		{"the disk fails", failing{errors.New("i/o error")}, size, platform.Temporary, "file-unread"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data, err := wire.ReadMedia(t.Context(), tc.files, m, tc.most)
			if tc.class == "" {
				if err != nil || int64(len(data)) != size {
					t.Errorf("%d bytes (%v)", len(data), err)
				}
				return
			}
			if e := platform.As(err); e.Class != tc.class || e.Code != tc.code {
				t.Errorf("%v, want %s %s", err, tc.class, tc.code)
			}
		})
	}
}

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
