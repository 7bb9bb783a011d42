package history

import (
	"bufio"
	"errors"
	"io"
)

// errTooLong is a part of git's answer that is longer than any name can be.
var errTooLong = errors.New("a part of the answer is too long")

// reader reads parts that end with a byte, none longer than is allowed.
type reader struct{ *bufio.Reader }

func newReader(from io.Reader) *reader { return &reader{bufio.NewReaderSize(from, 64<<10)} }

// until returns what stands before the next end, which may take most bytes.
// The error is io.EOF where nothing stands there any more.
func (r *reader) until(end byte, most int) (string, error) {
	var part []byte
	for {
		piece, err := r.ReadSlice(end)
		part = append(part, piece...)
		switch {
		case len(part) > most:
			return "", errTooLong
		case err == nil:
			return string(part[:len(part)-1]), nil
		case errors.Is(err, io.EOF) && len(part) > 0:
			return "", io.ErrUnexpectedEOF
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", err
		}
	}
}
