package wire

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"

	"editorial/pkg/publish/platform"
)

// ReadMedia returns the bytes of a file, at most so many, if they are those that
// were frozen. A file that is gone, too large or another one is refused as
// Invalid; one that cannot be read now as Temporary.
func ReadMedia(ctx context.Context, files platform.Files, m platform.Media, most int64) ([]byte, error) {
	f, err := files.Open(ctx, m.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, platform.Refuse(platform.Invalid, "file-gone", m.Path)
	case err != nil:
		return nil, &platform.Error{Class: platform.Temporary, Code: "file-unread", Err: err}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, &platform.Error{Class: platform.Temporary, Code: "file-unread", Err: err}
	}
	if int64(len(data)) > most {
		return nil, platform.Refuse(platform.Invalid, "file-too-large", m.Path)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != m.Sum {
		return nil, platform.Refuse(platform.Invalid, "file-changed", m.Path)
	}
	return data, nil
}

// Harmless returns the error of a call that readers do not see and that can be
// repeated: what is uncertain of it is no more than temporary.
func Harmless(err error) error {
	var e *platform.Error
	if errors.As(err, &e) && e.Class == platform.Uncertain {
		again := *e
		again.Class = platform.Temporary
		return &again
	}
	return err
}
