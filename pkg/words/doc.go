// Package words holds every sentence that people read, in French and in
// English: one TOML file an area and a language (en/content.toml,
// fr/content.toml). Code passes keys and parameters; only this package turns
// them into prose.
//
// A key is "area.name"; the area is the file. A value is a sentence with
// {parameters}; a key with the suffix .one is taken instead of the plain one
// where the parameter n means a singular (1 in English, 0 and 1 in French).
// Problems are worded by their code in problem.toml: code, and code.hint for
// the line that says what to do.
//
// The package makes parameters safe for a terminal and for one line of text:
// control characters, bidirectional overrides and ANSI escapes are shown as
// visible marks. Whoever writes HTML, mail or iCalendar escapes for that
// medium on top.
package words
