package content

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Sizes in bytes beyond which nothing is read.
const (
	MaxFile        = 8 << 20
	MaxFrontMatter = 64 << 10
)

// MaxValues is how many tags, authors or platforms a post may name. Each tag has
// pages and feeds of its own, which name all the others.
const MaxValues = 100

// Defaults are what a post has where it says nothing.
type Defaults struct {
	Zone civil.Zone
	Lang string
	// Priority is 1 to 5; 0 means 3.
	Priority int
	// Stages are further names of stages, in lower case, such as those of the
	// team's own language.
	Stages map[string]Stage
	// Dialect is what the office's files have of their own; nil: nothing.
	Dialect *Dialect
}

// Read reads one post from the bytes of its file. It always returns a post,
// with what could be read and all the problems found.
func Read(name string, src []byte, d Defaults) *Post {
	place := d.Place(name)
	p := blankPost(name, place, d)
	if h := p.behead(src); h.legible {
		h.fill(p, place, d)
	}
	p.deriveID()
	problem.Sort(p.Problems)
	return p
}

// Head is all of a post's file that a [Post] is made of: its front matter, and
// what must be known of the text below it. It is worth keeping, the text need
// not be read again.
type Head struct {
	// Sum is the SHA-256 of the file.
	Sum [sha256.Size]byte
	// Syntax is the language of the front matter, Front the document as it
	// stands in the file, from the line Line on.
	Syntax Format
	Front  string
	Line   int
	// BodyAt is the byte at which the text begins, BodyLine its line; Blank
	// reports a text of nothing.
	BodyAt, BodyLine int
	Blank            bool
	// Heading is the heading with which the text begins, as it is written, if
	// it does: the title of a post that has no other, whose text begins at
	// Below and BelowLine then.
	Heading          string
	Below, BelowLine int

	// legible reports front matter that can be read.
	legible bool
}

// Post makes the post of a head that [Post.Head] gave.
func (h Head) Post(name string, d Defaults) *Post {
	place := d.Place(name)
	p := blankPost(name, place, d)
	h.fill(p, place, d)
	p.deriveID()
	p.whole = true
	problem.Sort(p.Problems)
	return p
}

// Copy returns a post of its own, as long as nobody writes into what both
// have: what a load finds out by comparing posts does not come to the other.
func (p *Post) Copy() *Post {
	q := *p
	q.Problems, q.Aliases = slices.Clone(p.Problems), slices.Clone(p.Aliases)
	return &q
}

// behead finds the head of a file, and the problems of its text.
func (p *Post) behead(src []byte) Head {
	h := Head{Sum: sha256.Sum256(src)}
	p.Sum = h.Sum
	f, code := split(src)
	if p.checkConflicts(src, f, code) {
		// The rest would be reported as two texts in one, line by line.
		p.Syntax = f.format
		return h
	}
	switch {
	case code == CodeUTF16:
		p.problem(problem.Position{File: p.Path}, code, nil)
		return h
	case code == CodeUnclosedFrontMatter:
		p.Syntax = f.format
		p.problem(p.start(), code, problem.Params{"fence": f.fence()})
		return h
	case code == CodeForeignFrontMatter:
		line, _, _ := cutLine(src, 0)
		p.problem(p.start(), code, problem.Params{"fence": shorten(strings.TrimSpace(string(line)))})
		return h
	case code != "":
		p.checkBody(src)
		p.problem(p.start(), code, problem.Params{"brace": "{"})
		return h
	}
	p.Syntax, p.BodyAt = f.format, f.body
	p.BodyLine = 1 + countLines(src[:f.body])
	p.checkBody(src[f.body:])
	if f.end-f.start > MaxFrontMatter {
		p.problem(p.start(), CodeFrontMatterTooLarge, problem.Params{"max": strconv.Itoa(MaxFrontMatter)})
		return h
	}
	h.Syntax, h.Front, h.Line, h.legible = f.format, string(src[f.start:f.end]), f.line, true
	h.BodyAt, h.BodyLine, h.Blank = p.BodyAt, p.BodyLine, len(bytes.TrimSpace(src[f.body:])) == 0
	if title, end := headingOf(src[f.body:]); title != "" {
		h.Heading, h.Below, h.BelowLine = title, f.body+end, h.BodyLine+countLines(src[f.body:f.body+end])
	}
	p.whole = len(p.Problems) == 0
	return h
}

