package media_test

import (
	"strings"
	"testing"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

func TestLead(t *testing.T) {
	t.Parallel()
	mp4 := func(mime string) bool { return mime == "video/mp4" }
	for before, want := range map[string]string{
		"":                                        "",
		"image/png image/png":                     "image/png image/png",
		"video/mp4 image/png":                     "video/mp4 image/png",
		"image/png video/mp4":                     "video/mp4",
		"image/png video/webm video/mp4":          "video/mp4 video/webm",
		"image/png video/webm":                    "image/png video/webm",
		"image/png image/png video/mp4":           "image/png image/png video/mp4",
		"image/png video/mp4 image/png video/mp4": "video/mp4 image/png video/mp4",
	} {
		var files []platform.Media
		for _, mime := range strings.Fields(before) {
			files = append(files, platform.Media{Type: mime})
		}
		var got []string
		for _, m := range media.Lead(files, mp4) {
			got = append(got, m.Type)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", before, s, want)
		}
		for i, mime := range strings.Fields(before) { // the post keeps its order
			if files[i].Type != mime {
				t.Errorf("%s: the files themselves were moved", before)
			}
		}
	}
}
