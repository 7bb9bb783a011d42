package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"testing/iotest"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func TestNewStream_sendsTheVeryFile(t *testing.T) {
	for _, size := range []int{0, 1, 4095, 4096, 4097, 100_000} {
		file := publishtest.File{Path: "a/film.mp4", Type: "video/mp4", Data: bytes.Repeat([]byte("f"), size)}
		files := publishtest.Files{file.Path: file.Data}
		s, err := media.NewStream(t.Context(), files, file.Media(), int64(size))
		if err != nil || s.Size != int64(size) {
			t.Fatalf("%d bytes: %d (%v)", size, s.Size, err)
		}
		for range 2 { // it can be sent again
			if err := iotest.TestReader(s.Body(), file.Data); err != nil {
				t.Errorf("%d bytes: %v", size, err)
			}
		}
	}
}

func TestNewStream_refusesAsReadDoes(t *testing.T) {
	m := publishtest.Picture().Media()
	for _, tc := range []struct {
		name  string
		files platform.Files
		most  int64
		class platform.Class
		code  string
	}{
		{"too large", publishtest.Album(), m.Bytes - 1, platform.Invalid, "file-too-large"},
		{"another one", publishtest.Files{m.Path: bytes.Repeat([]byte("x"), int(m.Bytes))}, m.Bytes, platform.Invalid, "file-changed"},
		{"gone", publishtest.Files{}, m.Bytes, platform.Invalid, "file-missing"},
		{"no files", nil, m.Bytes, platform.Invalid, "file-missing"},
		{"the disk fails", failing{errors.New("i/o error")}, m.Bytes, platform.Temporary, "file-unreadable"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := media.NewStream(t.Context(), tc.files, m, tc.most)
			if e := platform.As(err); e.Class != tc.class || e.Code != tc.code {
				t.Errorf("%v, want %s %s", err, tc.class, tc.code)
			}
		})
	}
}

// A file that changes between the two readings, into one that is as long, longer or
// shorter: the request is broken off before its last byte, alone and in a form, and
// no server makes anything of it.
func TestStream_givesNoWholeFileThatChanged(t *testing.T) {
	film := bytes.Repeat([]byte("film"), 50_000)
	for name, now := range map[string][]byte{
		"as long":          bytes.Repeat([]byte("Film"), 50_000),
		"longer":           bytes.Repeat([]byte("Film"), 60_000),
		"longer by a byte": append(bytes.Clone(film), 'x'),
		"shorter":          film[:len(film)-1],
		"empty":            nil,
	} {
		for _, form := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, form %t", name, form), func(t *testing.T) {
				file := publishtest.File{Path: "film.mp4", Type: "video/mp4", Data: film}
				files := publishtest.Files{file.Path: file.Data}
				s, err := media.NewStream(t.Context(), files, file.Media(), 1<<20)
				if err != nil {
					t.Fatal(err)
				}
				files[file.Path] = now
				refuseWhole(t, s, form)
			})
		}
	}
}

// refuseWhole sends a file that changed, and wants that the server never has it
// whole and that the error says why.
func refuseWhole(t *testing.T, s media.Stream, form bool) {
	t.Helper()
	whole := make(chan bool, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		whole <- err == nil
	}))
	r := s.Request(http.MethodPut, server.URL, "video/mp4")
	if form {
		var err error
		if r, err = wire.Multipart(server.URL, nil, []wire.File{s.File("video")}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := wire.Do(t.Context(), server.Client(), r)
	server.Close() // when what arrived is read
	select {
	case all := <-whole:
		if all {
			t.Error("the server has all of it")
		}
	default: // nothing arrived
	}
	if e := platform.As(err); e == nil || e.Class != platform.Invalid || e.Code != "file-changed" {
		t.Errorf("%v, want a changed file", err)
	}
}

// counting counts the files that are open.
type counting struct {
	publishtest.Files
	open *int
}

type countedFile struct {
	io.Reader
	open *int
}

func (f countedFile) Close() error { *f.open--; return nil }

func (c counting) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	f, err := c.Files.Open(ctx, path)
	if err == nil {
		*c.open++
	}
	return countedFile{f, c.open}, err
}

