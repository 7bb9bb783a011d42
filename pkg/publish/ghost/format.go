package ghost

import (
	"encoding/json"
	"strings"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/article"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "ghost"

const (
	// The lengths of the columns of Ghost's table of posts (core/server/data/
	// schema, 6.65.0, 2026-11), in characters.
	maxTitle   = 255
	maxSlug    = 185 // 191 less room for a number
	maxExcerpt = 300
	maxTag     = 191
	maxAlt     = 191
	// maxFiles: Ghost has no limit; this one keeps a preparation short.
	maxFiles = 100
	ahead    = 15 * time.Minute
	// nativeMin: Ghost plans what is two minutes in the past or later (422
	// before that; measured on 6.65.0, 2026-11), and looks every minute.
	nativeMin = 2 * time.Minute
	nativeMax = 365 * 24 * time.Hour
)

// CodeTooLong says that a title is longer than Ghost takes.
const CodeTooLong problem.Code = "blog-title-too-long"

// words is what is frozen beside title and files.
type words struct {
	Slug    string   `json:"slug"`
	HTML    string   `json:"html"`
	Excerpt string   `json:"excerpt,omitempty"`
	Tags    []string `json:"tags,omitempty"`
}

type format struct{}

// Format returns what a post is on Ghost, for previews and assisted use.
func Format() platform.Format { return format{} }

// Caps says what Ghost can do.
func (format) Caps() platform.Caps {
	return platform.Caps{Kind: Kind, Guarantee: platform.ExactlyOnce, Ahead: ahead, Media: maxFiles, NativeMin: nativeMin, NativeMax: nativeMax}
}

// Validate finds what keeps a post from a Ghost.
func (format) Validate(p platform.Post) []problem.Problem {
	all := append(article.Validate(Kind, p), media.Whole(Kind, p)...)
	if n := len([]rune(strings.TrimSpace(publish.Clean(p.Title)))); n > maxTitle {
		all = append(all, problem.Problem{Position: problem.Position{File: p.File}, Code: CodeTooLong, Params: article.Long(Kind, n, maxTitle)})
	}
	return all
}

// Render makes the message.
func (format) Render(p platform.Post) (platform.Message, error) {
	w := words{Slug: article.Address(p, maxSlug), HTML: article.HTML(p), Excerpt: cut(publish.Clean(p.Summary), maxExcerpt), Tags: article.Names(p.Tags, maxTag)}
	raw, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{
		Kind: Kind, Title: cut(publish.Clean(p.Title), maxTitle), Media: p.Media[:min(len(p.Media), maxFiles)], Wire: raw,
		Parts: []platform.Part{{Text: article.Plain(p)}},
	}, nil
}

// cut keeps the first n characters.
func cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}
