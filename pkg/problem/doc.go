// Package problem describes a finding: something a person should mend, and
// where.
//
// A [Problem] is data, never prose: a code, a place and parameters. The
// sentence and the hint that people read are worded from it in French and in
// English by package words, so that one finding reads the same in the
// terminal, in CI and in a page. Every package that reads something returns
// all the problems it found, not only the first.
//
// # Codes
//
// A code is a short lower-case name with hyphens ("unknown-platform"). The
// package that finds the problem declares it as a constant of type [Code]; a
// test holds that every declared code is worded in both languages. Codes are
// part of the program's interface (scripts match them): they may be added,
// never renamed.
package problem
