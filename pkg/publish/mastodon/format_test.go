package mastodon_test

import (
	"encoding/json"
	"strings"
	"testing"

	"editorial/pkg/problem"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

func TestFormat_counts(t *testing.T) {
	long := "https://velo.org/" + strings.Repeat("x", 300)
	for _, tc := range []struct {
		name, text string
		want       int
	}{
		{"a link counts 23, however long", "Lire : " + long, 7 + 23},
		{"what ends the sentence is not of the link", "Lire " + long + ".", 5 + 23 + 1},
		{"nor is a bracket that was open before", "(voir " + long + ")", 6 + 23 + 1},
		{"one inside it is", "https://velo.org/a_(b)", 23},
		{"two links", long + "\n" + long, 47},
		{"of a mention, the name", "Merci @awa@social.example !", len("Merci @awa !")},
		{"a family is one character", "👨‍👩‍👧‍👦", 1},
		{"accents", "é", 1},
		{"http alone is a word", "http://", 7},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m, err := mastodon.FormatOf(nil).Render(platform.Post{Text: tc.text})
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Parts[0].Count; got != tc.want {
				t.Errorf("%q counts %d, want %d", tc.text, got, tc.want)
			}
		})
	}
}

func TestFormat_freezesWhatIsSent(t *testing.T) {
	p := publishtest.Post(mastodon.Kind)
	p.Lang = "fr-CA"
	m, err := mastodon.FormatOf(map[string]string{mastodon.OptVisibility: "unlisted", mastodon.OptSpoiler: "vélo", mastodon.OptSensitive: "true"}).Render(p)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(m.Wire, &got); err != nil {
		t.Fatal(err)
	}
	for k, want := range map[string]any{"visibility": "unlisted", "language": "fr", "spoiler_text": "vélo", "sensitive": true} {
		if got[k] != want {
			t.Errorf("%s is %v, want %v", k, got[k], want)
		}
	}
	if m.Parts[0].Limit != 500-4 {
		t.Errorf("with the warning, the limit is %d", m.Parts[0].Limit)
	}
}

func TestFormat_takesTheServersLimits(t *testing.T) {
	p := platform.Post{Text: strings.Repeat("a ", 600)}
	if n := problem.Errors(mastodon.FormatOf(nil).Validate(p)); n != 1 {
		t.Errorf("%d errors at 500 characters, want 1", n)
	}
	wide := mastodon.FormatOf(map[string]string{mastodon.OptCharacters: "5000", mastodon.OptPerURL: "25"})
	if all := wide.Validate(p); len(all) > 0 {
		t.Errorf("%v at 5000 characters", all)
	}
	m, err := wide.Render(platform.Post{Text: "https://velo.org/"})
	if err != nil || m.Parts[0].Count != 25 {
		t.Errorf("a link counts %v (%v), want 25", m.Parts, err)
	}
}

func TestFormat_Validate(t *testing.T) {
	image := func(change func(*platform.Media)) platform.Media {
		m := publishtest.Picture().Media()
		change(&m)
		return m
	}
	plain := image(func(*platform.Media) {})
	film := image(func(m *platform.Media) { m.Type, m.Path = "video/mp4", "a.mp4" })
	for _, tc := range []struct {
		name  string
		media []platform.Media
		want  problem.Code // "" is nothing
		sent  int
	}{
		{"a picture", []platform.Media{plain}, "", 1},
		{"a fifth picture is left out", []platform.Media{plain, plain, plain, plain, plain}, mastodon.CodeFiles, 4},
		{"a film stands alone", []platform.Media{film, plain}, mastodon.CodeFiles, 1},
		{"a film in the place of the picture", []platform.Media{plain, film}, "", 1},
		{"and more pictures", []platform.Media{plain, film, plain}, mastodon.CodeFiles, 1},
		{"a film after pictures", []platform.Media{plain, plain, film}, mastodon.CodeFiles, 2},
		{"a film of a kind that servers do not take", []platform.Media{image(func(m *platform.Media) { m.Type = "video/x-msvideo" })}, mastodon.CodeFiles, 0},
		{"a film of 99 MiB", []platform.Media{image(func(m *platform.Media) { m.Type, m.Bytes = "video/mp4", 99<<20 })}, "", 1},
		{"an empty film", []platform.Media{image(func(m *platform.Media) { m.Type, m.Bytes = "video/mp4", 0 })}, media.CodeEmpty, 1},
		{"a film of a byte more", []platform.Media{image(func(m *platform.Media) { m.Type, m.Bytes = "video/mp4", 99<<20+1 })}, mastodon.CodeSize, 1},
		{"a drawing is none", []platform.Media{image(func(m *platform.Media) { m.Type = "image/svg+xml" })}, mastodon.CodeFiles, 0},
		{"too large", []platform.Media{image(func(m *platform.Media) { m.Bytes = 17 << 20 })}, mastodon.CodeSize, 1},
		{"no alternative text", []platform.Media{image(func(m *platform.Media) { m.Alt = " " })}, mastodon.CodeNoAlt, 1},
		{"too long an alternative text", []platform.Media{image(func(m *platform.Media) { m.Alt = strings.Repeat("é", 1501) })}, mastodon.CodeAlt, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := platform.Post{Title: "Freins", Media: tc.media, File: "fr/freins.md"}
			all := mastodon.FormatOf(nil).Validate(p)
			switch {
			case tc.want == "" && len(all) > 0:
				t.Errorf("found %v", all)
			case tc.want != "" && (len(all) != 1 || all[0].Code != tc.want || all[0].File != p.File):
				t.Errorf("found %v, want %s", all, tc.want)
			}
			m, err := mastodon.FormatOf(nil).Render(p)
			if err != nil || len(m.Media) != tc.sent {
				t.Errorf("%d files are sent (%v), want %d", len(m.Media), err, tc.sent)
			}
		})
	}
	if all := mastodon.FormatOf(map[string]string{"visibility": "secret"}).Validate(platform.Post{Title: "x"}); len(all) != 1 || all[0].Code != mastodon.CodeVisibility {
		t.Errorf("a visibility that there is not: %v", all)
	}
}

func TestFormat_firstCommentIsAPostToo(t *testing.T) {
	p := platform.Post{Title: "T", FirstComment: strings.Repeat("é", 501)}
	if all := mastodon.FormatOf(nil).Validate(p); len(all) != 1 || all[0].Code != mastodon.CodeComment {
		t.Errorf("%v", all)
	}
}
