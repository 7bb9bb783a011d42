package media_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

func TestChoose_takesTheFirstThatFit(t *testing.T) {
	file := func(path, mime, alt, url string, bytes int64) platform.Media {
		return platform.Media{Path: path, Type: mime, Alt: alt, URL: url, Bytes: bytes}
	}
	const web = "https://velo.example/x"
	rule := media.Rule{Kind: "k", Types: media.Same(10, "image/png"), Most: 2, Alt: 5}
	public := rule
	public.Public = true
	silent := rule
	silent.Alt = 0
	long := rule
	long.Alt = media.AnyAlt
	films := media.Rule{Kind: "k", Types: map[string]int64{"image/png": 0, "video/mp4": 0}, Alone: media.Film, MinSeconds: 3, MaxSeconds: 60, Alt: 5}
	told := films
	told.Described = func(string) bool { return true }
	lasts := func(m platform.Media, seconds int) platform.Media { m.Seconds = seconds; return m }
	film := file("f", "video/mp4", "", web, 1)
	for _, tc := range []struct {
		name  string
		rule  media.Rule
		files []platform.Media
		taken string
		want  string
	}{
		{"none", rule, nil, "", ""},
		{"in order", rule, []platform.Media{file("a", "image/png", "a", web, 10), file("b", "image/png", "b", web, 1)}, "a b", ""},
		{"a third, and a film", rule, []platform.Media{
			file("f", "video/mp4", "f", web, 1), file("a", "image/png", "a", web, 1), file("b", "image/png", "b", web, 1), file("c", "image/png", "", web, 99),
		}, "a b", "platform-media-left-out:warning:f platform-media-too-many:warning:"},
		{"too large", rule, []platform.Media{file("a", "image/png", "a", web, 11)}, "a", "platform-file-too-large:error:a"},
		{"empty", rule, []platform.Media{file("a", "image/png", "a", web, 0)}, "a", "platform-file-empty:error:a"},
		{"an empty film", films, []platform.Media{file("f", "video/mp4", "", web, 0)}, "f", "platform-file-empty:error:f"},
		{"says too much", rule, []platform.Media{file("a", "image/png", "éééééé", web, 1)}, "a", "platform-alt-too-long:error:a"},
		{"says nothing", rule, []platform.Media{file("a", "image/png", "\n", web, 1)}, "a", "platform-no-alt:warning:a"},
		{"where nothing can be said", silent, []platform.Media{file("a", "image/png", "", web, 1)}, "a", ""},
		{"says much where anything can be said", long, []platform.Media{file("a", "image/png", "éééééé", web, 1), file("b", "image/png", "", web, 1)}, "a b", "platform-no-alt:warning:b"},
		{"a film alone", films, []platform.Media{film, file("a", "image/png", "a", web, 1)}, "f", "platform-media-too-many:warning:"},
		{"no film beside a picture", films, []platform.Media{file("a", "image/png", "a", web, 1), film}, "a", "platform-media-too-many:warning:"},
		{"a film with words", told, []platform.Media{film}, "f", "platform-no-alt:warning:f"},
		{"too short", films, []platform.Media{lasts(film, 2)}, "f", "platform-media-too-short:error:f"},
		{"too long", films, []platform.Media{lasts(film, 61)}, "f", "platform-media-too-long:error:f"},
		{"as long as it may", films, []platform.Media{lasts(film, 60)}, "f", ""},
		{"not public", public, []platform.Media{file("a", "image/png", "a", "", 1), file("b", "image/png", "b", web, 1)}, "b", "platform-file-not-public:warning:a"},
		{"not public, and no matter", public, []platform.Media{file("a", "image/gif", "a", "", 1)}, "", "platform-media-left-out:warning:a"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			taken, problems := media.Choose(tc.files, tc.rule)
			var got, found []string
			for _, m := range taken {
				got = append(got, m.Path)
			}
			for _, p := range problems {
				found = append(found, fmt.Sprintf("%s:%s:%s", p.Code, p.Severity, p.Params["path"]))
				if p.Params["platform"] != "k" {
					t.Errorf("%v names no platform", p)
				}
			}
			if strings.Join(got, " ") != tc.taken || strings.Join(found, " ") != tc.want {
				t.Errorf("%q %q, want %q %q", got, found, tc.taken, tc.want)
			}
		})
	}
}
