package threads

import (
	"strconv"

	"editorial/pkg/problem"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// CodeUnsure is the warning of a text that is short enough if an emoji is one
// character, and not if it is as many as it has bytes.
const CodeUnsure problem.Code = "threads-length-unsure"

// Format is what a post is on Threads. The zero value has the usual limits.
type Format struct{ options map[string]string }

// FormatOf returns the format with these options; see the Opt constants.
func FormatOf(options map[string]string) Format { return Format{options: options} }

// Caps says what the platform can do.
func (f Format) Caps() platform.Caps { return caps(f.pictures()) }

// Validate finds what keeps a post from the platform, and what readers would
// stumble over.
func (f Format) Validate(p platform.Post) []problem.Problem {
	_, said := compose(p)
	_, problems := f.attach(p)
	return append(said, problems...)
}

// Render makes the message.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	parts, problems := compose(p)
	for _, found := range problems {
		if found.Severity == problem.Error {
			return platform.Message{}, found
		}
	}
	files, _ := f.attach(p)
	return platform.Message{Kind: Kind, Parts: parts, Media: files}, nil
}

// compose makes the text. What is derived is short by either way of counting;
// what a person wrote is too long only if it is by both.
func compose(p platform.Post) ([]platform.Part, []problem.Problem) {
	parts, problems := text.Compose(p, text.Rule{Kind: Kind, Limit: maxText, Unit: "characters", Count: characters, Tags: 1})
	for i, found := range problems {
		if found.Code == text.CodeTooLong && len(parts) == 1 && text.Graphemes(parts[0].Text) <= maxText {
			problems[i] = problem.Problem{Position: found.Position, Code: CodeUnsure, Severity: problem.Warning, Params: problem.Params{
				"platform": Kind, "count": strconv.Itoa(parts[0].Count), "limit": strconv.Itoa(maxText),
			}}
		}
	}
	return parts, problems
}

// attach takes a film alone, or pictures.
func (f Format) attach(p platform.Post) ([]platform.Media, []problem.Problem) {
	types := media.Same(maxPicture, "image/jpeg", "image/png")
	types["video/mp4"], types["video/quicktime"] = maxFilm, maxFilm
	return media.Choose(media.Lead(p.Media, film), media.Rule{
		Kind: Kind, Types: types, Most: f.pictures(), Alone: media.Film, Public: true, MaxSeconds: maxSeconds,
		Alt: maxAlt, Described: func(string) bool { return true },
	})
}

// film reports whether the platform takes films of a type.
func film(mime string) bool { return mime == "video/mp4" || mime == "video/quicktime" }

func (f Format) pictures() int { return number(f.options[OptPictures], maxPictures) }
