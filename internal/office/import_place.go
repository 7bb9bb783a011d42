package office

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/importer"
	"editorial/pkg/problem"
	"editorial/pkg/publish/feed"
)

// place gives a post its name, id, guid, platforms, address and aliases. What
// keeps it from being a post here is told as errors.
func (s *settler) place(p importer.Post, done *Imported) (post *content.Post, src []byte, alias string, ok bool) {
	name, free := s.name(p)
	if !free {
		s.find(done, p.At, problem.Error, CodeImportTaken, problem.Params{"path": ContentDir + "/" + p.Path})
		return nil, nil, "", false
	}
	e := &rewriter{src: p.Source, name: name, o: s.o}
	e.read()
	if !e.post.IDDerived && s.taken[strings.ToLower(e.post.ID)] {
		s.group(done, p.At, importer.CodeSameGUID, nil) // as another of the batch
		e.set("id", content.Text(s.idOf(p)))
	} else if e.post.IDDerived {
		e.set("id", content.Text(s.idOf(p)))
	}
	if p.GUID != "" && e.post.GUID() == "" && feed.ItemID(e.post) != p.GUID {
		e.set(content.KeyGUID, content.Text(p.GUID))
	}
	s.platforms(e)
	if t := e.post.Translation; t != "" && s.pairs[e.post.Lang+"\x00"+t] {
		e.set("translation", content.Text(""))
	}
	s.address(e, p, done)
	alias = s.alias(e, p, done)
	if e.err == nil {
		s.o.refer(e.post, s.o.referable())
		content.CheckGUIDs([]*content.Post{e.post})
		if _, err := s.parser.Parse(e.post.Body(e.src), e.post.Lang); err != nil {
			e.post.Problems = append(e.post.Problems, bodyProblem(e.post, err))
		}
	} else {
		e.post.Problems = append(e.post.Problems, problem.Problem{Code: CodeImportFront, Cause: e.err})
	}
	if len(e.src) > content.MaxFile {
		e.post.Problems = append(e.post.Problems, problem.Problem{Code: content.CodeFileTooLarge, Params: problem.Params{"max": strconv.Itoa(content.MaxFile)}})
	}
	for _, found := range e.post.Problems {
		if found.Severity == problem.Error {
			s.find(done, p.At, problem.Error, found.Code, found.Params)
		}
	}
	return e.post, e.src, alias, !e.post.HasErrors()
}

// name is the file of a post. One that needs files beside it has no other
// place than its own.
func (s *settler) name(p importer.Post) (name string, free bool) {
	if !s.names[folded(p.Path)] {
		return p.Path, true
	}
	if len(p.Files) > 0 || path.Base(p.Path) == "index.md" {
		return "", false
	}
	dir, base := path.Split(p.Path)
	stem, ext, _ := strings.Cut(base, ".")
	for i := 2; i < 1000; i++ {
		name := fmt.Sprintf("%s%s-%d.%s", dir, stem, i, ext)
		if !s.names[folded(name)] {
			return name, true
		}
	}
	return "", false
}

// platforms keeps a post that is out already from going out again elsewhere: it
// was on the site, and nobody said more.
func (s *settler) platforms(e *rewriter) {
	p := e.post
	if p.Date.IsZero() || p.Date.Instant.After(s.o.Now) || p.Stage != content.Ready && p.Stage != content.Published || !p.Edition.IsZero() {
		return
	}
	if blog := s.o.blog(); blog != "" {
		if p.Platforms == nil && !slices.Equal(s.o.platformsOf(p), []string{blog}) {
			e.set("platforms", content.Texts(blog))
		}
		return
	}
	if p.Stage == content.Ready {
		e.set("stage", content.Text(string(content.Published)))
	}
}

// address finds an address that no other post has.
func (s *settler) address(e *rewriter, p importer.Post, done *Imported) {
	if !e.post.Edition.IsZero() {
		return
	}
	taken := func() bool {
		key := folded(s.o.permalink(e.post, s.o.day(e.post)))
		return s.addresses[key] != "" || s.o.Config.Site.Pages && s.o.ownAddress(key)
	}
	slug := e.post.Slug
	for i := 2; taken() && i < 1000 && e.err == nil; i++ {
		e.set("slug", content.Text(slug+"-"+strconv.Itoa(i)))
	}
	if e.post.Slug != slug {
		s.group(done, p.At, CodeImportSlug, problem.Params{"value": slug, "new": e.post.Slug})
	}
}

// alias writes the old address of a post where it is another now, and no other
// post has it: the old site showed one page there.
func (s *settler) alias(e *rewriter, p importer.Post, done *Imported) string {
	old := s.below(p.Address)
	if p.Address == "" || old == "/" {
		return ""
	}
	if strings.Contains(old, "?") {
		s.group(done, p.At, CodeImportAddress, nil)
		return ""
	}
	if s.addresses[folded(addressKey(old))] != "" || old == "/"+s.o.permalink(e.post, s.o.day(e.post)) {
		return ""
	}
	all := aliasesOf(e.post)
	if !slices.Contains(all, old) {
		e.set("aliases", content.Texts(append(all, old)...))
	}
	return old
}

// aliasesOf are the old addresses that a post names.
func aliasesOf(p *content.Post) []string {
	for _, m := range p.Front().Map {
		if !strings.EqualFold(m.Key, "aliases") {
			continue
		}
		all := []string{m.Value.Str}
		for _, v := range m.Value.List {
			all = append(all, v.Str)
		}
		return slices.DeleteFunc(all, func(a string) bool { return strings.TrimSpace(a) == "" })
	}
	return nil
}

// rewriter changes the front matter of a post, field by field.
type rewriter struct {
	o    *Office
	name string
	src  []byte
	post *content.Post
	err  error // of the first field that could not be set
}

func (e *rewriter) read() { e.post = content.Read(e.name, e.src, e.o.defaults()) }

func (e *rewriter) set(field string, v content.Setting) {
	src, err := content.Set(e.src, []string{field}, v)
	if err != nil {
		if e.err == nil {
			e.err = err
		}
		return
	}
	e.src = src
	e.read()
}
