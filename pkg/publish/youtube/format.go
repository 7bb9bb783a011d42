package youtube

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// Kind is the name of the platform in configurations.
const Kind = "youtube"

// Codes of findings.
const (
	CodeNoVideo   problem.Code = "youtube-no-video"
	CodeTitle     problem.Code = "youtube-title-cut"
	CodeNoTitle   problem.Code = "youtube-no-title"
	CodeTags      problem.Code = "youtube-tags-left-out"
	CodeBrackets  problem.Code = "youtube-angle-brackets"
	CodeUndecided problem.Code = "youtube-undecided"
	CodeOption    problem.Code = "youtube-option"
)

// Format is what a post is on YouTube. The zero value is for films that a person
// uploads.
type Format struct {
	// Options: "made_for_kids" and "synthetic_media", each "true" or "false",
	// which the law and YouTube want said; "category" (a number, 22 if it does
	// not say), "privacy" ("public" or "unlisted"), "license" ("youtube" or
	// "creativeCommon"), and units of quota.
	Options map[string]string
	// asked is true of an account's format: it must say what a person would be
	// asked.
	asked bool
}

// video is a film as YouTube's API has it, as far as we set it.
type video struct {
	ID      string  `json:"id,omitempty"`
	Snippet snippet `json:"snippet,omitzero"`
	Status  status  `json:"status"`
}

type snippet struct {
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Tags        []string `json:"tags,omitempty"`
	Category    string   `json:"categoryId"`
	Language    string   `json:"defaultLanguage,omitempty"`
	Audio       string   `json:"defaultAudioLanguage,omitempty"`
}

// status is set as a whole: what an update leaves out is reset.
type status struct {
	Privacy    string `json:"privacyStatus"`
	PublishAt  string `json:"publishAt,omitempty"`
	License    string `json:"license"`
	Embeddable bool   `json:"embeddable"`
	Statistics bool   `json:"publicStatsViewable"`
	Kids       bool   `json:"selfDeclaredMadeForKids"`
	Synthetic  bool   `json:"containsSyntheticMedia"`
}

// Validate finds what keeps the post from YouTube.
func (f Format) Validate(p platform.Post) []problem.Problem {
	_, problems := f.make(p)
	return problems
}

// Render freezes the post: its film, and the film's data as they will be in the
// end.
func (f Format) Render(p platform.Post) (platform.Message, error) {
	v, _ := f.make(p)
	film, _ := film(p.Media)
	m := platform.Message{
		Kind: Kind, Title: v.Snippet.Title, Media: film, FirstComment: p.FirstComment,
		Parts: []platform.Part{{Text: v.Snippet.Description, Count: len(v.Snippet.Description), Limit: limitDescription, Unit: "bytes"}},
	}
	var err error
	m.Wire, err = json.Marshal(v)
	return m, err
}

// film is the first film of a post.
func film(files []platform.Media) ([]platform.Media, []problem.Problem) {
	rule := media.Rule{Kind: Kind, Most: 1, Types: map[string]int64{}}
	for _, t := range videos() {
		rule.Types[t] = bytesVideo
	}
	var films []platform.Media
	for _, m := range files {
		if strings.HasPrefix(m.Type, "video/") { // pictures are not missed
			films = append(films, m)
		}
	}
	taken, problems := media.Choose(films, rule)
	return taken, problems
}

