package value

import "editorial/pkg/problem"

// Reader is one of the two ways to read a document, for tests.
type Reader struct {
	// Quick reports false for a document that it does not take.
	Quick   func(file string, src []byte, firstLine int) (Value, bool)
	Library func(file string, src []byte, firstLine int) (Value, []problem.Problem)
}

// Readers returns both ways by format.
func Readers() map[string]Reader {
	return map[string]Reader{"yaml": reader(quickYAML, libraryYAML), "toml": reader(quickTOML, libraryTOML)}
}

func reader(quick func(*source) (Value, bool), library func(*source) (Value, []problem.Problem)) Reader {
	return Reader{
		Quick: func(file string, src []byte, firstLine int) (Value, bool) {
			s, ok := newSource(file, string(src), firstLine)
			if !ok {
				return Value{}, false
			}
			return quick(s)
		},
		Library: func(file string, src []byte, firstLine int) (Value, []problem.Problem) {
			s, ok := newSource(file, string(src), firstLine)
			if !ok {
				return Value{}, s.problems
			}
			return library(s)
		},
	}
}

// Core is the kind that the core schema gives a plain scalar.
func Core(s string) Kind {
	v := Value{Kind: String, Str: s}
	core(&v)
	return v.Kind
}
