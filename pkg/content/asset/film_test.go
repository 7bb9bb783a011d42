package asset_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"editorial/pkg/content/asset"
)

// box is one of a film.
func box(kind string, content ...string) string {
	whole := strings.Join(content, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(whole)))) + kind + whole
}

// words are numbers of 4 bytes.
func words(all ...uint32) string {
	var b []byte
	for _, n := range all {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return string(b)
}

// head is the header of a film, track that of a track. A matrix is its first five
// numbers: 16 bits before the point, 16 after.
func head(unit, length uint32) string { return box("mvhd", words(0, 1, 2, unit, length), "rest") }

func track(matrix [5]uint32, width, height uint32) string {
	m := matrix
	return box("trak", box("tkhd",
		words(7, 1, 2, 1, 0, 99), words(0, 0), words(0, 0), words(m[0], m[1], m[2], m[3], m[4], 0, 0, 0, 1<<30), words(width<<16, height<<16)),
		box("mdia", "whatever"))
}

const one = 1 << 16

func TestFilm(t *testing.T) {
	t.Parallel()
	upright := [5]uint32{one, 0, 0, 0, one}
	turned := [5]uint32{0, one, 0, 0xFFFF0000, 0}
	start := box("ftyp", "isom\x00\x00\x02\x00isommp42")
	late := box("mvhd", "\x01\x00\x00\x00", words(0, 1, 0, 2), words(90_000), words(0, 90_000*61))
	wide := box("trak", box("tkhd", "\x01\x00\x00\x07", words(0, 1, 0, 2, 1, 0, 0, 99), words(0, 0), words(0, 0), words(one, 0, 0, 0, one, 0, 0, 0, 1<<30), words(1920<<16, 1080<<16)))
	large := words(1) + "mdat" + words(0, 16+100) + strings.Repeat("x", 100)
	sound := track(upright, 0, 0)
	for name, tc := range map[string]struct {
		file, data string
		want       asset.Shape
	}{
		"a film":               {"a.mp4", start + box("moov", head(1000, 42_000), track(upright, 1280, 720)), asset.Shape{Width: 1280, Height: 720, Seconds: 42}},
		"the sound first":      {"a.mp4", start + box("moov", head(600, 600), sound, track(upright, 640, 480)), asset.Shape{Width: 640, Height: 480, Seconds: 1}},
		"seconds are whole":    {"a.mp4", box("moov", head(1000, 140_001)), asset.Shape{Seconds: 141}},
		"after all the rest":   {"a.MOV", start + large + box("free") + box("moov", head(1000, 1000), track(upright, 10, 20)), asset.Shape{Width: 10, Height: 20, Seconds: 1}},
		"turned by a quarter":  {"a.mp4", box("moov", head(1, 9), track(turned, 1920, 1080)), asset.Shape{Width: 1080, Height: 1920, Seconds: 9}},
		"of the second form":   {"a.m4v", box("moov", late, wide), asset.Shape{Width: 1920, Height: 1080, Seconds: 61}},
		"to the end":           {"a.mp4", start + words(0) + "moov" + head(1, 5), asset.Shape{Seconds: 5}},
		"no length":            {"a.mp4", box("moov", head(1000, 1<<32-1), track(upright, 4, 3)), asset.Shape{Width: 4, Height: 3}},
		"no units":             {"a.mp4", box("moov", head(0, 100), track(upright, 4, 3)), asset.Shape{Width: 4, Height: 3}},
		"longer than believed": {"a.mp4", box("moov", head(1, 1<<31), track(upright, 4, 3)), asset.Shape{Width: 4, Height: 3}},
		"nothing of itself":    {"a.mp4", start + box("mdat", "x"), asset.Shape{}},
		"cut short":            {"a.mp4", (start + box("moov", head(1000, 42_000), track(upright, 1280, 720)))[:60], asset.Shape{}},
		"a box that is less":   {"a.mp4", words(4) + "moov" + head(1, 5), asset.Shape{}},
		"a box that is more":   {"a.mp4", words(1) + "moov" + "\xff\xff\xff\xff\xff\xff\xff\xff" + head(1, 5), asset.Shape{}},
		"too many boxes":       {"a.mp4", strings.Repeat(box("free"), 3000) + box("moov", head(1, 5)), asset.Shape{}},
		"empty":                {"a.mp4", "", asset.Shape{}},
		"of another kind":      {"a.webm", start + box("moov", head(1, 5)), asset.Shape{}},
	} {
		got, err := asset.Film(fstest.MapFS{tc.file: {Data: []byte(tc.data)}}, tc.file)
		if got != tc.want || (err == nil) != (tc.want != asset.Shape{}) || err != nil && !errors.Is(err, asset.ErrNoFilm) {
			t.Errorf("%s: %+v (%v), want %+v", name, got, err, tc.want)
		}
	}
	if _, err := asset.Film(fstest.MapFS{}, "gone.mp4"); err == nil {
		t.Error("a film that is not there")
	}
}

// FuzzFilm: whatever the bytes, reading ends and says nothing that cannot be.
func FuzzFilm(f *testing.F) {
	f.Add(box("ftyp", "isom") + box("moov", head(1000, 42_000), track([5]uint32{one, 0, 0, 0, one}, 1280, 720)))
	f.Add(words(1) + "moov" + words(1<<31, 16) + head(1, 1))
	f.Add(box("moov", box("trak", box("tkhd", "\x01"))))
	f.Fuzz(func(t *testing.T, s string) {
		got, err := asset.Film(fstest.MapFS{"a.mp4": {Data: []byte(s)}}, "a.mp4")
		if got.Width < 0 || got.Height < 0 || got.Width > 1<<16 || got.Height > 1<<16 || got.Seconds < 0 || got.Seconds > 7*24*60*60 || err != nil && got != (asset.Shape{}) {
			t.Errorf("%+v (%v)", got, err)
		}
	})
}
