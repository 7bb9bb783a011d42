package config

import (
	"reflect"
	"strings"

	"editorial/pkg/civil"
)

// field is one key of a table, as the tags of its struct say.
type field struct {
	name     string
	index    int
	typ      reflect.Type
	is       string // what a text must be
	bounds   string // "min..max" of a number
	required bool
	identity bool
	later    bool
}

// fieldsOf returns the keys of a struct in its order.
func fieldsOf(t reflect.Type) []field {
	var fs []field
	for i := range t.NumField() {
		f := t.Field(i)
		fs = append(fs, field{
			name: f.Tag.Get("toml"), index: i, typ: f.Type, is: f.Tag.Get("is"), bounds: f.Tag.Get("range"),
			required: f.Tag.Get("required") != "", identity: f.Tag.Get("identity") != "", later: f.Tag.Get("later") != "",
		})
	}
	return fs
}

// identityOf returns the key that names an element of a list of such tables.
func identityOf(t reflect.Type) (field, bool) {
	if isTable(t) {
		for _, f := range fieldsOf(t) {
			if f.identity {
				return f, true
			}
		}
	}
	return field{}, false
}

// isTable reports whether values of the type are written as tables; other
// structs are single values.
func isTable(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	switch t {
	case reflect.TypeFor[civil.Date](), reflect.TypeFor[civil.Clock](), reflect.TypeFor[civil.Span](),
		reflect.TypeFor[WeekTime](), reflect.TypeFor[Secret]():
		return false
	}
	return true
}

// isTables reports whether the type is a list of tables.
func isTables(t reflect.Type) bool { return t.Kind() == reflect.Slice && isTable(t.Elem()) }

// shortKey is the key which a table stands for that is written as a single
// value: "Tue 09:00" for { at = "Tue 09:00" }. "" means no such form.
func shortKey(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[SlotTime]():
		return "at"
	case reflect.TypeFor[Range]():
		return "from"
	}
	return ""
}

// Key is one key that config.toml may have.
type Key struct {
	// Name is the key with dots; NAME stands for a name of the office's own, ID
	// for the id of an element, N for its number.
	Name string `json:"key"`
	// Type is the word of area "config" for what it holds: "type-text".
	Type string `json:"type"`
	List bool   `json:"list,omitempty"`
	// Default is as in the file, "" where there is none.
	Default string `json:"default,omitempty"`
	// Known are the values that it may have, if they are few.
	Known    []string `json:"known,omitempty"`
	Required bool     `json:"required,omitempty"`
	Secret   bool     `json:"secret,omitempty"`
	// Later is true for what nothing obeys yet.
	Later bool `json:"later,omitempty"`
	// Variable is the environment variable, with the placeholders of Name.
	Variable string `json:"variable,omitempty"`
}

// Keys returns every key, in the order of the documentation.
func Keys() []Key {
	var keys []Key
	c := Default()
	collect(reflect.ValueOf(c), "", field{}, func(k Key) { keys = append(keys, k) })
	return keys
}

// collect walks the schema below a value that holds the defaults.
func collect(v reflect.Value, name string, of field, add func(Key)) {
	t := v.Type()
	switch {
	case isTable(t):
		for _, f := range fieldsOf(t) {
			f.later = f.later || of.later
			collect(v.Field(f.index), join(name, f.name), f, add)
		}
	case isTables(t):
		_, named := identityOf(t.Elem())
		if !named {
			add(Key{Name: name, Type: "type-table", List: true, Later: of.later, Variable: variable(name)})
		}
		collect(blank(t.Elem()), name+"."+placeholder(t.Elem()), field{later: of.later}, func(k Key) {
			if !named || strings.HasSuffix(k.Name, ".ID.id") {
				k.Variable = ""
			}
			add(k)
		})
	case t.Kind() == reflect.Map:
		of.required, of.is = false, ""
		collect(blank(t.Elem()), name+"."+mapPlaceholder(t.Key()), of, add)
	default:
		elem := t
		if t.Kind() == reflect.Slice {
			elem = t.Elem()
		}
		k := Key{
			Name: name, Type: "type-" + typeName(elem, of.is), List: t.Kind() == reflect.Slice, Known: knownOf(elem, of.is),
			Required: of.required, Secret: elem == reflect.TypeFor[Secret](), Later: of.later, Variable: variable(name),
		}
		if !v.IsZero() {
			k.Default = literal(v)
		}
		add(k)
	}
}

// blank is a new element of a list or map, with its defaults.
func blank(t reflect.Type) reflect.Value {
	v := reflect.New(t)
	fillDefaults(v.Interface())
	return v.Elem()
}

func placeholder(t reflect.Type) string {
	if _, ok := identityOf(t); ok {
		return "ID"
	}
	return "N"
}

func mapPlaceholder(key reflect.Type) string {
	switch key {
	case reflect.TypeFor[Intent]():
		return "INTENT"
	case reflect.TypeFor[About]():
		return "WHOM"
	}
	return "NAME"
}

// knownOf returns the values that a text may have, if the schema alone says.
func knownOf(t reflect.Type, is string) []string {
	if k, ok := reflect.Zero(t).Interface().(known); ok {
		return k.Known()
	}
	if is == "country" {
		return countries()
	}
	return nil
}

// typeName is the last part of the key that words a type.
func typeName(t reflect.Type, is string) string {
	switch t {
	case reflect.TypeFor[civil.Date]():
		return "date"
	case reflect.TypeFor[civil.Clock]():
		return "clock"
	case reflect.TypeFor[civil.Span]():
		return "span"
	case reflect.TypeFor[WeekTime]():
		return "week-time"
	case reflect.TypeFor[Weekday]():
		return "weekday"
	case reflect.TypeFor[Work]():
		return "work"
	case reflect.TypeFor[PerMille]():
		return "share"
	case reflect.TypeFor[Weight]():
		return "weight"
	case reflect.TypeFor[Amount]():
		return "amount"
	case reflect.TypeFor[Secret]():
		return "secret"
	}
	if knownOf(t, "") != nil {
		return "one-of"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Int:
		return "integer"
	case reflect.Float64:
		return "number"
	}
	if is != "" {
		return is
	}
	return "text"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// variable is the environment variable of a key.
func variable(key string) string {
	return Prefix + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, key)
}
