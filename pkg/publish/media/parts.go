package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"sync"

	"editorial/pkg/publish/platform"
)

// Parts is a file that is sent part by part, each in a request of its own, in their
// order. The file may be replaced between two of them: what was sent is hashed as
// it leaves, and is judged when the last part is.
type Parts struct {
	// Size is the length of the file in bytes.
	Size int64

	ctx   context.Context
	files platform.Files
	media platform.Media

	mu   sync.Mutex            // bodies are read by other goroutines
	sums map[int64]hash.Cloner // of all bytes before an offset
}

// NewParts reads a file once to its end, with the errors of [Verify], and returns
// how it is sent. The context is kept for the reading.
func NewParts(ctx context.Context, files platform.Files, m platform.Media) (*Parts, error) {
	size, err := Verify(ctx, files, m)
	if err != nil {
		return nil, err
	}
	start := sha256.New().(hash.Cloner) // crypto/sha256 promises it
	return &Parts{Size: size, ctx: ctx, files: files, media: m, sums: map[int64]hash.Cloner{0: start}}, nil
}

// Open returns n bytes from an offset on, for one request; the same part can be
// opened again for another try. It begins where an earlier part ended; what lies
// before a first one, which an earlier run has sent, is read for the sum.
//
// Reading the part that ends the file fails before its last bytes are given away,
// where all that was sent is not the file that was frozen. Its error is then that
// of [Read].
func (p *Parts) Open(from, n int64) (io.ReadCloser, error) {
	sum, err := p.before(from)
	if err != nil {
		return nil, err
	}
	f, err := From(p.ctx, p.files, p.media, from)
	if err != nil {
		return nil, err
	}
	return &part{of: p, file: f, at: from, end: from + n, sum: sum}, nil
}

// before returns the sum of what lies before an offset, to be gone on with.
func (p *Parts) before(offset int64) (hash.Cloner, error) {
	p.mu.Lock()
	known, ok := p.sums[offset]
	p.mu.Unlock()
	if ok {
		return known.Clone()
	}
	f, err := From(p.ctx, p.files, p.media, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, offset))
	switch {
	case err != nil:
		return nil, unreadable(p.media, err)
	case n < offset:
		return nil, changed(p.media)
	}
	return h.(hash.Cloner), nil
}

// part is one part while it is read.
type part struct {
	of      *Parts
	file    io.ReadCloser
	at, end int64
	sum     hash.Cloner
	err     error
}

func (r *part) Read(b []byte) (int, error) {
	if r.err == nil && r.at == r.end {
		r.err = io.EOF
	}
	if r.err != nil {
		return 0, r.err
	}
	if rest := r.end - r.at; int64(len(b)) > rest {
		b = b[:rest]
	}
	n, err := r.file.Read(b)
	r.sum.Write(b[:n])
	r.at += int64(n)
	switch {
	case r.at == r.end:
		err = r.ended()
	case err == io.EOF: // it is shorter
		err = changed(r.of.media)
	case err != nil:
		err = unreadable(r.of.media, err)
	}
	if err != nil {
		r.err = err
		return 0, err
	}
	return n, nil
}

// ended keeps the sum for the part that comes next, and judges it after the last.
func (r *part) ended() error {
	if r.end == r.of.Size && hex.EncodeToString(r.sum.Sum(nil)) != r.of.media.Sum {
		return changed(r.of.media)
	}
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	r.of.sums[r.end] = r.sum
	return nil
}

// Close closes the file.
func (r *part) Close() error { return r.file.Close() }
