package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"

	"editorial/pkg/publish/platform"
)

// MaxWhole is the most bytes of one file that a publisher whose platform takes
// larger ones holds in memory.
const MaxWhole = 64 << 20

// Read returns the bytes of a file, at most so many, if they are those that were
// frozen. Its error is of class Invalid where the file is gone, is larger, or is
// another one, and Temporary where it cannot be read now.
func Read(ctx context.Context, files platform.Files, m platform.Media, most int64) ([]byte, error) {
	f, err := open(ctx, files, m)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, unreadable(m, err)
	case int64(len(data)) > most:
		return nil, platform.Refuse(platform.Invalid, "file-too-large", m.Path)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != m.Sum {
		return nil, changed(m)
	}
	return data, nil
}

// Verify reads a file of any size to its end and returns its length, with the
// errors of [Read].
func Verify(ctx context.Context, files platform.Files, m platform.Media) (int64, error) {
	f, err := open(ctx, files, m)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	switch {
	case err != nil:
		return 0, unreadable(m, err)
	case hex.EncodeToString(h.Sum(nil)) != m.Sum:
		return 0, changed(m)
	}
	return n, nil
}

// From opens a file and skips so many bytes.
func From(ctx context.Context, files platform.Files, m platform.Media, offset int64) (io.ReadCloser, error) {
	f, err := open(ctx, files, m)
	if err != nil {
		return nil, err
	}
	if s, ok := f.(io.Seeker); ok {
		_, err = s.Seek(offset, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, f, offset)
	}
	if err != nil {
		f.Close()
		return nil, unreadable(m, err)
	}
	return f, nil
}

func open(ctx context.Context, files platform.Files, m platform.Media) (io.ReadCloser, error) {
	if files == nil {
		return nil, platform.Refuse(platform.Invalid, "file-missing", m.Path)
	}
	f, err := files.Open(ctx, m.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, platform.Refuse(platform.Invalid, "file-missing", m.Path)
	}
	if err != nil {
		return nil, unreadable(m, err)
	}
	return f, nil
}

func changed(m platform.Media) error {
	return platform.Refuse(platform.Invalid, "file-changed", m.Path)
}

func unreadable(m platform.Media, err error) error {
	return &platform.Error{Class: platform.Temporary, Code: "file-unreadable", Detail: m.Path, Err: err}
}
