package config

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// decoder fills a Config from a document, strictly.
type decoder struct {
	problems []problem.Problem
	// origins of the keys that hold a value; places of all that was written,
	// tables too, for whoever finds a problem later.
	origins, places Origins
	// over are the keys that the environment and flags laid over the file.
	over Origins
	// wrong are the keys in which something was found: what follows from them is
	// not worth a second problem.
	wrong map[string]bool
	// refs are names that must lead somewhere once everything is read.
	refs []ref
}

// ref is a name used as what says: "platform", "person", ….
type ref struct {
	what, name, key string
	at              Origin
}

// spot is what the decoder knows of the value in its hand.
type spot struct {
	key    string
	is     string
	bounds string
	at     Origin
}

// find reports a problem of a value.
func (d *decoder) find(s spot, code problem.Code, params problem.Params) {
	d.add(s, problem.Error, code, params)
}

func (d *decoder) add(s spot, severity problem.Severity, code problem.Code, params problem.Params) {
	all := maskedAll(params)
	all["key"] = label(s.key, s.at)
	if severity == problem.Error {
		d.wrong[s.key] = true
	}
	d.problems = append(d.problems, problem.Problem{Position: s.at.Position, Code: code, Severity: severity, Params: all})
}

// label is the key as the person who set it wrote it.
func label(key string, at Origin) string {
	switch at.Source {
	case FromEnvironment:
		return at.Variable
	case FromFlag:
		return "--set " + key
	}
	return key
}

// at returns the spot of a key, or of the nearest table above it that was
// written.
func (d *decoder) at(key string) spot {
	at := d.places.Of(key)
	return spot{key: key, at: at}
}

// enter notes the place of a value and returns its spot.
func (d *decoder) enter(v value.Value, s spot) spot {
	if o, ok := d.over[s.key]; ok {
		s.at = o
	} else if s.at.Source == FromFile && v.At.Line > 0 {
		s.at.Position = v.At
	}
	d.places[s.key] = s.at
	return s
}

// into decodes v into dst, which holds the default.
func (d *decoder) into(dst reflect.Value, v value.Value, s spot) {
	s = d.enter(v, s)
	switch t := dst.Type(); {
	case isTable(t):
		d.table(dst, v, s)
	case t.Kind() == reflect.Slice:
		d.list(dst, v, s)
	case t.Kind() == reflect.Map:
		d.named(dst, v, s)
	default:
		d.origins[s.key] = s.at
		d.scalar(dst, v, s)
	}
}

func (d *decoder) table(dst reflect.Value, v value.Value, s spot) {
	fields := fieldsOf(dst.Type())
	if v.Kind != value.Map {
		short := shortKey(dst.Type())
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == short })
		if i < 0 || v.Kind == value.List {
			d.find(s, CodeNotTable, problem.Params{"value": shown(v)})
			return
		}
		d.into(dst.Field(fields[i].index), v, spot{key: s.key, is: fields[i].is, bounds: fields[i].bounds, at: s.at})
		return
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	for _, m := range v.Map {
		i := slices.Index(names, m.Key)
		if i < 0 {
			d.unknownKey(m, s, fields)
			continue
		}
		f := fields[i]
		d.into(dst.Field(f.index), m.Value, spot{key: join(s.key, f.name), is: f.is, bounds: f.bounds, at: s.at})
	}
	for _, f := range fields {
		if _, ok := v.Get(f.name); f.required && !ok {
			d.find(spot{key: join(s.key, f.name), at: s.at}, CodeMissingKey, nil)
		}
	}
}

// unknownKey reports a key that no field has. The nearest name may also be one
// that belongs into a table of this one, "times" into "rhythm", and either may
// be what others call it.
func (d *decoder) unknownKey(m value.Member, s spot, fields []field) {
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	at := spot{key: join(s.key, m.Key), at: s.at}
	if s.at.Source == FromFile {
		at.at.Position = m.At
	}
	ours := otherName(m.Key)
	if !slices.Contains(names, ours) {
		ours = innerKey(fields, ours)
	}
	if near := cmp.Or(problem.Nearest(m.Key, names), innerKey(fields, m.Key), ours); near != "" {
		d.find(at, CodeMisspeltKey, problem.Params{"near": near})
		return
	}
	d.find(at, CodeUnknownKey, problem.Params{"known": strings.Join(names, ", ")})
}

