package media_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// plain hides that a file can seek.
type plain struct{ publishtest.Files }

func (p plain) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	f, err := p.Files.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(struct{ io.Reader }{f}), nil
}

// failing are files on a disk that fails.
type failing struct{ err error }

func (f failing) Open(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(iotest.ErrReader(f.err)), nil
}

// shut are files that cannot be opened.
type shut struct{ err error }

func (s shut) Open(context.Context, string) (io.ReadCloser, error) { return nil, s.err }

func TestRead_readsTheVeryFile(t *testing.T) {
	t.Parallel()
	m := publishtest.Picture().Media()
	size := m.Bytes
	unsaid := m
	unsaid.Sum = ""
	for _, tc := range []struct {
		name  string
		files platform.Files
		of    platform.Media
		most  int64
		class platform.Class // "" is none
		code  string
	}{
		{"as it was", publishtest.Album(), m, size, "", ""},
		{"too large", publishtest.Album(), m, size - 1, platform.Invalid, "file-too-large"},
		{"another one", publishtest.Files{m.Path: []byte(strings.Repeat("x", int(size)))}, m, size, platform.Invalid, "file-changed"},
		{"nobody knows which", publishtest.Album(), unsaid, size, platform.Invalid, "file-changed"},
		{"gone", publishtest.Files{}, m, size, platform.Invalid, "file-missing"},
		{"no files at all", nil, m, size, platform.Invalid, "file-missing"},
		{"the disk fails", failing{errors.New("i/o error")}, m, size, platform.Temporary, "file-unreadable"},
		{"it cannot be opened", shut{errors.New("too many open files")}, m, size, platform.Temporary, "file-unreadable"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data, err := media.Read(t.Context(), tc.files, tc.of, tc.most)
			n, err2 := int64(len(data)), err
			if tc.code != "file-too-large" { // of any size
				n, err2 = media.Verify(t.Context(), tc.files, tc.of)
			}
			if tc.class == "" {
				if err != nil || err2 != nil || int64(len(data)) != size || n != size {
					t.Errorf("%d bytes (%v), %d (%v)", len(data), err, n, err2)
				}
				return
			}
			for _, err := range []error{err, err2} {
				if e := platform.As(err); e == nil || e.Class != tc.class || e.Code != tc.code {
					t.Errorf("%v, want %s %s", err, tc.class, tc.code)
				}
			}
		})
	}
}

func TestFrom_skipsWithAndWithoutSeeking(t *testing.T) {
	t.Parallel()
	file := publishtest.File{Path: "a/film.mp4", Type: "video/mp4", Data: []byte("0123456789")}
	files := publishtest.Files{file.Path: file.Data}
	for name, files := range map[string]platform.Files{"seeking": files, "not": plain{files}} {
		rest, err := media.From(t.Context(), files, file.Media(), 7)
		if err != nil {
			t.Fatal(name, err)
		}
		if data, _ := io.ReadAll(rest); string(data) != "789" {
			t.Errorf("%s: %q", name, data)
		}
	}
}
