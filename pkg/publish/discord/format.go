package discord

import (
	"encoding/json"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Codes of findings about options.
const (
	CodeName   problem.Code = "discord-name"
	CodeThread problem.Code = "discord-thread"
)

// Format is what a post is in a channel. The zero value has no options.
type Format struct{ options map[string]string }

// FormatOf returns the format with these options; see the Opt constants.
func FormatOf(options map[string]string) Format { return Format{options: options} }

// frozen is the message as it is sent, but for its files: the shape of
// Message.Wire.
type frozen struct {
	Content  string   `json:"content"`
	Username string   `json:"username,omitempty"`
	Flags    int      `json:"flags,omitempty"`
	Mentions mentions `json:"allowed_mentions"`
}

// mentions are those that notify somebody: none.
type mentions struct {
	Parse []string `json:"parse"`
}

// Caps says what the platform can do.
func (f Format) Caps() platform.Caps { return caps() }

// Validate finds what keeps a post from the channel, and what readers would
// stumble over.
func (f Format) Validate(p platform.Post) []problem.Problem {
	_, problems := text.Compose(p, f.rule())
	_, more := attach(p)
	problems = append(problems, more...)
	if name := f.name(); text.Characters(name) > maxName || strings.Contains(strings.ToLower(name), "discord") {
		problems = append(problems, problem.Problem{Code: CodeName, Params: problem.Params{"value": name}})
	}
	if v := f.options[OptThread]; strings.Trim(v, "0123456789") != "" {
		problems = append(problems, problem.Problem{Code: CodeThread, Params: problem.Params{"value": v}})
	}
	return problems
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	parts, problems := text.Compose(p, f.rule())
	if problem.Errors(problems) > 0 {
		return platform.Message{}, problems[0]
	}
	media, _ := attach(p)
	w := frozen{Content: f.marked(parts[0].Text), Username: f.name(), Mentions: mentions{Parse: []string{}}}
	if f.options[OptPreview] == "false" {
		w.Flags = quiet
	}
	data, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{Kind: Kind, Parts: parts, Media: media, Wire: data}, nil
}

func attach(p platform.Post) ([]platform.Media, []problem.Problem) {
	return media.Choose(p.Media, media.Rule{
		Kind: Kind, Types: media.Same(maxFile, "image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"),
		Most: maxFiles, Alt: maxAlt, Described: func(string) bool { return true },
	})
}

func (f Format) rule() text.Rule {
	return text.Rule{
		Kind: Kind, Limit: maxText, Unit: "characters", NoTags: true,
		Count: func(s string) int { return units(f.marked(s)) },
	}
}

// marked is the text as it is sent.
func (f Format) marked(s string) string {
	if f.options[OptMarkdown] == "true" {
		return s
	}
	return escape(s)
}

func (f Format) name() string { return strings.TrimSpace(publish.Clean(f.options[OptName])) }
