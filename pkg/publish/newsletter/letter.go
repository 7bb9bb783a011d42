package newsletter

import (
	"html/template"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

const (
	// ShortWords is the most words of a post that is shown whole.
	ShortWords = 120

	summaryRunes = 280
	introRunes   = 140
)

// medium is what the sheets of a page and of a mail do differently.
type medium struct {
	// page and asset return the address of a page and of a file of the site.
	page  func(publish.Entry) string
	asset func(publish.Target) string
	// inner reports whether links to a place in a text stay on the sheet.
	inner bool
	// width is that of the column in pixels, which no picture may pass; 0
	// leaves pictures as large as they are.
	width int
	// proof reports whether bodies are turned into what mail programs show.
	proof bool
	// shows reports whether a picture of a MIME type is seen; "" is unknown.
	shows func(mime string) bool
}

// letter is an edition, ready to be laid out.
type letter struct {
	Lang, Dir string
	Name      string // of the newsletter
	Subject   string
	Title     string
	Summary   string // what an inbox shows after the subject
	Date      date
	Number    string
	Intro     template.HTML
	IntroLang string
	Also      []note
	Sections  []section
	// Left are the posts that a mail leaves to the page of the edition.
	Left        []leftPost
	Site, Home  string
	Online      string // address of the edition's page, or ""
	Archive     string // address of the list of editions, or ""
	Unsubscribe string
	// Leave says "unsubscribe" in the other languages of the letter.
	Leave       []note
	Why, Postal string
	// TextLang is the language of the options' texts where it is not Lang.
	TextLang string

	// lead is the summary that the introduction has, for the text: the HTML
	// shows it in an inbox alone.
	lead      string
	introText string
	say       sayer
}

type date struct{ Text, ISO string }

// note is a line in a language of its own, with that language's colon.
type note struct{ Lang, Dir, Text, Colon string }

// section is the posts in one language.
type section struct {
	Lang, Dir string
	// Heading is "" where all posts are in one language.
	Heading string
	Pieces  []piece
}

// leftPost is a post that is read on the page of the edition alone.
type leftPost struct{ Title, Lang, Dir string }

// piece is one post.
type piece struct {
	Lang, Dir   string
	Title, Href string // Href is "" where the post has no page
	// Untitled pieces begin with what stands in for their title.
	Untitled    bool
	Authors     string
	Figure      *figure
	Summary     string
	HTML        template.HTML // in place of Summary
	More, About string        // the words of the link to the page, and what it is about
	Question    string
	Invite      string
	Reply       string // address to answer to, or ""

	text    string
	entry   publish.Entry
	variant content.Variant
	say     sayer
}

type figure struct {
	Src, Alt, Credit string
	Width, Height    int // 0 where unknown
}

// Say is for templates: words of the letter's language.
func (l *letter) Say(key string, params ...string) string { return l.say(key, params...) }

// Say is for templates: words of the post's language.
func (p piece) Say(key string, params ...string) string { return p.say(key, params...) }

// Level is the level of the headings of posts.
func (l *letter) Level() int {
	if len(l.Sections) > 1 {
		return 3
	}
	return 2
}

type sayer func(key string, params ...string) string

// say returns the words of a language, or of the site's where the program does
// not speak it.
func (p *press) say(s publish.Site, lang string) sayer {
	w := p.speak(s, lang)
	return func(key string, params ...string) string {
		m := problem.Params{}
		for i := 0; i+1 < len(params); i += 2 {
			m[params[i]] = params[i+1]
		}
		return w.Say("newsletter."+key, m)
	}
}

func (p *press) speak(s publish.Site, lang string) *words.Words {
	for _, tag := range []string{lang, s.Lang} {
		if l, ok := words.Parse(tag); ok {
			return p.words[l]
		}
	}
	return p.words[words.English]
}
