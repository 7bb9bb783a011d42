package content

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/google/uuid"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Codes of the problems that reading finds.
const (
	CodeFrontMatter   problem.Code = "front-matter"
	CodeNoFrontMatter problem.Code = "no-front-matter"
	CodeNoTitle       problem.Code = "no-title"
	CodeUnreadable    problem.Code = "unreadable"
	CodeUnknownStage  problem.Code = "unknown-stage"
)

// Defaults are what a post has where it says nothing.
type Defaults struct {
	Zone civil.Zone
	Lang string
}

// Read reads one post from the bytes of its file. It always returns a post,
// with what could be read and the problems found.
func Read(name string, src []byte, d Defaults) *Post {
	p := &Post{Path: name, Lang: d.Lang, Stage: Draft, Priority: 3, BodyLine: 1, Body: src}
	p.ID, p.IDDerived = deriveID(name), true
	p.Slug = strings.TrimSuffix(path.Base(name), path.Ext(name))

	front, body, ok := bytes.Cut(bytes.TrimPrefix(src, []byte("+++\n")), []byte("\n+++\n"))
	if !ok || !bytes.HasPrefix(src, []byte("+++\n")) {
		p.problem(CodeNoFrontMatter, 1, 1, nil, nil)
		return p
	}
	p.Body, p.BodyLine = body, 3+bytes.Count(front, []byte("\n"))+1

	var f struct {
		ID, Title, Slug, Lang string
		Stage                 Stage
		Date                  toml.Primitive
		Platforms             []string
		Priority              int
	}
	md, err := toml.Decode(string(front), &f)
	if err != nil {
		var pe toml.ParseError
		line, col := 0, 0
		if errors.As(err, &pe) {
			line, col = pe.Position.Line+1, pe.Position.Col
		}
		p.problem(CodeFrontMatter, line, col, problem.Params{"detail": err.Error()}, err)
		return p
	}
	p.Title, p.Platforms = f.Title, f.Platforms
	p.Slug, p.Lang = cmp.Or(f.Slug, p.Slug), cmp.Or(f.Lang, p.Lang)
	p.Stage, p.Priority = cmp.Or(f.Stage, p.Stage), cmp.Or(f.Priority, p.Priority)
	if f.ID != "" {
		p.ID, p.IDDerived = f.ID, false
	}
	if md.IsDefined("date") {
		var s string
		if err := md.PrimitiveDecode(f.Date, &s); err == nil {
			p.Date, _ = d.Zone.ParseMoment(s)
		}
	}
	if p.Title == "" {
		p.problem(CodeNoTitle, 1, 1, nil, nil)
	}
	if !slices.Contains(Stages(), p.Stage) {
		var known []string
		for _, s := range Stages() {
			known = append(known, string(s))
		}
		p.problem(CodeUnknownStage, 1, 1, problem.Params{"value": string(p.Stage), "known": strings.Join(known, ", ")}, nil)
	}
	return p
}

// deriveID returns the id of a post that has none of its own: a UUID that
// depends on the path alone.
func deriveID(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:post:"+name)).String()
}

func (p *Post) problem(code problem.Code, line, col int, params problem.Params, cause error) {
	p.Problems = append(p.Problems, problem.Problem{
		Position: problem.Position{File: p.Path, Line: line, Col: col},
		Code:     code, Params: params, Cause: cause,
	})
}
