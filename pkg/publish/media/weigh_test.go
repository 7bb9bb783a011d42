package media_test

import (
	"testing"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// A file that would fail while it is prepared is found before.
func TestWhole_weighsTheFiles(t *testing.T) {
	t.Parallel()
	for size, want := range map[int64]problem.Code{0: media.CodeEmpty, 1: "", media.MaxWhole: "", media.MaxWhole + 1: media.CodeLargeFile} {
		p := platform.Post{Title: "T", HTML: "<p>x</p>", File: "a.md", Media: []platform.Media{{Path: "a.mp4", Type: "video/mp4", Bytes: size}}}
		all := media.Whole("wordpress", p)
		if want == "" && len(all) > 0 || want != "" && (len(all) != 1 || all[0].Code != want || all[0].Severity != problem.Error || all[0].File != "a.md" || all[0].Params["platform"] != "wordpress") {
			t.Errorf("%d bytes: %v, want %q", size, all, want)
		}
	}
}
