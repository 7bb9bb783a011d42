package wordpress

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
const Kind = "wordpress"

const (
	// maxSlug: the column post_name holds 200 characters (wp-admin/includes/
	// schema.php, WordPress 6.1); a number may be added.
	maxSlug = 190
	// maxName: the column wp_terms.name holds 200 characters (the same file).
	maxName = 200
	// maxFiles: WordPress has no limit; this one keeps a preparation short.
	maxFiles = 100
	// ahead is how long before its instant a post is made ready.
	ahead = 15 * time.Minute
	// nativeMin: less than a minute ahead WordPress publishes at once (measured
	// on 6.1.9, 2026-11); twice that leaves room for two clocks.
	nativeMin = 2 * time.Minute
	// nativeMax: WordPress has no limit; nobody should trust a timer longer.
	nativeMax = 365 * 24 * time.Hour
)

// words is what is frozen beside title and files.
type words struct {
	Slug       string   `json:"slug"`
	HTML       string   `json:"html"`
	Excerpt    string   `json:"excerpt,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	Categories []string `json:"categories,omitempty"`
}

type format struct{ categories []string }

// Format returns what a post is on WordPress, for previews and assisted use.
func Format() platform.Format { return format{} }

// Caps says what WordPress can do.
func (format) Caps() platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Ahead: ahead, Media: maxFiles,
		NativeMin: nativeMin, NativeMax: nativeMax,
	}
}

// Validate finds what keeps a post from a blog.
func (format) Validate(p platform.Post) []problem.Problem {
	return append(article.Validate(Kind, p), media.Whole(Kind, p)...)
}

// Render makes the message.
func (f format) Render(p platform.Post) (platform.Message, error) {
	w := words{
		Slug: article.Address(p, maxSlug), HTML: article.HTML(p), Excerpt: strings.TrimSpace(publish.Clean(p.Summary)),
		Tags: article.Names(p.Tags, maxName), Categories: f.categories,
	}
	raw, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{
		Kind: Kind, Title: strings.TrimSpace(publish.Clean(p.Title)), Media: p.Media[:min(len(p.Media), maxFiles)], Wire: raw,
		Parts: []platform.Part{{Text: article.Plain(p)}},
	}, nil
}
