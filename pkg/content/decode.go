package content

import (
	"path"
	"slices"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// reader makes a post of the values of its front matter.
type reader struct {
	p     *Post
	d     Defaults
	place Place
	// whole reports front matter without problems of syntax: only then does
	// what is missing say anything.
	whole bool

	stage    Stage // as written
	stageAt  problem.Position
	draft    bool // draft: true, or Jekyll's published: false
	final    bool // draft: false
	hasDate  bool // date or publishDate, readable or not
	override bool // publishDate
	dateSaid bool // date or publishDate has a value
	langSaid bool // the post or its path says its language
	slugSaid bool // the post has a slug of its own
}

// field is a key of the front matter that means something.
type field struct {
	name string
	rank int
	m    *value.Member
}

// read goes through the front matter in its order, whichever spelling counts
// of each field.
func (r *reader) read(root value.Value) {
	r.p.Categories = slices.Clone(r.place.Categories)
	fields := make([]field, 0, len(root.Map))
	var nested []*value.Member // tables in which other programs have fields
	for i := range root.Map {
		m := &root.Map[i]
		name, rank, ok := r.d.Dialect.fieldOf(m.Key)
		switch {
		case !ok && isNest(*m):
			nested = append(nested, m)
			continue
		case !ok:
			if !r.withheld(*m) {
				r.unknown(*m, "")
			}
			continue
		}
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		switch {
		case i < 0:
			fields = append(fields, field{name, rank, m})
		case fields[i].rank == rank || guarded(name, rank) && guarded(name, fields[i].rank):
			r.p.problem(m.At, CodeKeyTwice, problem.Params{"key": m.Key, "other": fields[i].m.Key})
		case rank < fields[i].rank:
			fields[i] = field{name, rank, m}
		}
	}
	for _, m := range nested {
		fields = r.inside(*m, fields)
	}
	r.p.places = make([]fieldPlace, len(fields))
	for i, f := range fields {
		r.p.places[i] = fieldPlace{f.name, int32(f.m.Value.At.Line), int32(f.m.Value.At.Col)}
	}
	has := func(name string) bool {
		return slices.ContainsFunc(fields, func(f field) bool { return f.name == name && f.m.Value.Kind != value.Null })
	}
	r.override = slices.ContainsFunc(fields, func(f field) bool { return f.name == "publishDate" })
	r.dateSaid = has("date") || has("publishDate") || slices.ContainsFunc(fields, func(f field) bool {
		return f.name == "published" && f.m.Value.Kind != value.Bool && f.m.Value.Kind != value.Null
	})
	r.langSaid = has("lang") || r.place.Lang != ""
	for _, f := range fields {
		_ = r.shown(f) || r.located(f) || r.dated(f) || r.produced(f) || r.planned(f)
	}
	r.p.Tags = merge(r.p.Tags, r.place.Categories)
	r.p.Aliases = slices.DeleteFunc(r.p.Aliases, func(alias string) bool { return alias == r.p.Address })
	r.finish()
}

// guarded reports a field of which a second spelling is an error. Keys that the
// office named itself are spellings that it chose.
func guarded(name string, rank int) bool {
	return rank >= 0 && rank < ownRank && slices.Contains(guards(), name)
}

// unknown keeps a key that means nothing here, unless it is near one that
// guards publication. Prefix is the table it stands in, with a dot.
func (r *reader) unknown(m value.Member, prefix string) {
	known, guard := near(m.Key)
	switch {
	case guard:
		r.p.problem(m.At, CodeMisspeltKey, problem.Params{"key": prefix + m.Key, "near": prefix + known})
	case known != "" && prefix == "":
		r.p.warning(m.At, CodeNearKey, problem.Params{"key": m.Key, "near": known})
	}
	m.Key = prefix + m.Key
	r.p.Extra = append(r.p.Extra, m)
}

// finish derives what was not said, once everything has been read.
func (r *reader) finish() {
	p := r.p
	if !r.whole {
		return
	}
	switch {
	case r.hasDate:
	case !p.Edition.IsZero(): // its date is the mailing's
		r.hasDate = true
	default:
		if p.Date, r.hasDate = r.derivedDate(); !r.hasDate {
			r.checkName()
		}
	}
	if p.Title == "" && !r.failed("title") {
		p.titleFromHeading()
	}
	if strings.TrimSpace(p.Title) == "" && p.Edition.IsZero() && !r.failed("title") {
		p.problem(p.start(), CodeNoTitle, nil)
	}
	p.Stage = r.stageOf()
	if r.draft && (p.Stage == Ready || p.Stage == Published) {
		p.problem(r.stageAt, CodeDraftButStage, problem.Params{"stage": string(p.Stage)})
	}
	if p.Stage == Published && !r.hasDate {
		p.warning(p.At("stage"), CodeOutWithoutDay, nil)
	}
}

// checkName reports a post of Jekyll's whose name begins with a day that there
// is not: it would be a draft for ever, and nothing would say why.
func (r *reader) checkName() {
	if day := dayInName(r.place.Base); day != "" && strings.Contains("/"+path.Dir(r.p.Path)+"/", "/_posts/") {
		r.p.problem(problem.Position{File: r.p.Path}, CodeNoDayInName, problem.Params{"value": day})
	}
}

// stageOf is the stage that was written, or the one that the rest implies.
func (r *reader) stageOf() Stage {
	switch {
	case r.stage != "":
		return r.stage
	case r.draft, strings.Contains("/"+path.Dir(r.p.Path)+"/", "/_drafts/"):
		return Draft
	case r.hasDate, r.final:
		return Ready
	case r.p.Blank:
		return Idea
	}
	return Draft
}

// failed reports whether a field is there, but could not be read.
func (r *reader) failed(name string) bool {
	at := r.p.At(name)
	return slices.ContainsFunc(r.p.Problems, func(p problem.Problem) bool {
		return p.Position == at && p.Severity == problem.Error
	})
}
