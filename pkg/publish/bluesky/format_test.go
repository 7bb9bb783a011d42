package bluesky_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"

	"pgregory.net/rapid"
)

func TestFormat_Validate(t *testing.T) {
	image := func(change func(*platform.Media)) platform.Media {
		m := publishtest.Picture().Media()
		change(&m)
		return m
	}
	film := func(change func(*platform.Media)) platform.Media {
		m := publishtest.Film().Media()
		change(&m)
		return m
	}
	plain := image(func(*platform.Media) {})
	family := "👨‍👩‍👧‍👦" // 25 bytes, one character
	for _, tc := range []struct {
		name string
		post platform.Post
		want problem.Code // "" is nothing
	}{
		{"300 characters", platform.Post{Text: strings.Repeat("é", 300)}, ""},
		{"301 characters", platform.Post{Text: strings.Repeat("é", 301)}, text.CodeTooLong},
		{"3,000 bytes in 120 characters", platform.Post{Text: strings.Repeat(family, 120)}, ""},
		{"3,025 bytes in 121 characters", platform.Post{Text: strings.Repeat(family, 121)}, text.CodeTooLong},
		{"a part of a thread", platform.Post{Texts: []string{"un", strings.Repeat("é", 301)}, Thread: true}, text.CodePartLong},
		{"four pictures", platform.Post{Title: "T", Media: []platform.Media{plain, plain, plain, plain}}, ""},
		{"a fifth", platform.Post{Title: "T", Media: []platform.Media{plain, plain, plain, plain, plain}}, bluesky.CodeFiles},
		{"a film", platform.Post{Title: "T", Media: []platform.Media{film(func(*platform.Media) {})}}, ""},
		{"a film of another kind", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Type = "video/webm" })}}, bluesky.CodeFiles},
		{"a film of 300,000,000 bytes", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Bytes, m.Seconds = 300_000_000, 600 })}}, ""},
		{"an empty film", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Bytes = 0 })}}, media.CodeEmpty},
		{"a film of a byte more", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Bytes = 300_000_001 })}}, bluesky.CodeFilm},
		{"a film of ten minutes and a second", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Seconds = 601 })}}, media.CodeTooLong},
		{"a film without a description", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Alt = "" })}}, bluesky.CodeNoAlt},
		{"a film with too long a description", platform.Post{Title: "T", Media: []platform.Media{film(func(m *platform.Media) { m.Alt = strings.Repeat("é", 1001) })}}, media.CodeLongAlt},
		{"2,000,000 bytes", platform.Post{Title: "T", Media: []platform.Media{image(func(m *platform.Media) { m.Bytes = 2_000_000 })}}, ""},
		{"2,000,001 bytes", platform.Post{Title: "T", Media: []platform.Media{image(func(m *platform.Media) { m.Bytes = 2_000_001 })}}, bluesky.CodeSize},
		{"no alternative text", platform.Post{Title: "T", Media: []platform.Media{image(func(m *platform.Media) { m.Alt = "" })}}, bluesky.CodeNoAlt},
		{"a first comment", platform.Post{Title: "T", FirstComment: strings.Repeat("é", 301)}, bluesky.CodeComment},
		{"nothing", platform.Post{}, text.CodeNothing},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := bluesky.Format{}.Validate(tc.post)
			if tc.want == "" && len(all) > 0 || tc.want != "" && (len(all) != 1 || all[0].Code != tc.want) {
				t.Errorf("found %v, want %q", all, tc.want)
			}
			if _, err := (bluesky.Format{}).Render(tc.post); (err != nil) != (problem.Errors(all) > 0 && tc.want != bluesky.CodeSize && tc.want != bluesky.CodeFilm && tc.want != media.CodeEmpty && tc.want != media.CodeTooLong && tc.want != media.CodeLongAlt && tc.want != bluesky.CodeComment) {
				t.Errorf("render: %v", err)
			}
		})
	}
}

