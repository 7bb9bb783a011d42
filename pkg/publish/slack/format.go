package slack

import (
	"encoding/json"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Format is what a post is in a channel. The zero value is that of a webhook.
type Format struct {
	options map[string]string
	bot     bool
}

// FormatOf returns the format with these options; see the Opt constants.
func FormatOf(options map[string]string) Format { return Format{options: options} }

// frozen is what of a message is decided before the first attempt: the shape of
// Message.Wire, and a part of what is sent.
type frozen struct {
	Text    string `json:"text"`
	Markup  bool   `json:"mrkdwn"`
	Links   bool   `json:"unfurl_links"`
	Preview bool   `json:"unfurl_media"`
}

// Caps says what the platform can do.
func (f Format) Caps() platform.Caps { return caps(f.bot) }

// Validate finds what keeps a post from the channel.
func (f Format) Validate(p platform.Post) []problem.Problem {
	_, problems := text.Compose(p, rule())
	return problems
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	parts, problems := text.Compose(p, rule())
	if problem.Errors(problems) > 0 {
		return platform.Message{}, problems[0]
	}
	preview := f.options[OptPreview] != "false"
	data, err := json.Marshal(frozen{Text: escape(parts[0].Text), Markup: f.options[OptMarkup] == "true", Links: preview, Preview: preview})
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{Kind: Kind, Parts: parts, Wire: data}, nil
}

func rule() text.Rule {
	return text.Rule{Kind: Kind, Limit: maxText, Unit: "characters", Count: count, NoTags: true}
}
