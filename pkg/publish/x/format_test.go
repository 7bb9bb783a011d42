package x

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
)

func TestFormat_findsWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	picture := publishtest.Picture().Media()
	with := func(change func(*platform.Media)) platform.Media { m := picture; change(&m); return m }
	film := with(func(m *platform.Media) { m.Type, m.Seconds, m.Path = "video/mp4", 30, "a.mp4" })
	for name, c := range map[string]struct {
		change  func(*platform.Post)
		options map[string]string
		errors  []problem.Code
		warns   []problem.Code
	}{
		"as it is":              {change: func(p *platform.Post) {}},
		"long own words":        {change: func(p *platform.Post) { p.Text = strings.Repeat("mot ", 80) }, errors: []problem.Code{text.CodeTooLong}},
		"long, but may be":      {change: func(p *platform.Post) { p.Text = strings.Repeat("mot ", 80) }, options: map[string]string{"characters": "25000"}},
		"a thread":              {change: func(p *platform.Post) { p.Texts = []string{"un", "deux"} }, warns: []problem.Code{CodeThread}},
		"a thread, and allowed": {change: func(p *platform.Post) { p.Texts = []string{"un", "deux"} }, options: map[string]string{"threads": "true"}},
		"two cashtags":          {change: func(p *platform.Post) { p.Text = "$VELO et $RAIL" }, errors: []problem.Code{CodeCashtags}},
		"prices":                {change: func(p *platform.Post) { p.Text = "de $5 à $10" }},
		"an answer":             {change: func(p *platform.Post) { p.Text = "@awa merci" }, warns: []problem.Code{CodeMention}},
		"no description":        {change: func(p *platform.Post) { p.Media[0].Alt = "" }, warns: []problem.Code{media.CodeNoAlt}},
		"long description":      {change: func(p *platform.Post) { p.Media[0].Alt = strings.Repeat("é", 1001) }, errors: []problem.Code{media.CodeLongAlt}},
		"heavy":                 {change: func(p *platform.Post) { p.Media[0].Bytes = bytesImage + 1 }, errors: []problem.Code{media.CodeLargeFile}},
		"five pictures":         {change: func(p *platform.Post) { p.Media = slices.Repeat([]platform.Media{picture}, 5) }, warns: []problem.Code{media.CodeTooMany}},
		"film and picture":      {change: func(p *platform.Post) { p.Media = []platform.Media{film, picture} }, warns: []problem.Code{media.CodeTooMany}},
		"picture and film":      {change: func(p *platform.Post) { p.Media = []platform.Media{picture, film} }},
		"long film": {change: func(p *platform.Post) {
			p.Media = []platform.Media{with(func(m *platform.Media) { m.Type, m.Seconds = "video/mp4", 141 })}
		},
			errors: []problem.Code{media.CodeTooLong}},
		"a drawing": {change: func(p *platform.Post) { p.Media[0].Type = "image/svg+xml" }, warns: []problem.Code{media.CodeLeftOut}},
	} {
		p := publishtest.Post(Kind)
		p.Media = slices.Clone(p.Media)
		c.change(&p)
		var errors, warns []problem.Code
		for _, f := range (Format{Options: c.options, asked: true}).Validate(p) {
			if f.Severity == problem.Error {
				errors = append(errors, f.Code)
			} else {
				warns = append(warns, f.Code)
			}
		}
		if !slices.Equal(errors, c.errors) || !slices.Equal(warns, c.warns) {
			t.Errorf("%s: errors %v, want %v; warnings %v, want %v", name, errors, c.errors, warns, c.warns)
		}
		m, err := Format{Options: c.options, asked: true}.Render(p)
		if err != nil || len(m.Media) > limitMedia {
			t.Errorf("%s: %v, %d files", name, err, len(m.Media))
		}
	}
}

func TestFormat_saysWhatItCosts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change  func(*platform.Post)
		options map[string]string
		want    int64
	}{
		"a link and a described picture": {func(p *platform.Post) {}, nil, 205_000},
		"a link":                         {func(p *platform.Post) { p.Media = nil }, nil, 200_000},
		"words":                          {func(p *platform.Post) { p.Media, p.Link, p.Text = nil, "", "Bonjour" }, nil, 15_000},
		"a file name that is a link":     {func(p *platform.Post) { p.Media, p.Link, p.Text = nil, "", "lire readme.md" }, nil, 200_000},
		"other prices":                   {func(p *platform.Post) {}, map[string]string{"price_link": "0.31", "price_alt": "0"}, 310_000},
		"a price that is none":           {func(p *platform.Post) { p.Media = nil }, map[string]string{"price_link": "-1"}, 200_000},
		"a thread": {func(p *platform.Post) {
			p.Media, p.Texts = nil, []string{"un", "deux https://velo.fr/freins/", "trois"}
		},
			map[string]string{"threads": "true"}, 230_000},
	} {
		p := publishtest.Post(Kind)
		p.Link = "https://velo.fr/freins/" // .example is no domain that X knows
		c.change(&p)
		m, err := Format{Options: c.options, asked: true}.Render(p)
		if err != nil || m.Cost != c.want {
			t.Errorf("%s: %d (%v), want %d", name, m.Cost, err, c.want)
		}
	}
}

func TestFormat_neverSaysMoreThanFits(t *testing.T) {
	t.Parallel()
	for n := 0; n < 120; n += 13 {
		p := publishtest.Post(Kind)
		p.Title = strings.Repeat("日本 été 👨‍👩‍👧‍👦 ", n)
		p.Link = fmt.Sprintf("https://velo.fr/%s/", strings.Repeat("a", n))
		m, err := Format{}.Render(p)
		if err != nil || len(m.Parts) != 1 || m.Parts[0].Count > 280 || !strings.Contains(m.Parts[0].Text, p.Link) {
			t.Fatalf("%d: %+v %v", n, m.Parts, err)
		}
	}
}

// TestFormat_byHand: a person may write threads, and pays nothing.
func TestFormat_byHand(t *testing.T) {
	t.Parallel()
	p := publishtest.Post(Kind)
	p.Texts = []string{"un", "deux"}
	m, err := Format{}.Render(p)
	if err != nil || len(m.Parts) != 2 || m.Cost != 0 || len((Format{}).Validate(p)) != 0 {
		t.Errorf("%+v %v", m, err)
	}
}
