package content

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// wrong reports a value of another type than the key has.
func (r *reader) wrong(code problem.Code, key string, v value.Value) {
	r.p.problem(v.At, code, problem.Params{"key": key, "value": written(v)})
}

// written is a value as a message shows it.
func written(v value.Value) string {
	switch v.Kind {
	case value.Null:
		return "null"
	case value.List:
		return "[…]"
	case value.Map:
		return "{…}"
	}
	return shorten(v.Str)
}

// shorten cuts a text for a message.
func shorten(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// isText reports a string, or a YAML value without quotes that only looks
// like something else: a title of 1984 stays as it was typed.
func isText(v value.Value) bool {
	return v.Kind == value.String || v.Plain && v.Kind != value.Null
}

// text reads a text without the white space around it. Null is "".
func (r *reader) text(key string, v value.Value) string {
	if !isText(v) && v.Kind != value.Null {
		r.wrong(CodeNotText, key, v)
		return ""
	}
	if v.Kind == value.Null {
		return ""
	}
	return strings.TrimSpace(v.Str)
}

// few keeps at most [MaxValues] of a list, and reports the rest.
func (r *reader) few(key string, at problem.Position, all []string) []string {
	if len(all) <= MaxValues {
		return all
	}
	r.p.problem(at, CodeTooManyValues, problem.Params{"key": key, "max": strconv.Itoa(MaxValues)})
	return all[:MaxValues]
}

// texts reads a list of texts, or of tables with a label or a name, or one
// text, which is parted where split is set. Empty ones are left out. The result
// is nil only for null.
func (r *reader) texts(key string, v value.Value, split bool) []string {
	out := []string{}
	switch {
	case v.Kind == value.Null:
		return nil
	case isText(v) && split:
		for _, s := range r.part(v.Str) {
			out = append(out, strings.TrimSpace(s))
		}
	case isText(v):
		out = append(out, strings.TrimSpace(v.Str))
	case v.Kind == value.List:
		out = make([]string, 0, len(v.List))
		for _, item := range v.List {
			out = append(out, r.text(key, named(item, "label", "name")))
		}
	default:
		r.wrong(CodeNotTexts, key, v)
	}
	return r.few(key, v.At, merge(out[:0], slices.DeleteFunc(out, func(s string) bool { return s == "" })))
}

// part parts a text that stands for a list: at semicolons as in Pelican's
// headers, at commas, or at spaces as in Jekyll.
func (r *reader) part(s string) []string {
	switch {
	case r.p.Syntax == Headers && strings.Contains(s, ";"):
		return strings.Split(s, ";")
	case strings.Contains(s, ","):
		return strings.Split(s, ",")
	case r.place.Jekyll, r.d.Dialect != nil && r.d.Dialect.SpacedTags:
		return strings.Fields(s)
	}
	return []string{s}
}

// named is the value of the first of some keys that a table has, or the value
// itself.
func named(v value.Value, keys ...string) value.Value {
	if v.Kind == value.Map {
		for _, key := range keys {
			if inner, ok := v.Get(key); ok {
				return inner
			}
		}
	}
	return v
}

// merge appends to a those of b that it does not have. It keeps an empty b
// apart from nil.
func merge(a, b []string) []string {
	if a == nil && b != nil {
		a = make([]string, 0, len(b))
	}
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// one reads a text, or a list of at most one: to Hugo, series is a list.
func (r *reader) one(key string, v value.Value) string {
	if v.Kind == value.List && len(v.List) == 0 {
		return ""
	}
	if v.Kind == value.List && len(v.List) == 1 {
		v = v.List[0]
	}
	return r.text(key, v)
}

// people reads names, or tables that have a name or Docusaurus's key. Headers
// without fences part several names as tags are.
func (r *reader) people(key string, v value.Value) []string {
	items := v.List
	if v.Kind != value.List {
		items = []value.Value{v}
	}
	var out []string
	for _, item := range items {
		item = named(item, "name", "key")
		switch {
		case r.p.Syntax == Headers && isText(item):
			for _, name := range r.part(item.Str) {
				out = merge(out, slices.DeleteFunc([]string{strings.TrimSpace(name)}, func(s string) bool { return s == "" }))
			}
		case item.Kind == value.Map || item.Kind == value.List:
			r.wrong(CodeNotTexts, key, item)
		default:
			if name := r.text(key, item); name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return r.few(key, v.At, out)
}

// names reads names of platforms.
func (r *reader) names(key string, v value.Value) []string {
	all := r.texts(key, v, true)
	for i, name := range all {
		if goodName(name) {
			continue
		}
		at := v.At
		if v.Kind == value.List && i < len(v.List) {
			at = v.List[i].At
		}
		r.p.problem(at, CodeBadName, problem.Params{"key": key, "value": shorten(name)})
	}
	return slices.DeleteFunc(all, func(s string) bool { return !goodName(s) })
}

// moment reads a date. One that cannot be read is an error: the post must
// not go out as if it had none.
func (r *reader) moment(key string, v value.Value) civil.Moment {
	if v.Kind == value.Null {
		return civil.Moment{}
	}
	if v.Kind != value.Time && v.Kind != value.String {
		r.p.problem(v.At, CodeBadDate, problem.Params{"key": key, "value": written(v)})
		return civil.Moment{}
	}
	m, err := r.d.Zone.ParseMoment(v.Str)
	if err != nil {
		r.unread(key, v, err, CodeBadDate)
	}
	return m
}

// day reads a date without a time.
func (r *reader) day(key string, v value.Value) civil.Date {
	m := r.moment(key, v)
	if m.HasClock {
		r.wrong(CodeNotDay, key, v)
		return civil.Date{}
	}
	return m.Local.Date
}

// unread reports a text that package civil refused.
func (r *reader) unread(key string, v value.Value, err error, code problem.Code) {
	var pe *civil.ParseError
	if errors.As(err, &pe) {
		switch pe.Reason {
		case civil.NoSuchDay, civil.NoSuchTime, civil.NoSuchOffset, civil.NoSuchZone:
			code = CodeNoSuchDate
		case civil.Ambiguous:
			code = CodeAmbiguousDate
		case civil.WrongWeekday:
			code = CodeWrongWeekday
		case civil.ZoneDisagrees:
			code = CodeZoneDisagrees
		}
	}
	r.p.Problems = append(r.p.Problems, problem.Problem{
		Position: v.At, Code: code, Params: problem.Params{"key": key, "value": written(v)}, Cause: err,
	})
}

// work reads minutes of work: "5h" for whoever is free, or by person.
func (r *reader) work(key string, v value.Value) map[string]int {
	switch v.Kind {
	case value.Null:
		return nil
	case value.Map:
		out := make(map[string]int, len(v.Map))
		for _, m := range v.Map {
			if !goodName(m.Key) {
				r.p.problem(m.At, CodeBadName, problem.Params{"key": key, "value": shorten(m.Key)})
			} else if n, ok := r.minutes(key+"."+m.Key, m.Value); ok {
				out[m.Key] = n
			}
		}
		return out
	}
	if n, ok := r.minutes(key, v); ok {
		return map[string]int{"": n}
	}
	return nil
}

func (r *reader) minutes(key string, v value.Value) (int, bool) {
	if v.Kind != value.String {
		r.wrong(CodeBadWork, key, v)
		return 0, false
	}
	n, err := civil.ParseWork(v.Str)
	if err != nil {
		r.unread(key, v, err, CodeBadWork)
	}
	return n, err == nil
}

func (r *reader) span(key string, v value.Value) civil.Span {
	if v.Kind == value.Null {
		return civil.Span{}
	}
	if v.Kind != value.String {
		r.wrong(CodeBadSpan, key, v)
		return civil.Span{}
	}
	s, err := civil.ParseSpan(v.Str)
	if err != nil {
		r.unread(key, v, err, CodeBadSpan)
	}
	return s
}
