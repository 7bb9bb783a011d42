package content

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// The four functions below read one field each call and report whether it is
// theirs.

// shown reads what readers see.
func (r *reader) shown(f field) bool {
	p, key, v := r.p, f.m.Key, f.m.Value
	switch f.name {
	case "title":
		p.Title = r.text(key, v)
	case "summary":
		p.Summary = r.text(key, v)
	case "translation":
		r.translation(f)
	case "ref":
		r.ref(f)
	case "question":
		p.Question = r.text(key, v)
	case "invite":
		p.Invite = r.text(key, v)
	case "authors":
		p.Authors = r.people(key, v)
	case "tags":
		p.Tags = merge(r.texts(key, v, true), p.Tags)
	case "tag":
		p.Tags = merge(r.texts(key, v, false), p.Tags)
	case "categories":
		one := strings.HasSuffix(strings.ToLower(key), "category") && !strings.Contains(v.Str, ",")
		r.categories(r.texts(key, v, !one))
	case "image":
		p.Image = r.image(key, v)
	case "canonical":
		p.Canonical = r.address(key, v)
	case "slug":
		s := r.text(key, v)
		if slug := strings.TrimPrefix(s, "/"); goodSlug(slug) { // Docusaurus begins it with a slash
			p.Slug, r.slugSaid = slug, true
		} else if s != "" {
			p.problem(v.At, CodeBadSlug, problem.Params{"value": s})
		}
	case "lang":
		if s := r.text(key, v); s != "" {
			if lang, ok := canonicalLang(s); ok {
				p.Lang = lang
			} else {
				p.problem(v.At, CodeBadLang, problem.Params{"value": s})
			}
		}
	default:
		return false
	}
	return true
}

// dated reads the dates, and what keeps a post from going out.
func (r *reader) dated(f field) bool {
	p, key, v := r.p, f.m.Key, f.m.Value
	switch f.name {
	case "date":
		v = r.datesOf(&key, v)
		m := r.moment(key, v)
		r.hasDate = r.hasDate || v.Kind != value.Null
		if !r.override {
			p.Date = m
		}
	case "publishDate":
		p.Date = r.moment(key, v)
		r.hasDate = r.hasDate || v.Kind != value.Null
	case "published": // a date to Hugo, a switch to Jekyll
		switch {
		case v.Kind == value.Bool:
			if !v.Bool {
				r.holdBack(v.At)
			}
		case r.override:
			_ = r.moment(key, v)
		default:
			p.Date, r.override = r.moment(key, v), true
			r.hasDate = r.hasDate || v.Kind != value.Null
		}
	case "created_at":
		r.created(f)
	case "updated":
		if last, ok := v.Get("date"); ok && v.Kind == value.Map { // Docusaurus
			key, v = key+".date", last
		}
		p.Updated = r.moment(key, v)
	case "embargo":
		p.Embargo = r.moment(key, v)
	case "not_before":
		p.NotBefore = r.moment(key, v)
	case "deadline":
		p.Deadline = r.moment(key, v)
	case "expires":
		p.Expires = r.moment(key, v)
	case "edition":
		p.Edition = r.day(key, v)
	case "draft":
		if v.Kind != value.Bool {
			r.wrong(CodeNotBoolean, key, v)
			r.draft = true
			break
		}
		r.final = !v.Bool
		if v.Bool {
			r.holdBack(v.At)
		}
	default:
		return false
	}
	return true
}

// produced reads how the post is made.
func (r *reader) produced(f field) bool {
	p, key, v := r.p, f.m.Key, f.m.Value
	switch f.name {
	case "id":
		switch s := r.text(key, v); {
		case goodID(s):
			p.ID = s
		case s != "":
			p.problem(v.At, CodeBadID, problem.Params{"value": s})
		}
	case "stage":
		r.readStage(key, v)
	case "status":
		r.status(f)
	case "effort":
		p.Effort = r.work(key, v)
	case "logged":
		p.Logged = r.work(key, v)
	case "assignee":
		p.Assignee = r.text(key, v)
	case "format":
		p.Format = r.text(key, v)
	case "approval":
		p.Approval = r.text(key, v)
	case "variants":
		r.variants(key, v)
	default:
		return false
	}
	return true
}

// planned reads what the post is for.
func (r *reader) planned(f field) bool {
	p, key, v := r.p, f.m.Key, f.m.Value
	switch f.name {
	case "platforms":
		p.Platforms = r.names(key, v)
	case "priority":
		if n, ok := r.integer(key, v, 1, 5); ok {
			p.Priority = n
		}
	case "pillar":
		p.Pillar = r.text(key, v)
	case "intent":
		p.Intent = r.text(key, v)
	case "audience":
		p.Audience = r.text(key, v)
	case "objective":
		p.Objective = r.text(key, v)
	case "campaign":
		p.Campaign = r.text(key, v)
	case "series":
		p.Series = r.one(key, v)
	case "part":
		if n, ok := r.integer(key, v, 1, 10_000); ok {
			p.Part = n
		}
	case "repeat":
		r.repeat(key, v)
	default:
		return false
	}
	return true
}

