package media_test

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

func TestParts_sendTheVeryFile(t *testing.T) {
	t.Parallel()
	file := publishtest.File{Path: "film.mp4", Type: "video/mp4", Data: []byte("0123456789")}
	files := publishtest.Files{file.Path: file.Data}
	parts, err := media.NewParts(t.Context(), files, file.Media())
	if err != nil || parts.Size != 10 {
		t.Fatal(parts, err)
	}
	for _, at := range []struct{ from, n int64 }{{6, 4}, {0, 4}, {4, 4}, {4, 4}, {8, 2}, {0, 10}} { // in any order, and again
		body, err := parts.Open(at.from, at.n)
		if err != nil {
			t.Fatal(err)
		}
		if err := iotest.TestReader(body, file.Data[at.from:at.from+at.n]); err != nil {
			t.Errorf("%v: %v", at, err)
		}
		body.Close()
	}
	begun, err := parts.Open(0, 4) // a try that broke off
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(io.Discard, begun, 2); err != nil {
		t.Error(err)
	}
	begun.Close()
	again, err := parts.Open(0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(again); !bytes.Equal(data, file.Data) {
		t.Errorf("%q (%v)", data, err)
	}
}

// Whatever is replaced after the file was read whole, the last part is not given away.
func TestParts_refuseAFileThatChanged(t *testing.T) {
	t.Parallel()
	file := publishtest.File{Path: "film.mp4", Type: "video/mp4", Data: []byte("0123456789")}
	for name, c := range map[string]struct {
		now   string
		after int // files that are opened before
		from  int64
	}{
		"the first part":     {"x123456789", 1, 0},
		"the last part":      {"01234567x9", 2, 0},
		"shorter":            {"012345", 2, 0},
		"longer":             {"x0123456789", 1, 0},
		"what was sent once": {"x123456789", 1, 5},
		"no more so long":    {"01", 1, 5},
	} {
		files := &publishtest.Replaced{Files: publishtest.Files{file.Path: file.Data}, By: publishtest.Files{file.Path: []byte(c.now)}, After: c.after}
		parts, err := media.NewParts(t.Context(), files, file.Media())
		if err != nil {
			t.Fatal(err)
		}
		sent := int64(0)
		for at := c.from; at < parts.Size && err == nil; at += 5 {
			var body io.ReadCloser
			if body, err = parts.Open(at, 5); err != nil {
				break
			}
			var n int64
			n, err = io.Copy(io.Discard, body)
			sent += n
			body.Close()
		}
		if e := platform.As(err); e.Class != platform.Invalid || e.Code != "file-changed" || c.from+sent >= parts.Size {
			t.Errorf("%s: %v after %d bytes", name, err, sent)
		}
	}
}
