// Package schema writes JSON Schemas of draft-07, which the language servers
// of TOML (Taplo), YAML and JSON all read.
package schema

// Draft is the identifier of the draft.
const Draft = "http://json-schema.org/draft-07/schema#"

// Node is a schema or a part of one. The zero Node allows everything.
type Node struct {
	Draft       string `json:"$schema,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	// Type is the name of a type of JSON, or several in a []string.
	Type any `json:"type,omitempty"`
	// AnyOf are alternatives, one of which must fit.
	AnyOf []*Node `json:"anyOf,omitempty"`
	// Not is what must not fit.
	Not *Node `json:"not,omitempty"`

	Enum    []string `json:"enum,omitempty"`
	Pattern string   `json:"pattern,omitempty"`
	Minimum *float64 `json:"minimum,omitempty"`
	Maximum *float64 `json:"maximum,omitempty"`

	Items    *Node `json:"items,omitempty"`
	MaxItems int   `json:"maxItems,omitempty"`

	Properties    map[string]*Node `json:"properties,omitempty"`
	PropertyNames *Node            `json:"propertyNames,omitempty"`
	// Others is what keys beside Properties may hold: a *Node, or false for
	// none.
	Others   any      `json:"additionalProperties,omitempty"`
	Required []string `json:"required,omitempty"`

	Default  any   `json:"default,omitempty"`
	Examples []any `json:"examples,omitempty"`
}

// Text is a text. The pattern, if any, is a regular expression that stands
// somewhere in it.
func Text(pattern string, examples ...string) *Node {
	n := &Node{Type: "string", Pattern: pattern}
	for _, e := range examples {
		n.Examples = append(n.Examples, e)
	}
	return n
}

// OneOf is a text that is one of a few.
func OneOf(values ...string) *Node { return &Node{Type: "string", Enum: values} }

// Suggest is any text; an editor offers these.
func Suggest(n *Node, values ...string) *Node {
	if len(values) == 0 {
		return n
	}
	return Either(OneOf(values...), n)
}

// Either is what one of several nodes allows.
func Either(nodes ...*Node) *Node { return &Node{AnyOf: nodes} }

// Flag is true or false.
func Flag() *Node { return &Node{Type: "boolean"} }

// Integer is a whole number from low to high.
func Integer(low, high float64) *Node { return &Node{Type: "integer", Minimum: &low, Maximum: &high} }

// Number is a number from low to high.
func Number(low, high float64) *Node { return &Node{Type: "number", Minimum: &low, Maximum: &high} }

// List is a list of items.
func List(items *Node) *Node { return &Node{Type: "array", Items: items} }

// Table is a table with these keys and no others.
func Table(keys map[string]*Node, required ...string) *Node {
	return &Node{Type: "object", Properties: keys, Others: false, Required: required}
}

// Open is a table with these keys and any others.
func Open(keys map[string]*Node, required ...string) *Node {
	return &Node{Type: "object", Properties: keys, Required: required}
}

// Named is a table whose keys are names, all holding the same.
func Named(names, each *Node) *Node {
	return &Node{Type: "object", PropertyNames: names, Others: each}
}
