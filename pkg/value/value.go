package value

import (
	"fmt"

	"editorial/pkg/problem"
)

// Limits of a document.
const (
	// MaxBytes is the size of the largest document that is read.
	MaxBytes = 1 << 20
	// MaxDepth is how deep tables and lists may nest.
	MaxDepth = 32
	// MaxNodes is how many values a document may have, each use of a YAML
	// alias counted with all that it stands for.
	MaxNodes = 50_000
)

// Codes of the problems that reading a document finds.
const (
	CodeSyntax      problem.Code = "syntax"
	CodeDuplicate   problem.Code = "duplicate-key"
	CodeUTF8        problem.Code = "invalid-utf8"
	CodeTooLarge    problem.Code = "document-too-large"
	CodeTooDeep     problem.Code = "document-too-deep"
	CodeTooMany     problem.Code = "document-too-many"
	CodeNotTable    problem.Code = "not-a-table"
	CodeUnsupported problem.Code = "unsupported-yaml"
	CodeDocuments   problem.Code = "several-documents"
)

// Kind is the type of a value.
type Kind uint8

const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	Time // a date, a time or both, of TOML
	List
	Map
)

// String returns the kind's name, as in "string".
func (k Kind) String() string {
	names := [...]string{"null", "bool", "int", "float", "string", "time", "list", "map"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Value is one value of a document with its place.
type Value struct {
	Kind Kind
	// At is where the value begins; of a TOML table, where the key that names
	// it first stands; of a YAML alias, where the alias is used.
	At problem.Position

	Bool  bool
	Int   int64
	Float float64
	// Str is the text of a String; of a Time, a number or a Bool, how it was
	// written.
	Str string
	// Plain reports a YAML scalar without quotes and tag: Kind was guessed
	// from its looks and Str is what was typed.
	Plain bool

	List []Value
	Map  []Member // in the order of the source
}

// Member is a key of a map and its value.
type Member struct {
	Key   string
	At    problem.Position // of the key
	Value Value
}

// Get returns the value under a path of keys; v itself for no keys.
func (v Value) Get(path ...string) (Value, bool) {
next:
	for _, key := range path {
		for i := range v.Map {
			if v.Map[i].Key == key {
				v = v.Map[i].Value
				continue next
			}
		}
		return Value{}, false
	}
	return v, true
}
