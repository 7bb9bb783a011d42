// Package markdown turns the body of a post into what outputs need. Goldmark
// does the parsing; what reaches a reader from there is this package's care.
package markdown