// fill reads the front matter.
func (h Head) fill(p *Post, place Place, d Defaults) {
	p.Sum, p.Syntax, p.BodyAt, p.BodyLine, p.Blank = h.Sum, h.Syntax, h.BodyAt, h.BodyLine, h.Blank
	p.head, p.headLine = h.Front, int32(h.Line)
	if h.Heading != "" {
		p.heading = &heading{h.Heading, h.Below, h.BelowLine, h.BodyAt, h.BodyLine}
	}
	root, problems := parse(h.Syntax, p.Path, h.Front, h.Line)
	p.Problems = append(p.Problems, problems...)
	r := &reader{p: p, d: d, place: place, whole: len(problems) == 0}
	r.read(root)
}

// Head returns the head of a post, and false for one of whose text there was
// something to say: what is said of it stands in no head.
func (p *Post) Head() (Head, bool) {
	h := Head{
		Sum: p.Sum, Syntax: p.Syntax, Front: p.head, Line: int(p.headLine), BodyAt: p.BodyAt, BodyLine: p.BodyLine, Blank: p.Blank, legible: true,
	}
	if p.heading != nil {
		h.Heading, h.Below, h.BelowLine = p.heading.text, p.heading.below, p.heading.belowLine
		h.BodyAt, h.BodyLine = p.heading.at, p.heading.line
	}
	return h, p.whole
}

// Front returns the front matter with places, read anew: thousands of them are
// more than their files.
func (p *Post) Front() value.Value {
	if p.Syntax == "" {
		return value.Value{}
	}
	root, _ := parse(p.Syntax, p.Path, p.head, int(p.headLine))
	return root
}

// Body returns the Markdown after the front matter, of the bytes of the post's
// file.
func (p *Post) Body(src []byte) []byte { return src[min(p.BodyAt, len(src)):] }

// newPost is a post of which only the name of its file is known.
func newPost(name string, place Place, d Defaults) *Post {
	p := blankPost(name, place, d)
	p.deriveID()
	return p
}

// blankPost is a [newPost] without an id.
func blankPost(name string, place Place, d Defaults) *Post {
	p := &Post{
		Path: name, Dialect: d.Dialect,
		Slug: deriveSlug(place.Stem), Lang: place.Lang, Stage: Draft, Priority: cmp.Or(d.Priority, 3), BodyLine: 1,
	}
	if p.Lang == "" {
		p.Lang = d.Lang
	}
	if !goodSlug(p.Slug) {
		p.Slug = "post-" + deriveID(name)[:8]
	}
	return p
}

// deriveID gives a post that has no id one.
func (p *Post) deriveID() {
	if p.ID == "" {
		p.ID, p.IDDerived = deriveID(p.Path), true
	}
}

// deriveID returns the id of a post that has none of its own: a UUID that
// depends on the path alone.
func deriveID(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:post:"+name)).String()
}

func (p *Post) checkBody(body []byte) {
	if line, col, b := firstInvalid(body, p.BodyLine); line > 0 {
		p.problem(problem.Position{File: p.Path, Line: line, Col: col}, value.CodeUTF8, problem.Params{"byte": b})
	}
}

func (p *Post) start() problem.Position { return problem.Position{File: p.Path, Line: 1, Col: 1} }

func (p *Post) problem(at problem.Position, code problem.Code, params problem.Params) {
	p.Problems = append(p.Problems, problem.Problem{Position: at, Code: code, Params: params})
}

func (p *Post) warning(at problem.Position, code problem.Code, params problem.Params) {
	p.Problems = append(p.Problems, problem.Problem{Position: at, Code: code, Severity: problem.Warning, Params: params})
}

func countLines(src []byte) int { return bytes.Count(src, []byte("\n")) }
