package micropub

import (
	"encoding/json"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/article"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "micropub"

const (
	// The protocol has no limits; these keep what is sent within what the common
	// servers take (2026-11).
	maxSlug  = 100
	maxTag   = 200
	maxFiles = 50
	ahead    = 15 * time.Minute
	// settle is how long a site may need until its list shows a post.
	settle = 2 * time.Minute
)

// words is what is frozen beside title and files.
type words struct {
	Slug    string   `json:"slug"`
	HTML    string   `json:"html"`
	Summary string   `json:"summary,omitempty"`
	Tags    []string `json:"tags,omitempty"`
}

type format struct{ drafts bool }

// Format returns what a post is by Micropub, for previews and assisted use.
func Format() platform.Format { return format{} }

// Caps says what Micropub can do.
func (f format) Caps() platform.Caps {
	c := platform.Caps{Kind: Kind, Guarantee: platform.AskAfterLoss, Ahead: ahead, Media: maxFiles, Settle: settle}
	if f.drafts {
		c.Guarantee = platform.ExactlyOnce
	}
	return c
}

// Validate finds what keeps a post from the site.
func (format) Validate(p platform.Post) []problem.Problem {
	return append(article.Validate(Kind, p), media.Whole(Kind, p)...)
}

// Render makes the message.
func (format) Render(p platform.Post) (platform.Message, error) {
	raw, err := json.Marshal(words{article.Address(p, maxSlug), article.HTML(p), publish.Clean(p.Summary), article.Names(p.Tags, maxTag)})
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{
		Kind: Kind, Title: publish.Clean(p.Title), Media: p.Media[:min(len(p.Media), maxFiles)], Wire: raw, Parts: []platform.Part{{Text: article.Plain(p)}},
	}, nil
}
