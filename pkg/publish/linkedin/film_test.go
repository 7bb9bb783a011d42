package linkedin

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	t.Parallel()
	for name, author := range map[string]string{"organisation": organisation, "member": member} {
		t.Run(name, func(t *testing.T) {
			f, via, account, _ := newFake(t, author)
			f.slow = 3
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return New(account, via) }, Via: via, Count: f.count,
				Media: []platform.Media{publishtest.Film().Media()},
			})
		})
	}
}

// shot is a post with a picture of its own and a film.
func shot(p *platform.Post) { p.Media = append(p.Media, publishtest.Film().Media()) }

// A film is sent in the pieces that LinkedIn asks for, waited for, and posted alone
// with its title.
func TestFilm_isSentInPieces(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	f.slow = 4
	j := job(t, shot)
	var kept platform.Handle
	j.Save = func(_ context.Context, h platform.Handle) error { kept = h; return nil }
	var waits []time.Duration
	for {
		h, err := New(account, via).Prepare(t.Context(), j)
		if err == nil {
			j.Handle = h
			break
		}
		e := platform.As(err)
		if e.Class != platform.Pending {
			t.Fatal(err)
		}
		waits = append(waits, e.Until.Sub(j.Now))
		j.Handle, j.Now = kept, e.Until
	}
	if want := slices.Repeat([]time.Duration{recheckFilm}, 3); !slices.Equal(waits, want) || len(f.images) != 1 {
		t.Errorf("waited %v, want %v; %d uploads", waits, want, len(f.images))
	}
	for _, v := range f.images {
		if !bytes.Equal(v.data, publishtest.Film().Data) || len(v.parts) != 3 {
			t.Errorf("%d bytes in %d pieces", len(v.data), len(v.parts))
		}
	}
	if _, err := New(account, via).Commit(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	m := f.posts[0].content.Media
	if m == nil || !filmURN(m.ID) || m.Title != publishtest.Post(Kind).Title || m.Alt != "" {
		t.Errorf("%+v", f.posts[0].content)
	}
}

// Pieces that leave something out, or that are to go elsewhere, are not sent.
func TestFilm_trustsNoInstructions(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*fake){
		"a hole":    func(f *fake) { f.holes = true },
		"elsewhere": func(f *fake) { f.away = true },
	} {
		f, via, account, _ := newFake(t, organisation)
		change(f)
		_, err := New(account, via).Prepare(t.Context(), job(t, shot))
		if e := platform.As(err); e.Class != platform.Temporary || e.Code != "no-upload" {
			t.Errorf("%s: %v", name, err)
		}
		for _, v := range f.images {
			if len(v.parts) > 0 {
				t.Errorf("%s: %d pieces were sent", name, len(v.parts))
			}
		}
	}
	p := New(platform.Account{}, nil)
	at := func(first, last int64) piece {
		return piece{URL: "https://www.linkedin.com/dms-uploads/x", First: first, Last: last}
	}
	for name, c := range map[string]struct {
		all  []piece
		want bool
	}{
		"whole":          {[]piece{at(0, 3), at(4, 9)}, true},
		"none":           {nil, false},
		"too short":      {[]piece{at(0, 3)}, false},
		"too long":       {[]piece{at(0, 10)}, false},
		"backwards":      {[]piece{at(0, 9), at(10, 9)}, false},
		"another order":  {[]piece{at(4, 9), at(0, 3)}, false},
		"before it":      {[]piece{at(-1, 9)}, false},
		"another server": {[]piece{{URL: "https://www.linkedin.com.evil.example/", Last: 9}}, false},
	} {
		if got := p.cover(c.all, 10); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A film that nothing can be made of fails before anything is public; who tries again
// uploads it again.
func TestFilm_thatBreaksIsRefused(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	f.breaks = true
	j := job(t, shot)
	var kept platform.Handle
	j.Save = func(_ context.Context, h platform.Handle) error { kept = h; return nil }
	_, err := New(account, via).Prepare(t.Context(), j)
	if e := platform.As(err); e.Class != platform.Invalid || e.Code != "film-failed" {
		t.Fatalf("%v", err)
	}
	f.breaks, j.Handle = false, kept
	if end := publishtest.Drive(t.Context(), New(account, via), j, nil); end.State != journal.Published || len(f.images) != 2 || len(f.posts) != 1 {
		t.Errorf("%+v, %d uploads: %v", end, len(f.images), end.Last)
	}
}

func TestFilm_hasLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*platform.Media)
		want   problem.Code
	}{
		"as it is":         {func(*platform.Media) {}, ""},
		"heavy":            {func(m *platform.Media) { m.Bytes = bytesFilm + 1 }, media.CodeLargeFile},
		"long":             {func(m *platform.Media) { m.Seconds = 1801 }, media.CodeTooLong},
		"short":            {func(m *platform.Media) { m.Seconds = 2 }, media.CodeTooShort},
		"of another kind":  {func(m *platform.Media) { m.Type = "video/webm" }, media.CodeLeftOut},
		"as long as it is": {func(m *platform.Media) { m.Seconds, m.Bytes = 1800, bytesFilm }, ""},
	} {
		p := publishtest.Post(Kind)
		shot(&p)
		c.change(&p.Media[1])
		all := Format{}.Validate(p)
		if c.want == "" && len(all) > 0 || c.want != "" && (len(all) != 1 || all[0].Code != c.want) {
			t.Errorf("%s: %v, want %q", name, all, c.want)
		}
	}
}

// careful is a line on which no request begins that does not end: the fake reads
// whole ones only.
type careful struct{ wire.Doer }

func (c careful) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		data, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(data))
	}
	return c.Doer.Do(r)
}

// A film that is replaced while its pieces are sent is none that LinkedIn makes.
func TestFilm_isTheFrozenOne(t *testing.T) {
	t.Parallel()
	film := publishtest.Film()
	other := bytes.ToUpper(film.Data)
	for name, now := range map[string][]byte{"as long": other, "longer": append(bytes.Clone(other), other...), "shorter": other[:len(other)-1]} {
		for after := 1; after < 4; after++ {
			f, via, account, _ := newFake(t, organisation)
			j := job(t, shot)
			j.Files = &publishtest.Replaced{Files: publishtest.Album(), By: publishtest.Files{film.Path: now}, After: after}
			_, err := New(account, careful{via}).Prepare(t.Context(), j)
			if e := platform.As(err); e.Class != platform.Invalid || e.Code != "file-changed" {
				t.Errorf("%s, after %d: %v", name, after, err)
			}
			for _, v := range f.images {
				if len(v.data) > 0 {
					t.Errorf("%s, after %d: a film of %d bytes", name, after, len(v.data))
				}
			}
		}
	}
}