// innerKey is a key with the table before it that has it: "rhythm.times"; "" if
// none has.
func innerKey(fields []field, key string) string {
	for _, f := range fields {
		if isTable(f.typ) && slices.ContainsFunc(fieldsOf(f.typ), func(g field) bool { return g.name == key }) {
			return f.name + "." + key
		}
	}
	return ""
}

// list decodes a list. It replaces the default as a whole.
func (d *decoder) list(dst reflect.Value, v value.Value, s spot) {
	d.origins[s.key] = s.at
	if v.Kind != value.List {
		d.find(s, CodeNotList, problem.Params{"value": shown(v)})
		return
	}
	t := dst.Type().Elem()
	items := reflect.MakeSlice(dst.Type(), 0, len(v.List))
	lines := map[string]int{}
	for i, item := range v.List {
		elem := spot{key: s.key, is: s.is, bounds: s.bounds, at: s.at}
		if isTable(t) {
			elem.key += "." + d.nameOf(t, item, i, s, lines)
		}
		x := blank(t)
		n := len(d.problems)
		d.into(x, item, elem)
		if isTable(t) || len(d.problems) == n {
			items = reflect.Append(items, x)
		}
	}
	if !isTable(t) {
		// The elements went under the list's own key; its place is the list's.
		d.places[s.key], d.origins[s.key] = s.at, s.at
	}
	dst.Set(items)
}

// nameOf returns the name under which an element of a list of tables is known:
// its id, or its number. A second element of one name is a problem.
func (d *decoder) nameOf(t reflect.Type, item value.Value, i int, s spot, lines map[string]int) string {
	number := strconv.Itoa(i + 1)
	f, ok := identityOf(t)
	if !ok {
		return number
	}
	id, ok := item.Get(f.name)
	if !ok || id.Kind != value.String || !isName(id.Str) {
		return number
	}
	if first, twice := lines[id.Str]; twice {
		at := spot{key: join(s.key, f.name), at: s.at}
		if s.at.Source == FromFile {
			at.at.Position = id.At
		}
		d.find(at, CodeDuplicate, problem.Params{"value": id.Str, "first": strconv.Itoa(first)})
		return number
	}
	lines[id.Str] = id.At.Line
	return id.Str
}

// named decodes a table whose keys are names.
func (d *decoder) named(dst reflect.Value, v value.Value, s spot) {
	if v.Kind != value.Map {
		d.find(s, CodeNotTable, problem.Params{"value": shown(v)})
		return
	}
	t := dst.Type()
	m := reflect.MakeMap(t)
	for _, member := range v.Map {
		elem := spot{key: join(s.key, member.Key), bounds: s.bounds, at: s.at}
		name := elem
		if s.at.Source == FromFile {
			name.at.Position = member.At
		}
		if !d.nameOfKey(t.Key(), member.Key, s.is, name) {
			continue
		}
		x := blank(t.Elem())
		d.into(x, member.Value, elem)
		m.SetMapIndex(reflect.ValueOf(member.Key).Convert(t.Key()), x)
	}
	dst.Set(m)
}

// nameOfKey checks a name that is a key.
func (d *decoder) nameOfKey(t reflect.Type, name, is string, s spot) bool {
	if k, ok := reflect.Zero(t).Interface().(known); ok {
		return d.among(s, name, k.Known())
	}
	if is != "" {
		return d.text(s, name, is)
	}
	if !isName(name) {
		d.find(s, CodeBadName, problem.Params{"value": name})
		return false
	}
	return true
}

// among checks that a value is one of a few.
func (d *decoder) among(s spot, name string, names []string) bool {
	if slices.Contains(names, name) {
		return true
	}
	params := problem.Params{"value": name}
	if near := problem.Nearest(name, names); near != "" {
		params["near"] = near
		d.find(s, CodeMisspeltValue, params)
		return false
	}
	if len(names) == 0 {
		d.find(s, CodeNoSuchName, params)
		return false
	}
	params["known"] = strings.Join(names, ", ")
	d.find(s, CodeUnknownValue, params)
	return false
}

// shown is a value as a message shows it.
func shown(v value.Value) string {
	switch v.Kind {
	case value.List:
		return "[…]"
	case value.Map:
		return "{…}"
	case value.Null:
		return "null"
	}
	const limit = 80
	r := []rune(masked(v.Str))
	if len(r) > limit {
		r = append(r[:limit], '…')
	}
	return string(r)
}
