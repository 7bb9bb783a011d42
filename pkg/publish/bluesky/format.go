package bluesky

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Kind is the name of the platform in configurations.
const Kind = "bluesky"

// Codes of findings.
const (
	CodeComment problem.Code = "bluesky-comment-too-long"
	CodeFiles   problem.Code = "bluesky-files-left-out"
	CodeSize    problem.Code = "bluesky-picture-too-large"
	CodeFilm    problem.Code = "bluesky-film-too-large"
	CodeNoAlt   problem.Code = "bluesky-no-alt"
	CodeFacet   problem.Code = "bluesky-facet"
)

// Format is what a post is on Bluesky.
type Format struct{}

// Caps says what the platform can do.
func (Format) Caps() platform.Caps { return caps() }

// frozen is all of the records that is decided before the first attempt: the
// shape of Message.Wire. What is missing is what only the server knows: the names
// of pictures, and of the posts that are answered.
type frozen struct {
	Parts []named `json:"parts"`
}

// named is a record and its name.
type named struct {
	Name   string `json:"rkey"`
	Record record `json:"record"`
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	files, _ := choose(p.Media)
	parts, problems := text.Compose(p, rule(len(files) == 0))
	if problem.Errors(problems) > 0 {
		return platform.Message{}, problems[0]
	}
	var w frozen
	for i, part := range parts {
		at := p.At.Add(time.Duration(i) * time.Millisecond)
		w.Parts = append(w.Parts, named{Name: tid(p.Key.Part(i+1), p.At), Record: newRecord(part.Text, p.Lang, at)})
	}
	if len(files) == 0 && p.Link != "" && len(parts) > 0 {
		w.Parts[len(parts)-1].Record.Embed = &embed{Type: embedLink, External: &card{
			URI: p.Link, Title: publish.Clean(p.Title), Description: publish.Clean(p.Summary),
		}}
	}
	wire, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{Kind: Kind, Parts: parts, Media: files, Wire: wire, FirstComment: p.FirstComment}, nil
}

func newRecord(s, lang string, at time.Time) record {
	r := record{Type: collection, Text: s, CreatedAt: at.UTC().Format("2006-01-02T15:04:05.000Z"), Facets: facets(s)}
	if lang != "" {
		r.Langs = []string{lang}
	}
	return r
}

// rule is how the platform counts. A link that has a card needs no place in the
// text.
func rule(carded bool) text.Rule {
	return text.Rule{
		Kind: Kind, Limit: maxGraphemes, Unit: "graphemes", Count: text.Graphemes, Bytes: maxBytes,
		Tags: 5, NoLink: carded, Threads: maxThread,
	}
}

// Validate finds what keeps a post from Bluesky, and what readers would stumble
// over.
func (f Format) Validate(p platform.Post) []problem.Problem {
	files, left := choose(p.Media)
	parts, all := text.Compose(p, rule(len(files) == 0))
	found := func(code problem.Code, severity problem.Severity, params problem.Params) {
		all = append(all, problem.Problem{Position: problem.Position{File: p.File}, Code: code, Severity: severity, Params: params})
	}
	for _, part := range parts {
		for _, fc := range facets(part.Text) {
			if !fc.fits(part.Text) {
				found(CodeFacet, problem.Error, problem.Params{"start": strconv.Itoa(fc.Index.Start), "end": strconv.Itoa(fc.Index.End), "count": strconv.Itoa(len(part.Text))})
			}
		}
	}
	if n := text.Graphemes(p.FirstComment); n > maxGraphemes || len(p.FirstComment) > maxBytes {
		found(CodeComment, problem.Error, problem.Params{"count": strconv.Itoa(n), "limit": strconv.Itoa(maxGraphemes)})
	}
	if left > 0 {
		found(CodeFiles, problem.Warning, problem.Params{"n": strconv.Itoa(left), "limit": strconv.Itoa(maxImages)})
	}
	for _, m := range files {
		for _, empty := range media.Weigh(Kind, m, 0) {
			found(empty.Code, empty.Severity, empty.Params)
		}
		code, most := CodeSize, int64(maxImage)
		if m.Type == filmType {
			code, most = CodeFilm, maxFilm
		}
		if m.Bytes > most {
			found(code, problem.Error, problem.Params{"path": m.Path, "bytes": strconv.FormatInt(m.Bytes, 10), "limit": strconv.FormatInt(most, 10)})
		}
		if m.Type == filmType && m.Seconds > maxFilmSeconds {
			found(media.CodeTooLong, problem.Error, problem.Params{"path": m.Path, "platform": Kind, "seconds": strconv.Itoa(m.Seconds), "limit": strconv.Itoa(maxFilmSeconds)})
		}
		switch n := text.Graphemes(m.Alt); {
		case strings.TrimSpace(m.Alt) == "":
			found(CodeNoAlt, problem.Warning, problem.Params{"path": m.Path})
		case m.Type == filmType && n > maxFilmAlt:
			found(media.CodeLongAlt, problem.Error, problem.Params{"path": m.Path, "platform": Kind, "count": strconv.Itoa(n), "limit": strconv.Itoa(maxFilmAlt)})
		}
	}
	return all
}

// fits reports whether a facet lies within a text and cuts no character. The
// server does not look: a wrong one would be stored.
func (f facet) fits(s string) bool {
	i := f.Index
	return 0 <= i.Start && i.Start < i.End && i.End <= len(s) && utf8.RuneStart(s[i.Start]) && (i.End == len(s) || utf8.RuneStart(s[i.End]))
}

// choose takes a film alone, or the pictures of a post as far as there is room, and
// says how many files were left out.
func choose(all []platform.Media) (taken []platform.Media, left int) {
	most := maxImages
	for _, m := range media.Lead(all, func(mime string) bool { return mime == filmType }) {
		switch {
		case m.Type == filmType && len(taken) == 0:
			most = 1
		case strings.HasPrefix(m.Type, "image/") && m.Type != "image/svg+xml" && len(taken) < most:
		default:
			left++
			continue
		}
		taken = append(taken, m)
	}
	return taken, left
}
