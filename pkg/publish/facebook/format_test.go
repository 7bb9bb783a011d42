package facebook_test

import (
	"strings"
	"testing"

	"editorial/pkg/problem"
	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
)

func TestFormat_putsTheLinkWhereItIsSeen(t *testing.T) {
	p := publishtest.Post(facebook.Kind)
	card := p
	card.Media = nil
	for _, tc := range []struct {
		name    string
		post    platform.Post
		options map[string]string
		inText  bool
		media   int
	}{
		{"pictures leave no room for a card", p, nil, true, 1},
		{"no picture", card, nil, false, 0},
		{"a card is wanted", p, map[string]string{facebook.OptCard: "true"}, false, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m, err := facebook.FormatOf(tc.options).Render(tc.post)
			if err != nil {
				t.Fatal(err)
			}
			inText, inCard := strings.Contains(m.Parts[0].Text, p.Link), strings.Contains(string(m.Wire), p.Link)
			if inText != tc.inText || inCard == tc.inText || len(m.Media) != tc.media {
				t.Errorf("%s\n%s", m.Parts[0].Text, m.Wire)
			}
			if !strings.Contains(m.Parts[0].Text, "#vélo #hiver") {
				t.Errorf("%s", m.Parts[0].Text)
			}
		})
	}
}

func TestFormat_Validate(t *testing.T) {
	image := func(change func(*platform.Media)) platform.Media {
		m := publishtest.Picture().Media()
		change(&m)
		return m
	}
	plain := image(func(*platform.Media) {})
	for _, tc := range []struct {
		name  string
		media []platform.Media
		text  string
		want  problem.Code
	}{
		{"a picture", []platform.Media{plain}, "", ""},
		{"a film", []platform.Media{publishtest.Film().Media()}, "", ""},
		{"a film in the place of the picture", []platform.Media{plain, publishtest.Film().Media()}, "", ""},
		{"and more pictures", []platform.Media{plain, publishtest.Film().Media(), plain}, "", media.CodeTooMany},
		{"a film after pictures is left out", []platform.Media{plain, plain, publishtest.Film().Media()}, "", media.CodeLeftOut},
		{"a film of another kind is left out", []platform.Media{plain, image(func(m *platform.Media) { m.Type = "video/webm" })}, "", media.CodeLeftOut},
		{"a film of 1 GiB", []platform.Media{image(func(m *platform.Media) { m.Type, m.Bytes = "video/mp4", 1<<30 })}, "", ""},
		{"too large a film", []platform.Media{image(func(m *platform.Media) { m.Type, m.Bytes = "video/mp4", 1<<30+1 })}, "", media.CodeLargeFile},
		{"too large", []platform.Media{image(func(m *platform.Media) { m.Bytes = 5 << 20 })}, "", media.CodeLargeFile},
		{"no alternative text", []platform.Media{image(func(m *platform.Media) { m.Alt = " " })}, "", media.CodeNoAlt},
		{"too long", nil, strings.Repeat("é", 63_207), text.CodeTooLong},
		{"as long as can be", nil, strings.Repeat("é", 63_206), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := facebook.FormatOf(nil).Validate(platform.Post{Title: "Freins", Text: tc.text, Media: tc.media})
			if tc.want == "" && len(all) > 0 || tc.want != "" && (len(all) != 1 || all[0].Code != tc.want) {
				t.Errorf("%v, want %q", all, tc.want)
			}
		})
	}
}
