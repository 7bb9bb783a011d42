package office

import (
	"maps"
	"slices"

	"editorial/internal/config"
	"editorial/internal/schema"
	"editorial/pkg/content"
	"editorial/pkg/words"
)

// FrontMatterSchema returns the JSON Schema of a post's front matter, described
// in the language of w. Editors offer the names that c has, and refuse others;
// the zero Config has none. It refuses nothing in which Check finds no fault,
// whatever the format, and lets keys pass that mean nothing, but for those that
// are one slip away from a key which keeps a post from going out.
func FrontMatterSchema(w *words.Words, c config.Config) *schema.Node {
	m := frontMatter{w, offered(c), c.Site.Title != ""}
	keys := map[string]*schema.Node{}
	for _, f := range content.Fields() {
		for i, name := range append([]string{f.Name}, f.Also...) {
			n := m.field(f)
			n.Description = w.Say("front."+f.Name, nil)
			if i > 0 {
				n.Description += " (" + f.Name + ")"
			}
			keys[name] = n
		}
	}
	root := schema.Open(keys)
	root.PropertyNames = noSlips(c)
	root.Draft, root.Title = schema.Draft, w.Say("front.front-matter", nil)
	return root
}

// offered are the names of an office, by the field that holds them.
func offered(c config.Config) map[string][]string {
	names := map[string][]string{
		"platforms": slices.Sorted(maps.Keys(c.Platforms)),
		"format":    slices.Sorted(maps.Keys(c.Formats)),
		"intent":    config.Intent("").Known(),
	}
	for _, p := range c.People {
		names["assignee"] = append(names["assignee"], p.ID)
	}
	for _, p := range c.Pillars {
		names["pillar"] = append(names["pillar"], p.ID)
	}
	for _, a := range c.Audiences {
		names["audience"] = append(names["audience"], a.ID)
	}
	for _, o := range c.Objectives {
		names["objective"] = append(names["objective"], o.ID)
	}
	if c.Site.Lang != "" {
		names["lang"] = append([]string{c.Site.Lang}, slices.DeleteFunc(slices.Clone(c.Site.Langs), func(l string) bool { return l == c.Site.Lang })...)
	}
	return names
}

type frontMatter struct {
	words *words.Words
	names map[string][]string
	// office reports names that are an office's: others mean nothing.
	office bool
}

// plainText is a text. YAML may have it without quotes where it looks like
// something else, and a key without a value says nothing.
func plainText() *schema.Node {
	return &schema.Node{Type: []string{"string", "number", "boolean", "null"}}
}

// orNothing lets a key have no value.
func orNothing(n *schema.Node) *schema.Node {
	if name, ok := n.Type.(string); ok && n.Enum == nil {
		n.Type = []string{name, "null"}
		return n
	}
	return schema.Either(n, &schema.Node{Type: "null"})
}

func (m frontMatter) field(f content.Field) *schema.Node {
	text := m.named(f.Name)
	switch f.Type {
	case content.TypeNames:
		named := schema.Open(map[string]*schema.Node{"name": plainText()})
		return schema.Either(m.severalNamed(f.Name), schema.List(schema.Either(text, named)))
	case content.TypeTexts, content.TypePeople:
		// Other programs have tables with a name in the place of a text.
		named := schema.Open(map[string]*schema.Node{"name": plainText()})
		if f.Type == content.TypePeople {
			return schema.Either(text, named, schema.List(schema.Either(text, named)))
		}
		return schema.Either(text, schema.List(schema.Either(text, named)))
	case content.TypeOne:
		one := schema.List(text)
		one.MaxItems = 1
		return schema.Either(text, one)
	case content.TypeImage:
		image := schema.Either(plainText(), m.table("image", map[string]*schema.Node{
			"src": plainText(), "alt": plainText(), "credit": plainText(), "licence": plainText(),
		}))
		return schema.Either(image, schema.List(image))
	case content.TypeDate:
		return schema.Either(date(), schema.Open(nil)) // MkDocs and Docusaurus have tables of dates
	case content.TypeDay:
		return orNothing(schema.Text("[0-9]", "2026-10-20"))
	case content.TypeFlag:
		return schema.Flag()
	case content.TypeSwitch:
		return schema.Either(schema.Flag(), date())
	case content.TypeStage:
		return schema.Suggest(orNothing(schema.Text(anyCase(stages()))), stages()...)
	case content.TypeWork:
		return m.work()
	case content.TypeInteger:
		return orNothing(schema.Integer(float64(f.Min), float64(f.Max)))
	case content.TypeRepeat:
		return orNothing(m.table("repeat", map[string]*schema.Node{
			"times": orNothing(schema.Integer(0, 1000)), "every": orNothing(schema.Text("[0-9]", "8 weeks")),
		}))
	case content.TypeVariants:
		variant := orNothing(m.table("variants", map[string]*schema.Node{
			"text": plainText(), "title": plainText(), "date": date(), "effort": m.work(), "logged": m.work(),
			"first_comment": plainText(), "thread": orNothing(schema.Flag()), "numbered": orNothing(schema.Flag()),
		}))
		known := schema.Text("^[A-Za-z0-9_.-]{1,64}$")
		if m.office && len(m.names["platforms"]) > 0 {
			known = schema.OneOf(m.names["platforms"]...)
		}
		all := schema.Named(known, variant)
		all.Properties = map[string]*schema.Node{}
		for _, name := range m.names["platforms"] {
			all.Properties[name] = variant
		}
		return orNothing(all)
	}
	return m.pattern(f, text)
}

// pattern is the schema of a text that must have a form.
func (m frontMatter) pattern(f content.Field, text *schema.Node) *schema.Node {
	forms := map[content.FieldType]string{
		content.TypeID:      `^\s*$|^\s*[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\s*$`,
		content.TypeSlug:    goodSlug,
		content.TypeLang:    `^\s*$|^\s*[A-Za-z]{1,3}([-_][A-Za-z0-9]{1,8})*\s*$`,
		content.TypeAddress: `^\s*$|^\s*[A-Za-z]+://`,
	}
	if form, ok := forms[f.Type]; ok {
		n := plainText()
		n.Pattern = form
		return schema.Suggest(n, m.names[f.Name]...)
	}
	return text
}

// table is a table of a field with what its keys mean, and any other keys.
func (m frontMatter) table(field string, keys map[string]*schema.Node) *schema.Node {
	for name, n := range keys {
		n.Description = m.words.Say("front."+field+"."+name, nil)
	}
	return schema.Open(keys)
}

func date() *schema.Node {
	n := orNothing(schema.Text("[0-9]", "2026-10-20", "2026-10-20 09:00", "20 octobre 2026 à 9h"))
	n.Not = &schema.Node{Type: "string", Pattern: noSuchDay}
	return n
}

func (m frontMatter) work() *schema.Node {
	one := func() *schema.Node { return schema.Text("[0-9]", "1h30", "45m") }
	each := schema.Named(schema.Text("^[A-Za-z0-9_.-]{1,64}$"), one())
	each.Properties = map[string]*schema.Node{}
	for _, name := range m.names["assignee"] {
		each.Properties[name] = one()
	}
	return orNothing(schema.Either(one(), each))
}

func stages() []string {
	var names []string
	for _, s := range content.Stages() {
		names = append(names, string(s))
	}
	return names
}