// make makes the film's data, and says what there is to say of them.
func (f Format) make(p platform.Post) (video, []problem.Problem) {
	taken, problems := film(p.Media)
	warn := func(code problem.Code, params problem.Params) {
		problems = append(problems, problem.Problem{Severity: problem.Warning, Code: code, Params: params})
	}
	switch {
	case len(taken) > 0:
	case f.asked:
		problems = append(problems, problem.Problem{Code: CodeNoVideo, Params: problem.Params{}})
	default: // a person may have it elsewhere
		warn(CodeNoVideo, problem.Params{})
	}
	description, found := f.description(p)
	problems = append(problems, found...)
	title := strings.Join(strings.Fields(publish.Clean(p.Title)), " ")
	if title == "" {
		problems = append(problems, problem.Problem{Code: CodeNoTitle, Params: problem.Params{}})
	}
	if n := utf8.RuneCountInString(title); n > limitTitle {
		warn(CodeTitle, problem.Params{"count": strconv.Itoa(n), "limit": strconv.Itoa(limitTitle)})
		title = text.Cut(title, func(s string) bool { return utf8.RuneCountInString(s) <= limitTitle })
	}
	if strings.ContainsAny(title+description, "<>") {
		warn(CodeBrackets, problem.Params{})
		round := strings.NewReplacer("<", "‹", ">", "›")
		title, description = round.Replace(title), round.Replace(description)
		description = text.Cut(description, func(s string) bool { return len(s) <= limitDescription })
	}
	tags := tags(p.Tags)
	if len(tags) < len(p.Tags) {
		warn(CodeTags, problem.Params{"count": strconv.Itoa(len(p.Tags)), "limit": strconv.Itoa(len(tags))})
	}
	if p.Key != "" && f.asked { // a film that a person uploads is looked for by nobody
		tags = append(tags, mark(p.Key))
	}
	problems = append(problems, f.undecided()...)
	return video{
		Snippet: snippet{Title: title, Description: description, Tags: tags, Category: f.option("category", "22"), Language: p.Lang, Audio: p.Lang},
		Status: status{
			Privacy: f.option("privacy", "public"), License: f.option("license", "youtube"), Embeddable: true, Statistics: true,
			Kids: f.Options["made_for_kids"] == "true", Synthetic: f.Options["synthetic_media"] == "true",
		},
	}, problems
}

// description is the variant's own, or what the post says beside its title. A
// film may have none.
func (f Format) description(p platform.Post) (string, []problem.Problem) {
	p.Title, p.Thread = "", false
	parts, problems := text.Compose(p, text.Rule{Kind: Kind, Limit: limitDescription, Unit: "bytes", Count: text.Bytes, Tags: 3})
	problems = slices.DeleteFunc(problems, func(q problem.Problem) bool { return q.Code == text.CodeNothing })
	if len(parts) == 0 {
		return "", problems
	}
	return parts[0].Text, problems
}

// markSize is how many characters of the tags are kept for the mark and what
// stands before it.
const markSize = len("editorial-") + 24 + 1

// mark is the tag by which a film is known: readers do not see tags, and whoever
// has another one is another delivery's.
func mark(key platform.Key) string { return "editorial-" + key.Token(24) }

func isMark(tag string) bool {
	rest, ok := strings.CutPrefix(tag, "editorial-")
	return ok && len(rest) == 24
}

// tags are those that fit, in their order. A tag with a space counts with the
// quotes around it.
func tags(all []string) []string {
	var fit []string
	n := 0
	for _, t := range all {
		t = strings.Join(strings.Fields(strings.NewReplacer("<", "", ">", "", ",", " ", `"`, "").Replace(publish.Clean(t))), " ")
		size := utf8.RuneCountInString(t)
		if strings.Contains(t, " ") {
			size += 2
		}
		if len(fit) > 0 {
			size++
		}
		if t == "" || n+size > limitTags-markSize {
			continue
		}
		n += size
		fit = append(fit, t)
	}
	return fit
}

func (f Format) option(name, usual string) string {
	if v := f.Options[name]; v != "" {
		return v
	}
	return usual
}

// undecided finds what an account must say for all its films.
func (f Format) undecided() (problems []problem.Problem) {
	if !f.asked {
		return nil
	}
	for _, name := range []string{"made_for_kids", "synthetic_media"} {
		if v := f.Options[name]; v != "true" && v != "false" {
			problems = append(problems, problem.Problem{Code: CodeUndecided, Params: problem.Params{"option": name}})
		}
	}
	for name, may := range map[string][]string{"privacy": {"public", "unlisted"}, "license": {"youtube", "creativeCommon"}} {
		if v := f.Options[name]; v != "" && !slices.Contains(may, v) {
			problems = append(problems, problem.Problem{Code: CodeOption, Params: problem.Params{"option": name, "value": v, "values": strings.Join(may, ", ")}})
		}
	}
	if _, err := strconv.Atoi(f.option("category", "22")); err != nil {
		problems = append(problems, problem.Problem{Code: CodeOption, Params: problem.Params{"option": "category", "value": f.Options["category"], "values": "22"}})
	}
	problem.Sort(problems)
	return problems
}