// The link stands in a card where there is no picture, else in the text.
func TestFormat_cardOrPicture(t *testing.T) {
	p := publishtest.Post(bluesky.Kind)
	job, _ := jobOf(t, p)
	w := wireOf(t, job.Message)
	if w[0].Record.Embed != nil || !strings.Contains(w[0].Record.Text, p.Link) {
		t.Errorf("with a picture: %+v", w[0].Record)
	}
	p.Media = nil
	job, _ = jobOf(t, p)
	w = wireOf(t, job.Message)
	if e := w[0].Record.Embed; e == nil || e.External.URI != p.Link || e.External.Title != p.Title || e.External.Description != p.Summary {
		t.Errorf("without: %+v", w[0].Record)
	}
	if strings.Contains(w[0].Record.Text, p.Link) {
		t.Errorf("the link is said twice: %q", w[0].Record.Text)
	}
}

func TestFormat_facetsCountBytes(t *testing.T) {
	p := platform.Post{Key: "a#bluesky#1", At: publishtest.Now(), Text: "👍🏽 Été : https://velo.example/é. #vélo @awa.test"}
	job, _ := jobOf(t, p)
	rec := wireOf(t, job.Message)[0].Record
	var got []string
	for _, f := range rec.Facets {
		got = append(got, rec.Text[f.Index.ByteStart:f.Index.ByteEnd]+" → "+f.Features[0].URI+f.Features[0].Tag)
	}
	want := "https://velo.example/é → https://velo.example/é, #vélo → vélo"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
}

// Whatever a text holds, its facets lie in order within it and cut no character.
func TestFormat_facetsOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(
			rapid.SampledFrom([]string{"https://velo.org/é?a=1", "#vélo", "@awa.test", "👨‍👩‍👧‍👦", "e\u0301", "(http://x.org)", "#", "\u200d", "velo.org"}), rapid.StringN(0, 6, 20),
		), 1, 12).Draw(t, "words")
		p := platform.Post{Key: "a#bluesky#1", At: publishtest.Now(), Text: strings.Join(words, rapid.SampledFrom([]string{" ", "", "\n"}).Draw(t, "between"))}
		if all := (bluesky.Format{}).Validate(p); problem.Errors(all) > 0 {
			for _, f := range all {
				if f.Code == bluesky.CodeFacet {
					t.Fatalf("%v", f)
				}
			}
		}
	})
}

func TestFormat_names(t *testing.T) {
	tid := regexp.MustCompile(`^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$`)
	seen := map[string]bool{}
	name := func(key platform.Key, at time.Time) string {
		job, _ := jobOf(t, platform.Post{Key: key, At: at, Title: "T"})
		return wireOf(t, job.Message)[0].Rkey
	}
	for i := range 2000 {
		n := name(platform.NewKey("p", "bluesky", i), publishtest.Now())
		if !tid.MatchString(n) || seen[n] {
			t.Fatalf("%q is no name, or not the only one", n)
		}
		seen[n] = true
	}
	if a, b := name("k", publishtest.Now()), name("k", publishtest.Now()); a != b {
		t.Errorf("%s, then %s", a, b)
	}
	if a, b := name("k", publishtest.Now()), name("k", publishtest.Now().Add(time.Second)); a >= b {
		t.Errorf("%s does not come before %s", a, b)
	}
	// The first characters are those of the time, whatever the key.
	if n := name("k", publishtest.Now()); !strings.HasPrefix(n, hour(publishtest.Now())) {
		t.Errorf("%s does not begin with %s", n, hour(publishtest.Now()))
	}
}

// hour is how the TIDs of a second begin: the upper bits of the microseconds.
func hour(at time.Time) string {
	const alphabet = "234567abcdefghijklmnopqrstuvwxyz"
	v := uint64(at.UnixMicro()) << 10
	s := ""
	for i := 60; i >= 35; i -= 5 { // above what a second (2^20 µs, 2^10) can touch
		s += string(alphabet[v>>i&31])
	}
	return s
}

func TestFormat_createdAtFollowsTheThread(t *testing.T) {
	job, _ := jobOf(t, thread(1))
	w := wireOf(t, job.Message)
	if len(w) != 3 || w[0].Record.CreatedAt != "2026-12-01T08:00:00.000Z" || w[2].Record.CreatedAt != "2026-12-01T08:00:00.002Z" {
		t.Errorf("%+v", w)
	}
	if w[0].Rkey == w[1].Rkey || w[0].Record.Langs[0] != "fr" {
		t.Errorf("%+v", w)
	}
}
