package telegram

import (
	"encoding/json"
	"strconv"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// CodeTopic is the finding of a topic that is no number.
const CodeTopic problem.Code = "telegram-topic"

// Format is what a post is in a chat. The zero value has no options.
type Format struct{ options map[string]string }

// FormatOf returns the format with these options; see the Opt constants.
func FormatOf(options map[string]string) Format { return Format{options: options} }

// frozen is what of a message is decided before the first attempt, beside its
// text: the shape of Message.Wire.
type frozen struct {
	Silent bool `json:"silent,omitempty"`
	Topic  int  `json:"topic,omitempty"`
}

// Caps says what the platform can do.
func (f Format) Caps() platform.Caps { return caps() }

// Validate finds what keeps a post from the chat, and what readers would stumble
// over.
func (f Format) Validate(p platform.Post) []problem.Problem {
	files, problems := f.attach(p)
	_, said := text.Compose(p, rule(files))
	if _, ok := f.topic(); !ok {
		said = append(said, problem.Problem{Code: CodeTopic, Params: problem.Params{"value": f.options[OptTopic]}})
	}
	return append(said, problems...)
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	files, _ := f.attach(p)
	parts, problems := text.Compose(p, rule(files))
	if problem.Errors(problems) > 0 {
		return platform.Message{}, problems[0]
	}
	topic, _ := f.topic()
	data, err := json.Marshal(frozen{Silent: f.options[OptSilent] == "true", Topic: topic})
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{Kind: Kind, Parts: parts, Media: files, Wire: data}, nil
}

func (f Format) attach(p platform.Post) ([]platform.Media, []problem.Problem) {
	if f.options[OptPictures] == "false" {
		return nil, nil
	}
	if led := media.Lead(p.Media, film); len(led) > 0 && film(led[0].Type) {
		return media.Choose(led, media.Rule{
			Kind: Kind, Most: 1, Alone: media.Film, Types: map[string]int64{"video/mp4": maxFilm, "image/jpeg": 0, "image/png": 0},
		})
	}
	return media.Choose(p.Media, media.Rule{Kind: Kind, Types: media.Same(maxPhoto, "image/jpeg", "image/png"), Most: maxPhotos})
}

// film reports whether a type is that of films that play in the chat.
func film(mime string) bool { return mime == "video/mp4" }

// topic is the number of the topic, 0 for none, and whether it is one.
func (f Format) topic() (int, bool) {
	v := f.options[OptTopic]
	n, err := strconv.Atoi(v)
	return max(n, 0), v == "" || err == nil && n > 0
}

// rule is shorter for a caption.
func rule(files []platform.Media) text.Rule {
	r := text.Rule{Kind: Kind, Limit: maxText, Unit: "characters", Count: units, Tags: 5}
	if len(files) > 0 {
		r.Limit = maxCaption
	}
	return r
}
