package publishtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"editorial/pkg/publish/platform"
)

// Now is the present of the suite.
func Now() time.Time { return time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) }

// Post is a plain post for a platform, with a link, tags and a picture.
func Post(connection string) platform.Post {
	return platform.Post{
		Key: platform.NewKey("0f3c5a1e-2b7d-4c55-9d1a-5f0b6a7c8d9e", connection, 1), At: Now(), Lang: "fr",
		Title: "Régler ses freins avant l’hiver", Summary: "Dix minutes, deux clés, et le vélo s’arrête où l’on veut.",
		Question: "Et vous, quand les avez-vous réglés ?", Invite: "Venez samedi à l’atelier.",
		Link: "https://velo.example/fr/freins/?utm_source=" + connection, Canonical: "https://velo.example/fr/freins/",
		Tags: []string{"vélo", "hiver"}, Media: []platform.Media{Picture().Media()}, Slug: "freins", Authors: []string{"Awa Traoré"},
		HTML: "<p>Dix minutes suffisent.</p>", Markdown: "Dix minutes suffisent.\n", Plain: "Dix minutes suffisent.\n",
		File: "fr/freins.md", Source: []byte("---\ntitle: Freins\n---\nDix minutes suffisent.\n"),
	}
}

// Numbered is the n-th of such posts, with a key, a title and addresses of its own.
func Numbered(connection string, n int) platform.Post {
	p := Post(connection)
	p.Key = platform.NewKey(fmt.Sprintf("post-%d", n), connection, 1)
	p.Title = fmt.Sprintf("%s (%d)", p.Title, n)
	p.Slug = fmt.Sprintf("freins-%d", n)
	p.Link = fmt.Sprintf("https://velo.example/fr/freins-%d/", n)
	p.Canonical = p.Link
	return p
}

// File is a file beside the post.
type File struct {
	Path, Type, Alt string
	Data            []byte
	Width, Height   int
}

// Picture is a PNG of one pixel.
func Picture() File {
	return File{Path: "fr/freins.png", Type: "image/png", Alt: "Une main serre un frein", Width: 1, Height: 1, Data: []byte(
		"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82")}
}

// Film is an MP4 whose header says what it is, with nothing to see.
func Film() File {
	return File{Path: "fr/freins.mp4", Type: "video/mp4", Alt: "Dix minutes à l’atelier", Data: []byte(
		"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41mp42" + "\x00\x00\x00\x14mdatonze minutes")}
}

// Media is the file as a post has it.
func (f File) Media() platform.Media {
	sum := sha256.Sum256(f.Data)
	name := f.Path
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			name = name[i+1:]
			break
		}
	}
	return platform.Media{
		Path: f.Path, Name: name, Type: f.Type, Alt: f.Alt, Width: f.Width, Height: f.Height, Bytes: int64(len(f.Data)),
		Sum: hex.EncodeToString(sum[:]), URL: "https://velo.example/" + f.Path,
	}
}

// Pictures are so many of [Picture].
func Pictures(n int) []platform.Media {
	return slices.Repeat([]platform.Media{Picture().Media()}, n)
}

// Files are files by path.
type Files map[string][]byte

// Open opens one.
func (f Files) Open(_ context.Context, path string) (io.ReadCloser, error) {
	data, ok := f[path]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// Replaced are files in whose place others lie once so many were opened.
type Replaced struct {
	Files
	// By are the others.
	By Files
	// After is how many are opened before.
	After int
}

// Open opens one.
func (r *Replaced) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	if r.After--; r.After < 0 {
		return r.By.Open(ctx, path)
	}
	return r.Files.Open(ctx, path)
}

// Album are the files that [Post] shows, and a film.
func Album() Files { return Files{Picture().Path: Picture().Data, Film().Path: Film().Data} }
