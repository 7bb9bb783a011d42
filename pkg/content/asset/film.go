package asset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// ErrNoFilm is wrapped by the error of [Film] for a file that says nothing of
// itself.
var ErrNoFilm = errors.New("no film that says how large it is")

// Shape is what a film is, as it is shown: pixels, and seconds, rounded up. What
// the file does not say is 0.
type Shape struct{ Width, Height, Seconds int }

const (
	// maxBoxes is the most boxes that are looked at: real films have some dozens.
	maxBoxes = 2000
	// maxSeconds is the longest film believed: a week.
	maxSeconds = 7 * 24 * 60 * 60
)

// Film returns the shape of the film of that name, an MP4 or a MOV. Only headers
// are read (ISO/IEC 14496-12: the boxes moov, mvhd, trak and tkhd), wherever in the
// file they stand. A film that its camera marked as turned has width and height
// changed over.
func Film(fsys fs.FS, name string) (Shape, error) {
	switch Type(name) {
	case "video/mp4", "video/quicktime":
	default:
		return Shape{}, fmt.Errorf("%w: %s is of another kind", ErrNoFilm, name)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return Shape{}, err
	}
	defer f.Close()
	r, ok := f.(io.ReadSeeker)
	if !ok {
		return Shape{}, fmt.Errorf("%w: %s cannot be read from the middle", ErrNoFilm, name)
	}
	end, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return Shape{}, fmt.Errorf("%w: %w", ErrNoFilm, err)
	}
	b := boxes{r: r, left: maxBoxes}
	if err := b.walk(0, end, b.top); err != nil {
		return Shape{}, fmt.Errorf("%w: %s: %w", ErrNoFilm, name, err)
	}
	if b.shape == (Shape{}) {
		return Shape{}, fmt.Errorf("%w: %s", ErrNoFilm, name)
	}
	return b.shape, nil
}

// boxes walks through a file of boxes.
type boxes struct {
	r     io.ReadSeeker
	left  int // so many boxes may still be looked at
	shape Shape
}

// errBoxes is why a file is not read to its end.
var errBoxes = errors.New("its boxes are not in order")

// walk calls look for each box between two positions, with its type and where its
// content stands.
func (b *boxes) walk(at, end int64, look func(kind string, from, to int64) error) error {
	for at+8 <= end {
		if b.left--; b.left < 0 {
			return errBoxes
		}
		head, err := b.read(at, min(16, end-at))
		if err != nil {
			return err
		}
		size, from := int64(binary.BigEndian.Uint32(head)), at+8
		switch {
		case size == 1 && len(head) == 16:
			size, from = int64(binary.BigEndian.Uint64(head[8:])), at+16 // a negative one is refused below
		case size == 0: // to the end
			size = end - at
		}
		if size < from-at || size > end-at {
			return errBoxes
		}
		if err := look(string(head[4:8]), from, at+size); err != nil {
			return err
		}
		at += size
	}
	return nil
}

// top looks at the boxes of a file.
func (b *boxes) top(kind string, from, to int64) error {
	if kind == "moov" {
		return b.walk(from, to, b.movie)
	}
	return nil
}

// movie looks at the boxes of a film.
func (b *boxes) movie(kind string, from, to int64) error {
	switch kind {
	case "mvhd":
		return b.length(from, to)
	case "trak":
		return b.walk(from, to, func(kind string, from, to int64) error {
			if kind == "tkhd" && b.shape.Width == 0 {
				return b.size(from, to)
			}
			return nil
		})
	}
	return nil
}

// length reads how long the film is from its header: a version, in whose first form
// times are of 4 bytes and in whose second of 8, two times, units a second, units.
func (b *boxes) length(from, to int64) error {
	data, err := b.read(from, min(32, to-from))
	if err != nil || len(data) < 20 {
		return err
	}
	unit, length := uint64(binary.BigEndian.Uint32(data[12:])), uint64(binary.BigEndian.Uint32(data[16:]))
	unknown := uint64(1<<32 - 1)
	if data[0] == 1 {
		if len(data) < 32 {
			return nil
		}
		unit, length = uint64(binary.BigEndian.Uint32(data[20:])), binary.BigEndian.Uint64(data[24:])
		unknown = 1<<64 - 1
	}
	if unit == 0 || length == unknown || length/unit > maxSeconds {
		return nil
	}
	b.shape.Seconds = int((length + unit - 1) / unit)
	return nil
}

// size reads width and height, of 16 bits before the point and 16 after, from the
// header of a track, and the matrix before them, which turns it. Sound has none.
func (b *boxes) size(from, to int64) error {
	data, err := b.read(from, min(96, to-from))
	if err != nil || len(data) < 84 {
		return err
	}
	at := 40 // of the matrix
	if data[0] == 1 {
		if at = 52; len(data) < 96 {
			return nil
		}
	}
	word := func(i int) uint32 { return binary.BigEndian.Uint32(data[at+4*i:]) }
	width, height := int(word(9)>>16), int(word(10)>>16)
	if word(0) == 0 && word(4) == 0 && word(1) != 0 && word(3) != 0 {
		width, height = height, width
	}
	if width > 0 && height > 0 {
		b.shape.Width, b.shape.Height = width, height
	}
	return nil
}

// read returns so many bytes from a position on.
func (b *boxes) read(at, n int64) ([]byte, error) {
	if _, err := b.r.Seek(at, io.SeekStart); err != nil {
		return nil, err
	}
	data := make([]byte, n)
	_, err := io.ReadFull(b.r, data)
	return data, err
}