func TestStream_leavesNoFileOpen(t *testing.T) {
	open := 0
	files := counting{publishtest.Album(), &open}
	m := publishtest.Picture().Media()
	s, err := media.NewStream(t.Context(), files, m, m.Bytes)
	if err != nil || open != 0 {
		t.Fatalf("%d files are open (%v)", open, err)
	}
	unread, begun, ended := s.Body(), s.Body(), s.Body()
	if _, err := begun.Read(make([]byte, 1)); err != nil || open != 1 {
		t.Errorf("%d files are open (%v), want 1", open, err)
	}
	if _, err := io.Copy(io.Discard, ended); err != nil {
		t.Error(err)
	}
	unread.Close()
	begun.Close()
	if open != 0 {
		t.Errorf("%d files are open", open)
	}
	if _, err := begun.Read(make([]byte, 1)); err == nil {
		t.Error("it goes on after its end")
	}
}

func TestStream_isOneOfAForm(t *testing.T) {
	open := 0
	m := publishtest.Film().Media()
	s, err := media.NewStream(t.Context(), counting{publishtest.Album(), &open}, m, m.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	form := func() wire.Request {
		r, err := wire.Multipart("https://a.example", []wire.Field{{Name: "a", Value: "b"}}, []wire.File{s.File("video")})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := form()
	sent := http.Request{Method: http.MethodPost, Header: r.Header, Body: io.NopCloser(r.Body)}
	got, head, err := sent.FormFile("video")
	if err != nil || sent.FormValue("a") != "b" || head.Filename != m.Name || head.Header.Get("Content-Type") != m.Type {
		t.Fatalf("%+v (%v)", head, err)
	}
	if data, _ := io.ReadAll(got); !bytes.Equal(data, publishtest.Film().Data) || open != 0 {
		t.Errorf("%d bytes, %d files are open", len(data), open)
	}
	r = form()
	for read := int64(0); open == 0 && read < r.Size; read++ { // to the first byte of the file
		if _, err := io.CopyN(io.Discard, r.Body, 1); err != nil {
			t.Fatal(err)
		}
	}
	was := open
	if err := r.Body.(io.Closer).Close(); err != nil || was != 1 || open != 0 {
		t.Errorf("%d files are open, then %d (%v)", was, open, err)
	}
}

// zeros is a film of so many bytes that lies nowhere.
type zeros struct{ size int64 }

func (z zeros) Open(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(io.LimitReader(nothing{}, z.size)), nil
}

type nothing struct{}

func (nothing) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// drain is a server that throws away what it gets, and counts it.
type drain struct{ got int64 }

func (d *drain) Do(r *http.Request) (*http.Response, error) {
	n, err := io.Copy(io.Discard, r.Body)
	d.got = n
	return &http.Response{StatusCode: 200, Body: http.NoBody}, errors.Join(err, r.Body.Close())
}

func TestStream_holdsNoFilmInMemory(t *testing.T) {
	const size = 32 << 20
	h := sha256.New()
	if _, err := io.CopyN(h, nothing{}, size); err != nil {
		t.Fatal(err)
	}
	m := platform.Media{Path: "film.mp4", Name: "film.mp4", Type: "video/mp4", Bytes: size, Sum: hex.EncodeToString(h.Sum(nil))}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := media.NewStream(t.Context(), zeros{size}, m, size)
	if err != nil {
		t.Fatal(err)
	}
	r, err := wire.Multipart("https://a.example", nil, []wire.File{s.File("video")})
	if err != nil {
		t.Fatal(err)
	}
	to := &drain{}
	_, err = wire.Do(t.Context(), to, r)
	runtime.ReadMemStats(&after)
	if err != nil || to.got != r.Size || r.Size < size {
		t.Errorf("%d of %d bytes arrived (%v)", to.got, r.Size, err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > size/16 {
		t.Errorf("%d bytes of memory for a film of %d", took, size)
	}
}
