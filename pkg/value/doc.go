// Package value reads TOML, YAML and JSON into one shape in which every key
// and every value knows where it stands, so that whoever checks a document
// can say "file:line:col" of anything in it.
//
// [ParseTOML], [ParseYAML] and [ParseJSON] return a [Value] whose Kind is Map,
// whatever happens, and the problems found. After a problem the value holds
// what could be read.
//
// [SetTOML], [SetYAML] and [SetJSON] change one value of a document in place
// and leave every other byte alone.
//
// # What the three formats have in common here
//
//   - Members of a map stand in the order of the source.
//   - A key that stands twice in one table is a problem.
//   - The document as a whole must be a table; an empty one is an empty table.
//   - Bytes that are not UTF-8, more than [MaxBytes] bytes, nesting below
//     [MaxDepth] and more than [MaxNodes] values are problems. None of the
//     limits depends on the machine.
//
// Plain documents of YAML and TOML, as most front matter is, are read without
// the libraries, with the same result.
//
// # TOML
//
// TOML 1.1. The four kinds of date stay as they were written (Kind Time): a
// local time is an instant only in a zone, which is for package civil to say.
//
// # YAML
//
// One document of YAML 1.2 with its core schema: yes, no, on and off are
// words; 010 is ten; a date is text. Merge keys (<<) and aliases are resolved.
// Of tags only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq are
// understood. A scalar without quotes has its type from its looks; such a
// value is marked Plain, so that a title that looks like a number can stay as
// it was typed.
package value
