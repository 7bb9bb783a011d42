package article

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"editorial/pkg/publish/platform"
)

// MaxFile is the most bytes of one file that a publisher of whole texts holds
// and sends; servers mostly take less.
const MaxFile = 64 << 20

// Read returns the bytes of a file. They are those that were frozen, or the error
// is of class Invalid.
func Read(ctx context.Context, files platform.Files, m platform.Media) ([]byte, error) {
	if files == nil {
		return nil, platform.Refuse(platform.Invalid, "no-file", m.Path)
	}
	r, err := files.Open(ctx, m.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, platform.Refuse(platform.Invalid, "no-file", m.Path)
	} else if err != nil {
		return nil, &platform.Error{Class: platform.Temporary, Code: "no-file", Detail: m.Path, Err: err}
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, &platform.Error{Class: platform.Temporary, Code: "no-file", Detail: m.Path, Err: err}
	}
	if len(data) > MaxFile {
		return nil, platform.Refuse(platform.Invalid, "large-file", m.Path+": more than "+strconv.Itoa(MaxFile)+" bytes")
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != m.Sum {
		return nil, platform.Refuse(platform.Invalid, "changed-file", m.Path)
	}
	return data, nil
}

// Name is what a file is called where it is uploaded: the same for every attempt
// of one placement with the same bytes, and no other. It has lower-case letters,
// digits and hyphens, and the extension of the file.
func Name(key platform.Key, m platform.Media) (name, ext string) {
	ext = strings.ToLower(path.Ext(m.Name))
	stem := Slug(strings.TrimSuffix(m.Name, path.Ext(m.Name)))
	if len(stem) > maxStem {
		stem = strings.Trim(stem[:maxStem], "-")
	}
	return strings.TrimPrefix(stem+"-"+(key+"/"+platform.Key(m.Sum)).Token(16), "-"), ext
}

// maxStem is how much of a file's own name is kept.
const maxStem = 40

// Slug makes of a name what every server takes in an address: a–z, 0–9 and
// single hyphens.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
