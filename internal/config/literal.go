package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/civil"
)

// literal writes a value as a TOML file would, secrets hidden. Tables are
// inline and leave out what is zero.
func literal(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case PerMille, Weight, Amount, civil.Date, civil.Clock:
		return fmt.Sprint(x)
	case Weekday, WeekTime, Work, civil.Span, Secret:
		return quote(fmt.Sprint(x))
	}
	switch v.Kind() {
	case reflect.String:
		return quote(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case reflect.Slice:
		items := make([]string, v.Len())
		for i := range items {
			items[i] = literal(v.Index(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case reflect.Map:
		var items []string
		for _, k := range sortedKeys(v) {
			items = append(items, bare(k.String())+" = "+literal(v.MapIndex(k)))
		}
		return "{ " + strings.Join(items, ", ") + " }"
	case reflect.Struct:
		return inlineTable(v)
	}
	return quote(fmt.Sprint(v))
}

func inlineTable(v reflect.Value) string {
	var items []string
	for _, f := range fieldsOf(v.Type()) {
		if x := v.Field(f.index); !x.IsZero() || f.required {
			items = append(items, bare(f.name)+" = "+literal(x))
		}
	}
	if short := shortKey(v.Type()); short != "" && len(items) == 1 && strings.HasPrefix(items[0], short+" = ") {
		return strings.TrimPrefix(items[0], short+" = ")
	}
	return "{ " + strings.Join(items, ", ") + " }"
}

// quote writes a basic string of TOML; control characters and bidirectional
// overrides are escaped.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !strconv.IsPrint(r) && r != '\u00a0' && r != '\u202f': // the no-break spaces of French
			if r > 0xffff {
				fmt.Fprintf(&b, `\U%08x`, r)
			} else {
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// bare writes a key, quoted only where TOML needs it.
func bare(key string) string {
	for _, r := range key {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return quote(key)
		}
	}
	if key == "" {
		return `""`
	}
	return key
}

// sortedKeys returns the keys of a map with keys of text, sorted.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := map[string]reflect.Value{}
	for _, k := range v.MapKeys() {
		keys[k.String()] = k
	}
	var sorted []reflect.Value
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		sorted = append(sorted, keys[name])
	}
	return sorted
}
