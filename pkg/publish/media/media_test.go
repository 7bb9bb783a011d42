package media_test

import (
	"context"
	"io"
	"strings"
	"testing"

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

func TestRead_andVerify(t *testing.T) {
	t.Parallel()
	file := publishtest.File{Path: "a/film.mp4", Type: "video/mp4", Data: []byte("0123456789")}
	files := plain{publishtest.Files{file.Path: file.Data}}
	m := file.Media()
	data, err := media.Read(t.Context(), files, m)
	if err != nil || string(data) != "0123456789" {
		t.Errorf("%q %v", data, err)
	}
	if n, err := media.Verify(t.Context(), files, m); n != 10 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	rest, err := media.From(t.Context(), files, m, 7)
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := io.ReadAll(rest); string(data) != "789" {
		t.Errorf("%q", data)
	}
	other := m
	other.Sum = strings.Repeat("0", 64)
	gone := m
	gone.Path = "b"
	for code, m := range map[string]platform.Media{"file-changed": other, "file-missing": gone} {
		_, err := media.Read(t.Context(), files, m)
		_, err2 := media.Verify(t.Context(), files, m)
		if platform.As(err).Code != code || platform.As(err2).Code != code || platform.ClassOf(err) != platform.Invalid {
			t.Errorf("%s: %v, %v", code, err, err2)
		}
	}
	if _, err := media.Read(t.Context(), nil, m); platform.ClassOf(err) != platform.Invalid {
		t.Error(err)
	}
}
