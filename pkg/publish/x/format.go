package x

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Kind is the name of the platform in configurations.
const Kind = "x"

// Codes of findings.
const (
	CodeThread   problem.Code = "x-thread-off"
	CodeCashtags problem.Code = "x-cashtags"
	CodeMention  problem.Code = "x-starts-with-mention"
)

// Format is what a post is on X. The zero value is for a person who posts by
// hand.
type Format struct {
	// Options: "threads" ("true" allows posts that answer each other),
	// "characters" (the weighted length of accounts that may write more),
	// "made_with_ai" ("true" says so on every post), and prices in dollars:
	// "price", "price_link", "price_alt".
	Options map[string]string
	// asked is true of an account's format. A person who posts by hand may write
	// threads, and pays nothing.
	asked bool
}

// frozen is what the message keeps beside its texts.
type frozen struct {
	// Link is how the post is known again, if its text is not.
	Link string `json:"link,omitempty"`
	AI   bool   `json:"made_with_ai,omitempty"`
}

// Caps says what X can do.
func (f Format) Caps() platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle, Ahead: ahead, Fresh: mediaLife,
		Threads: f.threads(), Media: limitMedia,
	}
}

// Validate finds what keeps the post from X.
func (f Format) Validate(p platform.Post) []problem.Problem {
	parts, problems := text.Compose(p, f.rule())
	_, found := choose(p.Media)
	problems = append(problems, found...)
	if len(p.Texts) > 1 && !f.threads() {
		problems = append(problems, problem.Problem{Severity: problem.Warning, Code: CodeThread, Params: problem.Params{"parts": strconv.Itoa(len(p.Texts))}})
	}
	cash := regexp.MustCompile(`(?:^|[\s(])\$[A-Za-z]{1,6}\b`)
	for i, part := range parts {
		if n := len(cash.FindAllString(part.Text, -1)); n > limitCashtags {
			problems = append(problems, problem.Problem{Code: CodeCashtags, Params: problem.Params{"count": strconv.Itoa(n), "limit": strconv.Itoa(limitCashtags)}})
		}
		if i == 0 && strings.HasPrefix(part.Text, "@") {
			problems = append(problems, problem.Problem{Severity: problem.Warning, Code: CodeMention, Params: problem.Params{}})
		}
	}
	return problems
}

// Render freezes the post.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	parts, _ := text.Compose(p, f.rule())
	m := platform.Message{Kind: Kind, Parts: parts, FirstComment: p.FirstComment}
	m.Media, _ = choose(p.Media)
	var err error
	m.Wire, err = json.Marshal(frozen{Link: p.Link, AI: f.Options["made_with_ai"] == "true"})
	m.Cost = f.cost(m)
	return m, err
}

func (f Format) rule() text.Rule {
	r := text.Rule{Kind: Kind, Limit: text.WeightedLimit, Unit: "weighted", Count: text.Weighted, Tags: 2}
	if n, err := strconv.Atoi(f.Options["characters"]); err == nil && n > 0 {
		r.Limit = n
	}
	if f.threads() {
		r.Threads = limitThread
	}
	return r
}

func (f Format) threads() bool { return !f.asked || f.Options["threads"] == "true" }

// cost is what sending a message costs, in millionths of a dollar.
func (f Format) cost(m platform.Message) int64 {
	var sum int64
	if !f.asked {
		return 0
	}
	for _, p := range m.Parts {
		if text.WeightedLinks(p.Text) > 0 {
			sum += f.price("price_link", priceLink)
		} else {
			sum += f.price("price", pricePost)
		}
	}
	for _, file := range m.Media {
		if described(file) {
			sum += f.price("price_alt", priceAlt)
		}
	}
	return sum
}

func (f Format) price(option string, usual int64) int64 {
	if v, err := strconv.ParseFloat(f.Options[option], 64); err == nil && v >= 0 && v < 1e6 {
		return int64(v*1e6 + 0.5)
	}
	return usual
}

// files is what X takes beside a text.
func files() media.Rule {
	return media.Rule{
		Kind: Kind, Most: limitMedia, Alt: limitAlt, MaxSeconds: secondsVideo,
		Types: map[string]int64{
			"image/jpeg": bytesImage, "image/png": bytesImage, "image/webp": bytesImage,
			"image/gif": bytesAnimation, "video/mp4": bytesVideo, "video/quicktime": bytesVideo,
		},
		Alone: func(mime string) bool { return category(mime) != "tweet_image" },
	}
}

// choose takes the files that go with a post: a film alone, or pictures.
func choose(all []platform.Media) ([]platform.Media, []problem.Problem) {
	rule := files()
	return media.Choose(media.Lead(all, func(mime string) bool { return rule.Types[mime] > 0 }), rule)
}

// category is what X calls a kind of file.
func category(mime string) string {
	switch {
	case strings.HasPrefix(mime, "video/"):
		return "tweet_video"
	case mime == "image/gif":
		return "tweet_gif"
	}
	return "tweet_image"
}

// described reports whether a description goes with the file.
func described(m platform.Media) bool { return m.Alt != "" && strings.HasPrefix(m.Type, "image/") }
