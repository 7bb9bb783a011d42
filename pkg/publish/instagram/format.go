package instagram

import (
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Codes of findings.
const (
	CodePicture problem.Code = "instagram-no-picture"
	CodeShape   problem.Code = "instagram-shape"
	CodeTags    problem.Code = "instagram-too-many-tags"
)

// Format is what a post is on Instagram.
type Format struct{}

// Caps says what the platform can do.
func (Format) Caps() platform.Caps { return caps() }

// Validate finds what keeps a post from the platform, and what readers would
// stumble over.
func (Format) Validate(p platform.Post) []problem.Problem {
	_, _, problems := compose(p)
	return problems
}

// Render makes the message.
func (Format) Render(p platform.Post) (platform.Message, error) {
	parts, files, problems := compose(p)
	for _, found := range problems {
		if found.Severity == problem.Error {
			return platform.Message{}, found
		}
	}
	return platform.Message{Kind: Kind, Parts: parts, Media: files, FirstComment: strings.TrimSpace(p.FirstComment)}, nil
}

// compose makes the caption and takes the pictures. A link is text there that
// nobody can follow: it is left out.
func compose(p platform.Post) ([]platform.Part, []platform.Media, []problem.Problem) {
	parts, problems := text.Compose(p, text.Rule{
		Kind: Kind, Limit: maxCaption, Unit: "characters", Count: text.Characters, Tags: shownTags, NoLink: true,
	})
	types := media.Same(maxFilm, "video/mp4", "video/quicktime")
	types["image/jpeg"] = maxPicture
	files, more := media.Choose(media.Lead(p.Media, func(mime string) bool { return types[mime] > 0 }), media.Rule{
		Kind: Kind, Types: types, Most: maxPictures, Alone: media.Film, Public: true, MinSeconds: minSeconds, MaxSeconds: maxSeconds, Alt: maxAlt,
	})
	problems = append(problems, more...)
	if len(files) == 0 {
		problems = append(problems, problem.Problem{Code: CodePicture})
	}
	for _, m := range files {
		if m.Width == 0 || m.Height == 0 || media.Film(m.Type) { // films of any shape are shown
			continue
		}
		if shape := float64(m.Width) / float64(m.Height); shape < narrowest || shape > widest {
			problems = append(problems, problem.Problem{Code: CodeShape, Params: problem.Params{
				"path": m.Path, "width": itoa(m.Width), "height": itoa(m.Height),
			}})
		}
	}
	tags := 0
	for _, part := range parts {
		for _, span := range text.Spans(part.Text) {
			if span.Kind == text.Tag {
				tags++
			}
		}
	}
	if tags > maxTags {
		problems = append(problems, problem.Problem{Code: CodeTags, Params: problem.Params{"count": itoa(tags), "limit": itoa(maxTags)}})
	}
	return parts, files, problems
}
