package text_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

func TestAttach_takesTheFirstThatFit(t *testing.T) {
	file := func(path, mime, alt, url string, bytes int64) platform.Media {
		return platform.Media{Path: path, Type: mime, Alt: alt, URL: url, Bytes: bytes}
	}
	const web = "https://velo.example/x"
	rule := text.Files{Kind: "k", Types: []string{"image/png"}, Most: 2, Bytes: 10, Alt: 5}
	public := rule
	public.Public = true
	silent := rule
	silent.Alt = -1
	for _, tc := range []struct {
		name  string
		rule  text.Files
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
		{"says too much", rule, []platform.Media{file("a", "image/png", "éééééé", web, 1)}, "a", "platform-alt-too-long:error:a"},
		{"says nothing", rule, []platform.Media{file("a", "image/png", "\n", web, 1)}, "a", "platform-no-alt:warning:a"},
		{"where nothing can be said", silent, []platform.Media{file("a", "image/png", "", web, 1)}, "a", ""},
		{"not public", public, []platform.Media{file("a", "image/png", "a", "", 1), file("b", "image/png", "b", web, 1)}, "b", "platform-file-not-public:warning:a"},
		{"not public, and no matter", public, []platform.Media{file("a", "image/gif", "a", "", 1)}, "", "platform-media-left-out:warning:a"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			taken, problems := text.Attach(tc.files, tc.rule)
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
