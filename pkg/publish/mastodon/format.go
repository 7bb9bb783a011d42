package mastodon

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Kind is the name of the platform in configurations.
const Kind = "mastodon"

// Codes of findings.
const (
	CodeComment    problem.Code = "mastodon-comment-too-long"
	CodeFiles      problem.Code = "mastodon-files-left-out"
	CodeSize       problem.Code = "mastodon-file-too-large"
	CodeAlt        problem.Code = "mastodon-alt-too-long"
	CodeNoAlt      problem.Code = "mastodon-no-alt"
	CodeVisibility problem.Code = "mastodon-visibility"
)

// Format is what a post is on a server. The zero value is that of a server with
// Mastodon's usual limits.
type Format struct{ options map[string]string }

// FormatOf returns the format of a server with these options; see the Opt
// constants.
func FormatOf(options map[string]string) Format { return Format{options: options} }

// Caps says what the platform can do.
func (f Format) Caps() platform.Caps { return caps(limitsOf(f.options)) }

// frozen is what of a status is decided before the first attempt, beside its
// text: the shape of Message.Wire.
type frozen struct {
	Visibility string `json:"visibility"`
	Language   string `json:"language,omitempty"`
	Spoiler    string `json:"spoiler_text,omitempty"`
	Sensitive  bool   `json:"sensitive,omitempty"`
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	parts, problems := text.Compose(p, f.rule())
	if problem.Errors(problems) > 0 {
		return platform.Message{}, problems[0]
	}
	visibility, _ := f.visibility()
	wire, err := json.Marshal(frozen{
		Visibility: visibility, Language: language(p.Lang), Spoiler: f.spoiler(), Sensitive: f.options[OptSensitive] == "true",
	})
	if err != nil {
		return platform.Message{}, err
	}
	files, _ := f.choose(p.Media)
	return platform.Message{Kind: Kind, Parts: parts, Media: files, Wire: wire, FirstComment: p.FirstComment}, nil
}

// Validate finds what keeps a post from the server, and what readers would
// stumble over.
func (f Format) Validate(p platform.Post) []problem.Problem {
	_, all := text.Compose(p, f.rule())
	found := func(code problem.Code, severity problem.Severity, params problem.Params) {
		all = append(all, problem.Problem{Position: problem.Position{File: p.File}, Code: code, Severity: severity, Params: params})
	}
	if v, ok := f.visibility(); !ok {
		found(CodeVisibility, problem.Error, problem.Params{"value": v})
	}
	if r := f.rule(); r.Count(p.FirstComment) > r.Limit {
		found(CodeComment, problem.Error, problem.Params{"count": strconv.Itoa(r.Count(p.FirstComment)), "limit": strconv.Itoa(r.Limit)})
	}
	l := limitsOf(f.options)
	files, left := f.choose(p.Media)
	if left > 0 {
		found(CodeFiles, problem.Warning, problem.Params{"n": strconv.Itoa(left), "limit": strconv.Itoa(l.attachments)})
	}
	for _, m := range files {
		for _, empty := range media.Weigh(Kind, m, 0) {
			found(empty.Code, empty.Severity, empty.Params)
		}
		if most := l.size(m); m.Bytes > most {
			found(CodeSize, problem.Error, problem.Params{"path": m.Path, "bytes": strconv.FormatInt(m.Bytes, 10), "limit": strconv.FormatInt(most, 10)})
		}
		switch n := utf8.RuneCountInString(m.Alt); {
		case n > maxAlt:
			found(CodeAlt, problem.Error, problem.Params{"path": m.Path, "count": strconv.Itoa(n), "limit": strconv.Itoa(maxAlt)})
		case strings.TrimSpace(m.Alt) == "":
			found(CodeNoAlt, problem.Warning, problem.Params{"path": m.Path})
		}
	}
	return all
}

func (f Format) rule() text.Rule {
	l := limitsOf(f.options)
	limit := max(1, l.characters-text.Graphemes(f.spoiler()))
	return text.Rule{
		Kind: Kind, Limit: limit, Unit: "characters", Tags: 5, Threads: maxThread,
		Count: text.Federated(l.perURL),
	}
}

func (f Format) spoiler() string { return strings.TrimSpace(publish.Clean(f.options[OptSpoiler])) }

// visibility is who sees the posts, and whether it is one there is.
func (f Format) visibility() (string, bool) {
	v := f.options[OptVisibility]
	if v == "" {
		v = "public"
	}
	return v, slices.Contains([]string{"public", "unlisted", "private"}, v)
}

// language is the tag as servers take it: ISO 639, but for those of Chinese.
func language(tag string) string {
	if base := publish.Base(tag); base != "zh" {
		return base
	}
	return tag
}

// choose takes a film alone where at most one picture stands before it, a sound
// alone where it is the first file, or the pictures of a post as far as there is
// room; and says how many files were left out.
func (f Format) choose(all []platform.Media) (taken []platform.Media, left int) {
	most := limitsOf(f.options).attachments
	for _, m := range media.Lead(all, films) {
		kind, _, _ := strings.Cut(m.Type, "/")
		switch {
		case kind == "image" && m.Type != "image/svg+xml" && len(taken) < most:
		case (films(m.Type) || kind == "audio") && len(taken) == 0:
			most = 1
		default:
			left++
			continue
		}
		taken = append(taken, m)
	}
	return taken, left
}

// films reports whether servers take films of a type. Source: Mastodon 4.x,
// app/models/media_attachment.rb, November 2026.
func films(mime string) bool {
	return slices.Contains([]string{"video/mp4", "video/webm", "video/quicktime", "video/ogg"}, mime)
}

// size is the most bytes of a file.
func (l limits) size(m platform.Media) int64 {
	if strings.HasPrefix(m.Type, "image/") {
		return l.image
	}
	return l.video
}
