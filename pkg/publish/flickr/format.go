package flickr

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Kind is the name of the platform in configurations.
const Kind = "flickr"

// Codes of findings.
const (
	CodeNoPhoto problem.Code = "flickr-no-photo"
	CodeLicence problem.Code = "flickr-licence-unknown"
	CodeTags    problem.Code = "flickr-tags-left-out"
)

// Format is what a post is on Flickr.
type Format struct {
	// Options: "licence" where the post has none ("CC BY-SA 4.0"), "album" (the
	// id of one that photographs go into).
	Options map[string]string
	// asked is true of an account's format: it must have all that it sends.
	asked bool
}

// frozen is what the message keeps beside its texts.
type frozen struct {
	Photos  []photo `json:"photos"`
	Licence licence `json:"licence,omitzero"`
}

// photo is what is said of one photograph.
type photo struct {
	Title       string `json:"title"`
	Description string `json:"description,omitempty"` // HTML
	Tags        string `json:"tags"`                  // as Flickr takes them, without the machine tag
}

// Validate finds what keeps the post from Flickr.
func (f Format) Validate(p platform.Post) []problem.Problem {
	taken, problems := media.Choose(p.Media, files())
	if len(taken) == 0 {
		severity := problem.Error
		if !f.asked {
			severity = problem.Warning // a person may have it elsewhere
		}
		problems = append(problems, problem.Problem{Severity: severity, Code: CodeNoPhoto, Params: problem.Params{}})
	}
	_, found := f.description(p)
	problems = append(problems, found...)
	if wish := f.licence(p); wish != "" && readLicence(wish) == (licence{}) {
		problems = append(problems, problem.Problem{Severity: problem.Warning, Code: CodeLicence, Params: problem.Params{"value": wish}})
	}
	if n := len(p.Tags); n > limitTags-1 {
		problems = append(problems, problem.Problem{Severity: problem.Warning, Code: CodeTags, Params: problem.Params{"count": strconv.Itoa(n), "limit": strconv.Itoa(limitTags - 1)}})
	}
	return problems
}

// Render freezes the post. Of several photographs the first has the description,
// the others what they show and the link.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	taken, _ := media.Choose(p.Media, files())
	description, _ := f.description(p)
	title := text.Cut(strings.Join(strings.Fields(publish.Clean(p.Title)), " "), func(s string) bool { return text.Characters(s) <= limitTitle-8 })
	m := platform.Message{
		Kind: Kind, Title: title, Media: taken, FirstComment: p.FirstComment,
		Parts: []platform.Part{{Text: description, Count: len(description), Limit: limitDescription, Unit: "bytes"}},
	}
	w := frozen{Licence: readLicence(f.licence(p))}
	for i, file := range taken {
		one := photo{Title: title, Description: html.EscapeString(description), Tags: tags(p.Tags)}
		if len(taken) > 1 {
			one.Title = strings.TrimSpace(fmt.Sprintf("%s (%d/%d)", title, i+1, len(taken)))
		}
		if i > 0 {
			one.Description = html.EscapeString(strings.TrimSpace(publish.Clean(file.Alt) + "\n\n" + p.Link))
		}
		w.Photos = append(w.Photos, one)
	}
	var err error
	m.Wire, err = json.Marshal(w)
	return m, err
}

// description is the variant's own, or what the post says beside its title. A
// photograph may have none.
func (f Format) description(p platform.Post) (string, []problem.Problem) {
	p.Title, p.Thread = "", false
	parts, problems := text.Compose(p, text.Rule{Kind: Kind, Limit: limitDescription, Unit: "bytes", Count: text.Bytes, NoTags: true})
	problems = slices.DeleteFunc(problems, func(q problem.Problem) bool { return q.Code == text.CodeNothing })
	if len(parts) == 0 {
		return "", problems
	}
	return parts[0].Text, problems
}

func (f Format) licence(p platform.Post) string {
	if p.Licence != "" {
		return p.Licence
	}
	return f.Options["licence"]
}

// tags joins tags by spaces, those with a space in quotes. What would be a
// machine tag of somebody's is none.
func tags(all []string) string {
	var list []string
	for _, t := range all {
		t = strings.Join(strings.Fields(strings.NewReplacer(`"`, "", ":", " ", "=", " ").Replace(publish.Clean(t))), " ")
		if t == "" || len(list) == limitTags-1 {
			continue
		}
		if strings.ContainsAny(t, " ,") {
			t = `"` + t + `"`
		}
		list = append(list, t)
	}
	return strings.Join(list, " ")
}
