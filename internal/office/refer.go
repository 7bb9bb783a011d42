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
func (o *Office) refer(p *content.Post) {
	c := &o.Config
	check := func(code problem.Code, severity problem.Severity, value string, known []string, field string, path ...string) {
		if value == "" || slices.Contains(known, value) || len(known) == 0 {
			return
		}
		p.Problems = append(p.Problems, problem.Problem{
			Position: p.At(field, path...), Code: code, Severity: severity,
			Params: problem.Params{"value": value, "near": problem.Nearest(value, known), "known": strings.Join(known, ", ")},
		})
	}
	platforms := slices.Sorted(maps.Keys(c.Platforms))
	for i, name := range p.Platforms {
		check(CodePostPlatform, problem.Error, name, platforms, "platforms", strconv.Itoa(i))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Variants)) {
		check(CodePostPlatform, problem.Error, name, platforms, "variants", name)
	}
	var people, pillars, audiences, objectives []string
	for _, x := range c.People {
		people = append(people, x.ID)
	}
	for _, x := range c.Pillars {
		pillars = append(pillars, x.ID)
	}
	for _, x := range c.Audiences {
		audiences = append(audiences, x.ID)
	}
	for _, x := range c.Objectives {
		objectives = append(objectives, x.ID)
	}
	check(CodePostPerson, problem.Warning, p.Assignee, people, "assignee")
	check(CodePostPillar, problem.Warning, p.Pillar, pillars, "pillar")
	check(CodePostIntent, problem.Warning, p.Intent, config.Intent("").Known(), "intent")
	check(CodePostAudience, problem.Warning, p.Audience, audiences, "audience")
	check(CodePostObjective, problem.Warning, p.Objective, objectives, "objective")
	check(CodePostFormat, problem.Warning, p.Format, slices.Sorted(maps.Keys(c.Formats)), "format")
}
