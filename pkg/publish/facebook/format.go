package facebook

import (
	"encoding/json"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Format is what a post is on a Page. The zero value has the usual limits.
type Format struct{ options map[string]string }

// FormatOf returns the format with these options; see the Opt constants.
func FormatOf(options map[string]string) Format { return Format{options: options} }

// frozen is what of a post is decided before the first attempt, beside its text:
// the shape of Message.Wire.
type frozen struct {
	// Link stands as a card beside the text; "" where there are pictures.
	Link string `json:"link,omitempty"`
}

// Caps says what the platform can do.
func (f Format) Caps() platform.Caps { return caps(f.photos(), f.direct()) }

// Validate finds what keeps a post from the Page, and what readers would stumble
// over.
func (f Format) Validate(p platform.Post) []problem.Problem {
	files, problems := f.attach(p)
	_, said := text.Compose(p, f.rule(p, files))
	return append(said, problems...)
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	files, _ := f.attach(p)
	parts, problems := text.Compose(p, f.rule(p, files))
	if problem.Errors(problems) > 0 {
		return platform.Message{}, problems[0]
	}
	var w frozen
	if len(files) == 0 {
		w.Link = p.Link
	}
	data, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{Kind: Kind, Parts: parts, Media: files, Wire: data, FirstComment: strings.TrimSpace(p.FirstComment)}, nil
}

func (f Format) attach(p platform.Post) ([]platform.Media, []problem.Problem) {
	if f.options[OptCard] == "true" && p.Link != "" {
		return nil, nil
	}
	if led := media.Lead(p.Media, films); len(led) > 0 && films(led[0].Type) && !f.direct() {
		return media.Choose(led, media.Rule{
			Kind: Kind, Most: 1, Alone: media.Film,
			Types: map[string]int64{"video/mp4": maxFilm, "video/quicktime": maxFilm, "image/jpeg": 0, "image/png": 0},
		})
	}
	return media.Choose(p.Media, media.Rule{
		Kind: Kind, Types: media.Same(maxPhoto, "image/jpeg", "image/png"), Most: f.photos(), Alt: media.AnyAlt,
	})
}

// films reports whether the platform takes films of a type.
func films(mime string) bool { return mime == "video/mp4" || mime == "video/quicktime" }

// rule leaves the link out of the text where it has a card.
func (f Format) rule(p platform.Post, files []platform.Media) text.Rule {
	return text.Rule{
		Kind: Kind, Limit: number(f.options[OptCharacters], maxCharacters), Unit: "characters", Count: text.Characters,
		Tags: 5, NoLink: len(files) == 0,
	}
}

func (f Format) photos() int { return number(f.options[OptPhotos], maxPhotos) }

func (f Format) direct() bool { return f.options[OptDirect] == "true" }
