package asset_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
	"testing/fstest"

	"editorial/pkg/content/asset"
)

func pixels(w, h int) image.Image {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White})
	m.SetColorIndex(w/2, h/2, 1)
	return m
}

func encoded(t testing.TB, w, h int) (pngFile, jpegFile, gifFile []byte) {
	t.Helper()
	var p, j, g bytes.Buffer
	if err := errors.Join(png.Encode(&p, pixels(w, h)), jpeg.Encode(&j, pixels(w, h), nil), gif.Encode(&g, pixels(w, h), nil)); err != nil {
		t.Fatal(err)
	}
	return p.Bytes(), j.Bytes(), g.Bytes()
}

// turned puts the EXIF orientation into a JPEG: an APP1 segment with one TIFF
// directory of one entry.
func turned(file []byte, orientation uint16) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08" + "\x00\x01" + "\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{}, file[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, file[2:]...)
}

// lossless is the header of a lossless WebP (RFC 9649, section 3.4).
func lossless(w, h int) []byte {
	data := append([]byte{0x2f}, binary.LittleEndian.AppendUint32(nil, uint32(w-1)|uint32(h-1)<<14)...)
	data = append(data, 0)
	out := []byte("RIFF")
	out = binary.LittleEndian.AppendUint32(out, uint32(4+8+len(data)))
	out = append(out, "WEBPVP8L"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	return append(out, data...)
}

func TestSize_isThatOfThePictureAsShown(t *testing.T) {
	t.Parallel()
	p, j, g := encoded(t, 640, 480)
	for _, tt := range []struct {
		name          string
		data          []byte
		width, height int
	}{
		{"a.png", p, 640, 480},
		{"a.PNG", p, 640, 480},
		{"dir/a.jpg", j, 640, 480},
		{"a.jpeg", turned(j, 1), 640, 480},
		{"upside-down.jpg", turned(j, 3), 640, 480},
		{"portrait.jpg", turned(j, 6), 480, 640},
		{"portrait.jpg", turned(j, 8), 480, 640},
		{"a.gif", g, 640, 480},
		{"a.webp", lossless(640, 480), 640, 480},
	} {
		w, h, err := asset.Size(fstest.MapFS{tt.name: {Data: tt.data}}, tt.name)
		if w != tt.width || h != tt.height || err != nil {
			t.Errorf("%s: got %d × %d, %v; want %d × %d", tt.name, w, h, err, tt.width, tt.height)
		}
	}
}

func TestSize_ofWhatHasNoneIsAnError(t *testing.T) {
	t.Parallel()
	p, j, _ := encoded(t, 64, 64)
	huge := bytes.Clone(p)
	binary.BigEndian.PutUint32(huge[16:], 1<<30)
	for name, data := range map[string][]byte{
		"film.mp4": []byte("film"), "empty.png": {}, "cut.png": p[:20], "cut.jpg": j[:40],
		"jpeg.png": j, "text.jpg": []byte("not a picture"), "huge.png": huge,
	} {
		w, h, err := asset.Size(fstest.MapFS{name: {Data: data}}, name)
		if err == nil || w != 0 || h != 0 {
			t.Errorf("%s: got %d × %d, %v", name, w, h, err)
		}
		if !errors.Is(err, asset.ErrNoSize) {
			t.Errorf("%s: %v does not say that there is no size", name, err)
		}
	}
	if _, _, err := asset.Size(fstest.MapFS{}, "gone.png"); err == nil {
		t.Error("a file that is not there has a size")
	}
}

// FuzzSize: whatever the bytes, a size is whole or none, and within bounds.
func FuzzSize(f *testing.F) {
	p, j, g := encoded(f, 64, 48)
	for _, data := range [][]byte{p, j, g, turned(j, 6), lossless(64, 48), []byte("RIFF")} {
		for kind := range uint8(5) {
			f.Add(kind, data)
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		name := "x" + []string{".png", ".jpg", ".gif", ".webp", ".avif"}[kind%5]
		w, h, err := asset.Size(fstest.MapFS{name: {Data: data}}, name)
		if (err == nil) != (w > 0 && h > 0) || w > 1<<17 || h > 1<<17 {
			t.Errorf("%d × %d, %v", w, h, err)
		}
	})
}

func BenchmarkSize(b *testing.B) {
	_, j, _ := encoded(b, 4000, 3000)
	fsys := fstest.MapFS{"a.jpg": {Data: turned(j, 6)}}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := asset.Size(fsys, "a.jpg"); err != nil {
			b.Fatal(err)
		}
	}
}
