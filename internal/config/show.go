package config

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Entry is one value of a configuration, for people and scripts to look at.
type Entry struct {
	Key string
	// Literal is the value as a TOML file would write it, secrets hidden.
	Literal string
	Origin  Origin
	// Later is true for what nothing obeys yet.
	Later  bool
	Secret bool

	value reflect.Value
}

// Entries lists every key that has a value, defaults included, in the order of
// the documentation. Lists of tables without names are one value. With a key
// given, only it and what stands below it.
func Entries(c Config, o Origins, key string) []Entry {
	var all []Entry
	list(reflect.ValueOf(c), o, Entry{}, func(e Entry) {
		if key == "" || e.Key == key || strings.HasPrefix(e.Key, key+".") {
			e.Origin = o.Of(e.Key)
			all = append(all, e)
		}
	})
	return all
}

// list walks the values; one that is zero counts only where somebody wrote it.
func list(v reflect.Value, o Origins, e Entry, add func(Entry)) {
	t := v.Type()
	_, named := identityOf(elem(t))
	if a, ok := v.Interface().(interface{ absent() bool }); ok && a.absent() {
		return
	}
	switch {
	case isTable(t):
		for _, f := range fieldsOf(t) {
			list(v.Field(f.index), o, Entry{Key: join(e.Key, f.name), Later: e.Later || f.later}, add)
		}
	case isTables(t) && named:
		for i := range v.Len() {
			f, _ := identityOf(t.Elem())
			item := v.Index(i)
			list(item, o, Entry{Key: join(e.Key, bare(item.Field(f.index).String())), Later: e.Later}, add)
		}
	case t.Kind() == reflect.Map:
		for _, k := range sortedKeys(v) {
			list(v.MapIndex(k), o, Entry{Key: join(e.Key, bare(k.String())), Later: e.Later}, add)
		}
	default:
		if _, set := o[e.Key]; v.IsZero() && !set {
			return
		}
		e.Literal, e.Secret, e.value = literal(v), t == reflect.TypeFor[Secret](), v
		add(e)
	}
}

// MarshalJSON writes {"key", "value", "origin", …}: value is a number, a text,
// a boolean, a list or an object like that of the file, a secret "***".
func (e Entry) MarshalJSON() ([]byte, error) {
	type origin struct {
		Source   Source `json:"source"`
		File     string `json:"file,omitempty"`
		Line     int    `json:"line,omitempty"`
		Col      int    `json:"col,omitempty"`
		Variable string `json:"variable,omitempty"`
	}
	return json.Marshal(struct {
		Key    string `json:"key"`
		Value  any    `json:"value"`
		Origin origin `json:"origin"`
		Later  bool   `json:"later,omitempty"`
		Secret bool   `json:"secret,omitempty"`
	}{
		e.Key, plain(e.value), origin{e.Origin.Source, e.Origin.File, e.Origin.Line, e.Origin.Col, e.Origin.Variable}, e.Later, e.Secret,
	})
}

// plain is a value as JSON writes it.
func plain(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case PerMille, Weight, Amount:
		return json.Number(literal(v))
	case civil.Date, civil.Clock, civil.Span, Weekday, WeekTime, Work, Secret:
		return strings.Trim(literal(reflect.ValueOf(x)), `"`)
	}
	switch v.Kind() {
	case reflect.Slice:
		items := []any{}
		for i := range v.Len() {
			items = append(items, plain(v.Index(i)))
		}
		return items
	case reflect.Struct:
		m := map[string]any{}
		for _, f := range fieldsOf(v.Type()) {
			if x := v.Field(f.index); !x.IsZero() || f.required {
				m[f.name] = plain(x)
			}
		}
		return m
	}
	return v.Interface()
}

// Suggest returns the key that a person most likely meant who asked for one
// that has no value, or "".
func Suggest(c Config, key string) string {
	var keys []string
	list(reflect.ValueOf(c), nil, Entry{}, func(e Entry) {
		parts := strings.Split(e.Key, ".")
		for n := range parts {
			if k := strings.Join(parts[:n+1], "."); !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	})
	return problem.Nearest(key, keys)
}
