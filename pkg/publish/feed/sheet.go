package feed

import (
	"bytes"
	_ "embed" // the style sheet
	"fmt"
	"strings"

	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// sheetSource is the style sheet without its words, which stand there as
// comments.
//
//go:embed feed.css
var sheetSource []byte

// sheetLang is the language of the words that a feed of some language is
// shown with.
func sheetLang(tag string) words.Lang {
	if lang, ok := words.Parse(tag); ok {
		return lang
	}
	return words.English
}

// sheetName is the path below the site's address of the style sheet with the
// words of a language.
func sheetName(lang words.Lang) string { return "feed-" + string(lang) + ".css" }

// sheets returns the style sheets that feeds name.
func (f *Feeds) sheets(s publish.Site, specs []feedSpec) []publish.File {
	var files []publish.File
	for _, lang := range words.Langs() {
		for _, spec := range specs {
			if spec.format != JSON && sheetLang(langOf(s, spec)) == lang {
				files = append(files, publish.File{Path: sheetName(lang), Data: f.sheet(lang)})
				break
			}
		}
	}
	return files
}

func (f *Feeds) sheet(lang words.Lang) []byte {
	say := func(keys ...string) string {
		var all []string
		for _, key := range keys {
			all = append(all, f.words[lang].Say("feed."+key, nil))
		}
		return cssString(strings.Join(all, " "))
	}
	data := sheetSource
	for mark, text := range map[string]string{
		"/* what, how */": say("what", "how"), "/* home */": say("home"), "/* none */": say("none"),
	} {
		data = bytes.Replace(data, []byte(mark), []byte(text), 1)
	}
	return data
}

// cssString is text as a string of CSS.
func cssString(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		if r < ' ' || r == '"' || r == '\\' {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
