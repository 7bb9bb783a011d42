package media

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Stream is a file that is read while it is sent, for those that are too large to
// be held in memory. It can be sent several times.
type Stream struct {
	// Size is its length in bytes.
	Size int64

	ctx   context.Context
	files platform.Files
	media platform.Media
}

// NewStream reads a file once to its end, holding no more than a piece of it, and
// returns how it is sent. It refuses what [Read] refuses, with the same errors. The
// context is kept for the reading.
func NewStream(ctx context.Context, files platform.Files, m platform.Media, most int64) (Stream, error) {
	s := Stream{ctx: ctx, files: files, media: m}
	f := s.body(anySize)
	defer f.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(f, most+1))
	var known *platform.Error
	switch {
	case n > most:
		return Stream{}, platform.Refuse(platform.Invalid, "file-too-large", m.Path)
	case errors.As(err, &known):
		return Stream{}, known
	case err != nil:
		return Stream{}, unreadable(m, err)
	}
	s.Size = n
	return s, nil
}

// Request returns a request whose body is the file alone.
func (s Stream) Request(method, address, contentType string) wire.Request {
	return wire.Request{Method: method, URL: address, Body: s.Body(), Size: s.Size}.With("Content-Type", contentType)
}

// File returns the file as one of a form.
func (s Stream) File(field string) wire.File {
	return wire.File{Field: field, Name: s.media.Name, Type: s.media.Type, From: s.Body(), Size: s.Size, Sum: s.media.Sum}
}

// Body returns the bytes from the first one on. The file is opened when they are
// first read, and closed at their end or by Close. Where they are not those that
// were frozen, be they as many, fewer or more, reading fails before Size bytes are
// given away, so that no whole request is made of them.
func (s Stream) Body() io.ReadCloser { return s.body(s.Size) }

// anySize is the size of a file of which it is not known.
const anySize = -1

func (s Stream) body(size int64) io.ReadCloser {
	return &stream{of: s, size: size, sum: sha256.New()}
}

// stream reads a file piece by piece. It looks ahead, so that the piece that ends
// it is given away only when the file is seen to end there, and its sum is known.
type stream struct {
	of    Stream
	size  int64 // where it is to end
	read  int64
	mu    sync.Mutex // a request that is broken off is closed while it is read
	file  io.ReadCloser
	ahead *bufio.Reader
	sum   hash.Hash
	err   error
}

func (s *stream) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil && s.err == nil {
		s.err = s.open()
	}
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.ahead.Read(p)
	s.sum.Write(p[:n])
	s.read += int64(n)
	if err == nil {
		_, err = s.ahead.Peek(1)
	}
	switch {
	case err == nil && (s.size == anySize || s.read < s.size):
		return n, nil
	case err == nil: // it is longer
		n, err = 0, changed(s.of.media)
	case err != io.EOF:
		err = unreadable(s.of.media, err)
	case hex.EncodeToString(s.sum.Sum(nil)) != s.of.media.Sum:
		n, err = 0, changed(s.of.media)
	}
	s.err = err
	s.shut()
	return n, err
}

func (s *stream) open() error {
	f, err := open(s.of.ctx, s.of.files, s.of.media)
	if err != nil {
		return err
	}
	s.file, s.ahead = f, bufio.NewReader(f)
	return nil
}

// Close closes the file. What is read afterwards fails.
func (s *stream) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = io.ErrClosedPipe
	}
	s.shut()
	return nil
}

func (s *stream) shut() {
	if s.file != nil {
		s.file.Close() // it was only read
		s.file = nil
	}
}
