package office

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// filmed is an MP4 of headers alone: so many seconds, and pixels.
func filmed(seconds, width, height uint32) string {
	words := func(all ...uint32) (s string) {
		for _, n := range all {
			s += string(binary.BigEndian.AppendUint32(nil, n))
		}
		return s
	}
	box := func(kind string, content ...string) string {
		whole := strings.Join(content, "")
		return words(uint32(8+len(whole))) + kind + whole
	}
	matrix := words(1<<16, 0, 0, 0, 1<<16, 0, 0, 0, 1<<30)
	return box("ftyp", "isom", words(0), "mp42") + box("moov",
		box("mvhd", words(0, 0, 0, 1000, seconds*1000)),
		box("trak", box("tkhd", words(7, 0, 0, 1, 0, 0, 0, 0, 0, 0), matrix, words(width<<16, height<<16))))
}

// A film is measured like a picture, and what a platform allows of it is checked.
func TestMessage_measuresFilms(t *testing.T) {
	t.Parallel()
	dir := writeOffice(t, map[string]string{
		"config.toml":       "[site]\ntitle = \"T\"\nlang = \"fr\"\nzone = \"Europe/Paris\"\n[platforms.x]\n[platforms.mastodon]\n",
		"content/f.md":      "+++\ntitle = \"Film\"\nid = \"f\"\nstage = \"ready\"\n+++\n[un film](film.mp4)\n",
		"content/g.md":      "+++\ntitle = \"Autre film\"\nid = \"g\"\nstage = \"ready\"\n+++\n[un film](autre.mp4)\n",
		"content/film.mp4":  filmed(141, 1080, 1920),
		"content/autre.mp4": "no film",
	})
	o := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	when := time.Date(2026, 10, 22, 10, 30, 0, 0, time.UTC)
	for id, want := range map[string]platform.Media{
		"f": {Width: 1080, Height: 1920, Seconds: 141},
		"g": {},
	} {
		m, _, err := o.Message(t.Context(), o.post(id), at(o, id, "mastodon", when))
		if err != nil || len(m.Media) != 1 {
			t.Fatalf("%+v (%v)", m, err)
		}
		if got := m.Media[0]; got.Width != want.Width || got.Height != want.Height || got.Seconds != want.Seconds {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
	told, err := o.Tell(t.Context(), o.Propose(), o.post("f"), "")
	if err != nil {
		t.Fatal(err)
	}
	long := map[string]bool{}
	for _, x := range told {
		long[x.Platform] = slices.ContainsFunc(x.Problems, func(p problem.Problem) bool { return p.Code == media.CodeTooLong })
	}
	if !long["x"] || long["mastodon"] {
		t.Errorf("too long for %v", long)
	}
}
