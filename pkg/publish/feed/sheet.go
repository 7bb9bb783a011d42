package feed

import (
	"bytes"
	_ "embed" // the style sheet
	"encoding/xml"

	"editorial/pkg/words"
)

// sheetName is the style sheet's path below the site's address.
const sheetName = "feed.xsl"

// sheetSource is the style sheet without its words.
//
//go:embed feed.xsl
var sheetSource []byte

// sheetMark is where the words go: one variable a sentence and language.
const sheetMark = "<!-- words -->"

type variable struct {
	XMLName xml.Name `xml:"xsl:variable"`
	Name    string   `xml:"name,attr"`
	Text    string   `xml:",chardata"`
}

// sheet is the style sheet with its words in every language; which are shown
// the sheet finds in the feed.
func (f *Feeds) sheet() ([]byte, error) {
	var b bytes.Buffer
	enc := xml.NewEncoder(&b)
	enc.Indent(" ", " ")
	for _, lang := range words.Langs() {
		for _, key := range []string{"what", "how", "home", "newest", "none"} {
			v := variable{Name: key + "-" + string(lang), Text: f.words[lang].Say("feed."+key, nil)}
			if err := enc.Encode(v); err != nil {
				return nil, err
			}
		}
	}
	return bytes.Replace(sheetSource, []byte(sheetMark), bytes.TrimSpace(b.Bytes()), 1), nil
}