func (r *reader) readStage(key string, v value.Value) {
	s := strings.ToLower(r.text(key, v))
	if s == "" {
		return
	}
	if own, ok := r.d.Stages[s]; ok {
		r.stage = own
		return
	}
	if slices.Contains(Stages(), Stage(s)) {
		r.stage = Stage(s)
		return
	}
	var known []string
	for _, s := range Stages() {
		known = append(known, string(s))
	}
	r.stage = Draft
	r.p.problem(v.At, CodeUnknownStage, problem.Params{"value": s, "known": strings.Join(known, ", ")})
}

func (r *reader) image(key string, v value.Value) Image {
	if v.Kind == value.List { // Hugo's images
		if len(v.List) == 0 {
			return Image{}
		}
		v = v.List[0]
	}
	if v.Kind != value.Map {
		return Image{Src: r.text(key, v)}
	}
	var img Image
	for _, m := range v.Map {
		at := key + "." + m.Key
		switch strings.ToLower(m.Key) {
		case "src", "url", "path", "image":
			img.Src = r.text(at, m.Value)
		case "alt":
			img.Alt = r.text(at, m.Value)
		case "credit":
			img.Credit = r.text(at, m.Value)
		case "licence", "license":
			img.Licence = r.text(at, m.Value)
		default:
			r.p.Extra = append(r.p.Extra, value.Member{Key: at, At: m.At, Value: m.Value})
		}
	}
	return img
}

func (r *reader) repeat(key string, v value.Value) {
	if !r.table(key, v) {
		return
	}
	for _, m := range v.Map {
		at := key + "." + m.Key
		switch strings.ToLower(m.Key) {
		case "times":
			r.p.Repeat.Times, _ = r.integer(at, m.Value, 0, 1000)
		case "every":
			r.p.Repeat.Every = r.span(at, m.Value)
		default:
			r.unknown(m, key+".")
		}
	}
}

func (r *reader) variants(key string, v value.Value) {
	if !r.table(key, v) {
		return
	}
	for _, m := range v.Map {
		at := key + "." + m.Key
		if !goodName(m.Key) {
			r.p.problem(m.At, CodeBadName, problem.Params{"key": key, "value": m.Key})
			continue
		}
		if !r.table(at, m.Value) {
			continue
		}
		if r.p.Variants == nil {
			r.p.Variants = make(map[string]Variant, len(v.Map))
		}
		r.p.Variants[m.Key] = r.variant(at, m.Value)
	}
}

func (r *reader) variant(key string, v value.Value) Variant {
	var out Variant
	for _, m := range v.Map {
		at := key + "." + m.Key
		switch strings.ToLower(m.Key) {
		case "text":
			out.Text = r.text(at, m.Value)
		case "title":
			out.Title = r.text(at, m.Value)
		case "first_comment":
			out.FirstComment = r.text(at, m.Value)
		case "thread":
			out.Thread = r.yes(at, m.Value)
		case "numbered":
			out.Numbered = r.yes(at, m.Value)
		case "date":
			out.Date = r.moment(at, m.Value)
		case "effort":
			out.Effort = r.work(at, m.Value)
		case "logged":
			out.Logged = r.work(at, m.Value)
		default:
			r.unknown(m, key+".")
		}
	}
	return out
}

// address reads an absolute web address.
func (r *reader) address(key string, v value.Value) string {
	s := r.text(key, v)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(s, " \t\r\n\"<>") {
		r.p.problem(v.At, CodeBadURL, problem.Params{"key": key, "value": shorten(s)})
		return ""
	}
	return s
}

// yes reads a flag; nothing is no.
func (r *reader) yes(key string, v value.Value) bool {
	if v.Kind != value.Bool && v.Kind != value.Null {
		r.wrong(CodeNotBoolean, key, v)
	}
	return v.Bool
}

func (r *reader) integer(key string, v value.Value, low, high int64) (int, bool) {
	switch {
	case v.Kind == value.Null:
		return 0, false
	case v.Kind != value.Int:
		r.wrong(CodeNotInteger, key, v)
		return 0, false
	case v.Int < low || v.Int > high:
		r.p.problem(v.At, CodeOutOfRange, problem.Params{
			"key": key, "value": v.Str, "min": strconv.FormatInt(low, 10), "max": strconv.FormatInt(high, 10),
		})
		return 0, false
	}
	return int(v.Int), true
}

func (r *reader) table(key string, v value.Value) bool {
	if v.Kind != value.Map && v.Kind != value.Null {
		r.wrong(CodeNeedsTable, key, v)
	}
	return v.Kind == value.Map
}
