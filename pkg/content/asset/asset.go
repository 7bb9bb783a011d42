// Package asset says what the files beside posts are: their type by their
// name, and of pictures the size in pixels at which they are shown.
package asset

import (
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/bep/imagemeta"
)

// Unknown is the type of a file whose name says nothing.
const Unknown = "application/octet-stream"

// Type returns the MIME type of a file by its name. The host's own table would
// make outputs differ from one machine to the next.
func Type(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".svg":
		return "image/svg+xml"
	case ".mp3":
		return "audio/mpeg"
	case ".m4a":
		return "audio/mp4"
	case ".ogg", ".oga":
		return "audio/ogg"
	case ".mp4", ".m4v":
		return "video/mp4"
	case ".webm":
		return "video/webm"
	case ".mov":
		return "video/quicktime"
	case ".pdf":
		return "application/pdf"
	case ".zip":
		return "application/zip"
	case ".txt":
		return "text/plain"
	case ".csv":
		return "text/csv"
	}
	return Unknown
}

// ErrNoSize is wrapped by the error of [Size] for a file that has none.
var ErrNoSize = errors.New("no size in pixels")

// maxSide is the longest side believed: more is a broken or hostile header.
const maxSide = 1 << 17

// Size returns the width and height in pixels of the picture of that name, as
// it is shown: a photo that its camera marked as turned (EXIF orientation) has
// them changed over. Only headers are read, never pixels, so that a small file
// that unpacks to a huge picture does no harm.
func Size(fsys fs.FS, name string) (width, height int, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	r, ok := f.(io.ReadSeeker)
	if !ok {
		return 0, 0, fmt.Errorf("%w: %s cannot be read from the middle", ErrNoSize, name)
	}
	switch Type(name) {
	case "image/gif":
		width, height, err = config(gif.DecodeConfig(r))
	case "image/png":
		width, height, err = config(png.DecodeConfig(r))
	case "image/jpeg":
		width, height, err = header(r, imagemeta.JPEG)
	case "image/webp":
		width, height, err = header(r, imagemeta.WebP)
	case "image/avif":
		width, height, err = header(r, imagemeta.AVIF)
	default:
		return 0, 0, fmt.Errorf("%w: %s is no picture that has one", ErrNoSize, name)
	}
	if err != nil {
		return 0, 0, err
	}
	if width <= 0 || height <= 0 || width > maxSide || height > maxSide {
		return 0, 0, fmt.Errorf("%w: %s says %d × %d", ErrNoSize, name, width, height)
	}
	return width, height, nil
}

func config(c image.Config, err error) (width, height int, _ error) {
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %w", ErrNoSize, err)
	}
	return c.Width, c.Height, nil
}

// header reads width, height and orientation.
func header(r io.ReadSeeker, format imagemeta.ImageFormat) (width, height int, err error) {
	turned := false
	res, err := imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: format, Sources: imagemeta.CONFIG | imagemeta.EXIF, LimitNumTags: 200, LimitTagSize: 64,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" && t.Namespace == "IFD0" },
		HandleTag: func(t imagemeta.TagInfo) error {
			// TIFF 6.0: 5 to 8 are turned by a quarter.
			if o := orientation(t.Value); o >= 5 && o <= 8 {
				turned = true
			}
			return nil
		},
	})
	width, height = res.ImageConfig.Width, res.ImageConfig.Height
	// EXIF that cannot be read takes nothing from a size that could.
	if err != nil && cmp.Or(width, height) == 0 {
		return 0, 0, fmt.Errorf("%w: %w", ErrNoSize, err)
	}
	if turned {
		width, height = height, width
	}
	return width, height, nil
}

func orientation(v any) int {
	switch v := v.(type) {
	case uint16:
		return int(v)
	case uint32:
		return int(v)
	case int:
		return v
	}
	return 0
}
