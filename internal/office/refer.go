package office

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/config"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// Codes of names in posts that config.toml does not know.
const (
	CodePostPlatform  problem.Code = "post-platform"
	CodePostPerson    problem.Code = "post-person"
	CodePostPillar    problem.Code = "post-pillar"
	CodePostIntent    problem.Code = "post-intent"
	CodePostAudience  problem.Code = "post-audience"
	CodePostObjective problem.Code = "post-objective"
	CodePostFormat    problem.Code = "post-format"
)

// Codes of lines to come in calendar.txt that mean nothing here: the next plan
// that is agreed takes them out.
const (
	CodeAgreedPlatform problem.Code = "agreed-unknown-platform"
	CodeAgreedPost     problem.Code = "agreed-unknown-post"
	CodeAgreedOther    problem.Code = "agreed-other-platform"
	CodeAgreedTooOften problem.Code = "agreed-too-often"
)

// referAgreed holds the names in a line of the agreed calendar against the
// posts and the strategy. The past is not judged.
func (o *Office) referAgreed(e agreed.Entry) {
	if !e.At.Instant.After(o.Now) {
		return
	}
	platforms := slices.Sorted(maps.Keys(o.Config.Platforms))
	p := o.post(e.Key.Post)
	code, value, near := problem.Code(""), "", ""
	switch {
	case !slices.Contains(platforms, e.Platform):
		code, value, near = CodeAgreedPlatform, e.Platform, problem.Nearest(e.Platform, platforms)
	case e.Key.Connection != e.Platform:
		code, value, near = CodeAgreedOther, e.Key.Connection, e.Platform
	case p == nil && !o.unread:
		code, value = CodeAgreedPost, e.Key.Post
	case p != nil && !p.HasErrors() && e.Key.Occurrence > max(1, p.Repeat.Times):
		code, value = CodeAgreedTooOften, strconv.Itoa(e.Key.Occurrence)
	default:
		return
	}
	o.Problems = append(o.Problems, problem.Problem{
		Position: problem.Position{File: AgreedFile, Line: e.Line}, Code: code, Severity: problem.Warning,
		Params: problem.Params{"value": value, "near": near, "known": strings.Join(platforms, ", ")},
	})
}

// refer holds the names in a post against those of the strategy. An unknown
// platform holds the post back: it would silently go nowhere. The others are
// warnings.
func (o *Office) refer(p *content.Post, known referable) {
	check := func(code problem.Code, severity problem.Severity, value string, known []string, field string, path ...string) {
		if value == "" || slices.Contains(known, value) || len(known) == 0 {
			return
		}
		p.Problems = append(p.Problems, problem.Problem{
			Position: p.At(field, path...), Code: code, Severity: severity,
			Params: problem.Params{"value": value, "near": problem.Nearest(value, known), "known": strings.Join(known, ", ")},
		})
	}
	for i, name := range p.Platforms {
		check(CodePostPlatform, problem.Error, name, known.platforms, "platforms", strconv.Itoa(i))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Variants)) {
		check(CodePostPlatform, problem.Error, name, known.platforms, "variants", name)
	}
	check(CodePostPerson, problem.Warning, p.Assignee, known.people, "assignee")
	check(CodePostPillar, problem.Warning, p.Pillar, known.pillars, "pillar")
	check(CodePostIntent, problem.Warning, p.Intent, known.intents, "intent")
	check(CodePostAudience, problem.Warning, p.Audience, known.audiences, "audience")
	check(CodePostObjective, problem.Warning, p.Objective, known.objectives, "objective")
	check(CodePostFormat, problem.Warning, p.Format, known.formats, "format")
}

// referable are the names of the strategy that posts may use.
type referable struct{ platforms, people, pillars, intents, audiences, objectives, formats []string }

func (o *Office) referable() referable {
	c := &o.Config
	known := referable{
		platforms: slices.Sorted(maps.Keys(c.Platforms)), intents: config.Intent("").Known(), formats: slices.Sorted(maps.Keys(c.Formats)),
	}
	for _, x := range c.People {
		known.people = append(known.people, x.ID)
	}
	for _, x := range c.Pillars {
		known.pillars = append(known.pillars, x.ID)
	}
	for _, x := range c.Audiences {
		known.audiences = append(known.audiences, x.ID)
	}
	for _, x := range c.Objectives {
		known.objectives = append(known.objectives, x.ID)
	}
	return known
}
