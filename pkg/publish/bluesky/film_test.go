package bluesky_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// shot is a post with a picture of its own and a film.
func shot() platform.Post {
	p := publishtest.Post(bluesky.Kind)
	film := publishtest.Film().Media()
	film.Width, film.Height = 1080, 1920
	p.Media = append(p.Media, film)
	return p
}

func TestFilm_goesOutAlone(t *testing.T) {
	f := serve(t)
	var sent []byte
	f.refuse = func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Content-Type") == "video/mp4" {
			sent, _ = io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(sent)))
		}
		return false
	}
	p := shot()
	job, _ := jobOf(t, p)
	if end := publishtest.Drive(t.Context(), f.publisher(), job, nil); end.State != journal.Published {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	if string(sent) != string(publishtest.Film().Data) {
		t.Errorf("%d bytes arrived", len(sent))
	}
	for _, s := range f.records {
		var got struct {
			Text  string
			Embed struct {
				Type        string `json:"$type"`
				Alt         string
				AspectRatio struct{ Width, Height int }
				Images      []any
			}
		}
		if err := json.Unmarshal(s.raw, &got); err != nil {
			t.Fatal(err)
		}
		e := got.Embed
		if e.Type != "app.bsky.embed.video" || e.Alt != publishtest.Film().Alt || e.AspectRatio.Width != 1080 || e.AspectRatio.Height != 1920 || e.Images != nil {
			t.Errorf("it shows %s", s.raw)
		}
		if !strings.Contains(got.Text, p.Link) {
			t.Errorf("with a film there is no card, and the text has no link: %q", got.Text)
		}
	}
}

// A film that the server throws away before it is shown is uploaded again.
func TestFilm_isUploadedAgainWhereItIsGone(t *testing.T) {
	f := serve(t)
	job, _ := jobOf(t, shot())
	h, err := f.publisher().Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	clear(f.blobs)
	job.Handle = h
	if end := publishtest.Drive(t.Context(), f.publisher(), job, nil); end.State != journal.Published || len(f.blobs) != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// What keeps a film from the platform is known before the instant, and nothing of
// it is public.
func TestFilm_isRefusedWhilePreparing(t *testing.T) {
	tooLarge := func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "uploadBlob") {
			deny(w, 413, "PayloadTooLarge", "request entity too large")
			return true
		}
		return false
	}
	film := publishtest.Film()
	quicktime := strings.NewReplacer("isom", "qt  ", "mp41", "qt  ", "mp42", "qt  ").Replace(string(film.Data))
	for name, tc := range map[string]struct {
		refuse func(http.ResponseWriter, *http.Request) bool
		data   []byte // frozen
		now    []byte // there
		code   string
	}{
		"too large for this server": {tooLarge, film.Data, film.Data, "PayloadTooLarge"},
		"no MP4 inside":             {nil, []byte(quicktime), []byte(quicktime), "no-mp4"},
		"another film":              {nil, film.Data, []byte(quicktime), "file-changed"},
		"gone":                      {nil, film.Data, nil, "file-missing"},
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			f.refuse = tc.refuse
			p := publishtest.Post(bluesky.Kind)
			file := film
			file.Data = tc.data
			p.Media = []platform.Media{file.Media()}
			job, _ := jobOf(t, p)
			files := publishtest.Files{}
			if tc.now != nil {
				files[file.Path] = tc.now
			}
			job.Files = files
			end := publishtest.Drive(t.Context(), f.publisher(), job, nil)
			if e := platform.As(end.Last); end.State != journal.Failed || end.Commits != 0 || e.Code != tc.code || e.Class != platform.Invalid {
				t.Errorf("%+v: %v, want %s", end, end.Last, tc.code)
			}
		})
	}
}
