package lint

import (
	"regexp"
	"strings"

	"editorial/pkg/problem"
)

// Codes of what is found.
const (
	CodeScript     problem.Code = "mail-script"       // scripts and handlers of events
	CodeForm       problem.Code = "mail-form"         // forms
	CodeElement    problem.Code = "mail-element"      // other elements that are not shown
	CodeSheet      problem.Code = "mail-style-sheet"  // style sheets that are to be loaded
	CodeFont       problem.Code = "mail-font"         // fonts that are to be loaded
	CodeLayout     problem.Code = "mail-layout"       // boxes beside and over each other
	CodeStyle      problem.Code = "mail-style"        // other properties and values
	CodeBackground problem.Code = "mail-background"   // pictures behind text
	CodePicture    problem.Code = "mail-picture"      // a picture without width, height or alt
	CodePictureAs  problem.Code = "mail-picture-type" // a picture that is not shown
	CodeAddress    problem.Code = "mail-address"      // an address that leads nowhere from a mail
	CodeLongStyle  problem.Code = "mail-style-long"   // a style element that is too long
)

// StyleBytes is the most of a style element that Gmail reads: a longer one it
// takes out whole.
const StyleBytes = 8192

// Finding is something that a mail program does not show.
type Finding struct {
	Code problem.Code
	// Offset is where, in bytes of the source.
	Offset int
	// What is the piece as it is written: "<script>", "position: fixed".
	What string
	// Where names mail programs that do not show it: "Gmail, Outlook (Windows)".
	Where string
}

// Names of mail programs, the same in all languages.
const (
	everywhere = "Gmail, Outlook, Yahoo, Apple Mail"
	most       = "Gmail, Outlook, Yahoo"
	gmail      = "Gmail"
	windows    = "Outlook (Windows)"
)

// Blank takes the actions out of a template: each byte of one becomes a space,
// so that offsets and lines stay what they are.
func Blank(template string) string {
	return regexp.MustCompile("(?s)\\{\\{(?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|/\\*.*?\\*/|[^\"`])*?\\}\\}").ReplaceAllStringFunc(template, func(action string) string {
		return strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, strings.ToValidUTF8(asASCII(action), " "))
	})
}

// asASCII puts as many spaces in place of a character as it has bytes.
func asASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 0x80 {
			b[i] = ' '
		}
	}
	return string(b)
}
