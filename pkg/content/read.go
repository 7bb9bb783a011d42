package content

import (
	"cmp"
	"strconv"

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
}

// Read reads one post from the bytes of its file, which must not change
// afterwards. It always returns a post, with what could be read and all the
// problems found.
func Read(name string, src []byte, d Defaults) *Post {
	file := readName(name)
	p := newPost(name, file, d)
	p.Source, p.Body = src, src
	f, code := split(src)
	if p.checkConflicts(f, code) {
		// The rest would be reported as two texts in one, line by line.
		p.Syntax = f.format
		return p
	}
	switch {
	case code == CodeUTF16:
		p.problem(problem.Position{File: name}, code, nil)
		return p
	case code == CodeUnclosedFrontMatter:
		p.Syntax = f.format
		p.problem(p.start(), code, problem.Params{"fence": f.fence()})
		return p
	case code != "":
		p.checkBody(src)
		p.problem(p.start(), code, problem.Params{"brace": "{"})
		return p
	}
	p.Syntax, p.Body = f.format, src[f.body:]
	p.BodyLine = 1 + countLines(src[:f.body])
	p.checkBody(p.Body)
	if f.end-f.start > MaxFrontMatter {
		p.problem(p.start(), CodeFrontMatterTooLarge, problem.Params{"max": strconv.Itoa(MaxFrontMatter)})
		return p
	}
	root, problems := f.parse(name, src)
	p.Front = root
	p.Problems = append(p.Problems, problems...)
	r := &reader{p: p, d: d, file: file, whole: len(problems) == 0}
	r.read(root)
	problem.Sort(p.Problems)
	return p
}

// newPost is a post of which only the name of its file is known.
func newPost(name string, file fileName, d Defaults) *Post {
	p := &Post{
		Path: name, ID: deriveID(name), IDDerived: true,
		Slug: deriveSlug(file.stem), Lang: file.lang, Stage: Draft, Priority: cmp.Or(d.Priority, 3), BodyLine: 1,
	}
	if p.Lang == "" {
		p.Lang = d.Lang
	}
	if !goodSlug(p.Slug) {
		p.Slug = "post-" + p.ID[:8]
	}
	return p
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

func countLines(src []byte) int {
	n := 0
	for _, c := range src {
		if c == '\n' {
			n++
		}
	}
	return n
}
