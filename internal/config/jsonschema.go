package config

import (
	"reflect"
	"strconv"
	"strings"

	"editorial/internal/schema"
	"editorial/pkg/words"
)

// Schema returns the JSON Schema of config.toml, described in the language of w.
// It is made of the same tags as [Keys]. It refuses nothing that [Parse]
// accepts; names that lead nowhere, and what depends on other keys, it lets pass.
func Schema(w *words.Words) *schema.Node {
	root := schemaMaker{w}.node(reflect.ValueOf(Default()), "", field{})
	root.Draft, root.Title = schema.Draft, "config.toml"
	return root
}

type schemaMaker struct{ words *words.Words }

// node is the schema of a key that holds values such as v, the default.
func (s schemaMaker) node(v reflect.Value, name string, of field) *schema.Node {
	t := v.Type()
	switch {
	case isTable(t):
		return s.table(v, name, of)
	case isTables(t):
		list := schema.List(s.node(blank(t.Elem()), name+"."+placeholder(t.Elem()), field{later: of.later}))
		return s.describe(list, name, of)
	case t.Kind() == reflect.Map:
		of.required = false
		return s.named(t, name, of)
	}
	elem := t
	if t.Kind() == reflect.Slice {
		elem = t.Elem()
	}
	n := scalarSchema(elem, of)
	if t.Kind() == reflect.Slice {
		n = schema.List(n)
	}
	if !v.IsZero() && elem != reflect.TypeFor[Secret]() {
		n.Default = plain(v)
	}
	return s.describe(n, name, of)
}

func (s schemaMaker) table(v reflect.Value, name string, of field) *schema.Node {
	keys := map[string]*schema.Node{}
	var required []string
	short := shortKey(v.Type())
	var alone *schema.Node
	for _, f := range fieldsOf(v.Type()) {
		f.later = f.later || of.later
		keys[f.name] = s.node(v.Field(f.index), join(name, f.name), f)
		if f.required {
			required = append(required, f.name)
		}
		if f.name == short {
			alone = keys[f.name]
		}
	}
	n := schema.Table(keys, required...)
	if alone != nil {
		return schema.Either(alone, n)
	}
	return n
}

// named is a table whose keys are names.
func (s schemaMaker) named(t reflect.Type, name string, of field) *schema.Node {
	names := &schema.Node{}
	switch {
	case knownOf(t.Key(), "") != nil:
		names = schema.OneOf(knownOf(t.Key(), "")...)
	case of.is == "":
		names = schema.Text(namePattern)
	}
	of.is = ""
	return schema.Named(names, s.node(blank(t.Elem()), name+"."+mapPlaceholder(t.Key()), of))
}

// describe says what a key means.
func (s schemaMaker) describe(n *schema.Node, name string, of field) *schema.Node {
	if !s.words.Has("config." + name) {
		return n // a list of tables that have names: its keys say it all
	}
	n.Description = s.words.Say("config."+name, nil)
	if of.later {
		n.Description += " (" + s.words.Say("cli.config-later", nil) + ")"
	}
	return n
}

const namePattern = "^[a-z0-9][a-z0-9_-]{0,39}$"

// scalarSchema is the schema of a single value.
func scalarSchema(t reflect.Type, of field) *schema.Node {
	if all := knownOf(t, of.is); all != nil {
		return schema.OneOf(all...)
	}
	low, high := bounds(of.bounds)
	switch name := typeName(t, of.is); name {
	case "boolean":
		return schema.Flag()
	case "integer":
		return schema.Integer(low, high)
	case "number":
		return &schema.Node{Type: "number"}
	case "share":
		if of.bounds == "" {
			high = 1000
		}
		return schema.Number(low/1000, high/1000)
	case "weight":
		return schema.Number(0.001, 10)
	case "amount":
		return schema.Number(0, float64(maxAmount)/100)
	case "work":
		return schema.Either(schema.Number(low/60, high/60), schema.Text("[0-9]", "1h30", "45m"))
	case "weekday":
		return schema.Suggest(schema.Text("", "lundi"), "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
	default:
		return textSchema(name)
	}
}

// textSchema is the schema of a text that must be something. Texts that may
// be empty say so with an empty one.
func textSchema(what string) *schema.Node {
	switch what {
	case "date":
		return schema.Text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-10-19")
	case "clock":
		return schema.Text("[0-9]", "09:00", "9h30")
	case "week-time":
		return schema.Text("[0-9]", "Tue 09:00", "mardi 9h")
	case "span":
		return schema.Text("[0-9]", "48h", "3d", "2 weeks")
	case "name":
		return schema.Text(namePattern)
	case "zone":
		return schema.Text("", "Europe/Paris", "UTC")
	case "lang", "site-lang":
		return schema.Text("", "fr", "en-GB")
	case "url", "https":
		return schema.Text("^$|^[A-Za-z]+://", "https://example.org/")
	case "email", "address":
		return schema.Text("^$|@", "us@example.org")
	case "currency":
		return schema.Text("^$|^[A-Z]{3}$", "EUR", "XOF")
	case "permalink":
		return schema.Text("^/.*/$", "/:lang/:slug/")
	case "indexnow":
		return schema.Text("^$|^[A-Za-z0-9-]{8,128}$", "8f14e45fceea167a5a36dedd4bea2543")
	case "list-id":
		return schema.Text("", "letter.example.org")
	}
	return schema.Text("")
}

// bounds reads "1..5".
func bounds(s string) (low, high float64) {
	lo, hi, _ := strings.Cut(s, "..")
	low, _ = strconv.ParseFloat(lo, 64)
	high, err := strconv.ParseFloat(hi, 64)
	if err != nil {
		high = 1<<31 - 1
	}
	return low, high
}
