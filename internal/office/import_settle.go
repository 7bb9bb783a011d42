package office

import (
	"context"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/importer"
	"editorial/pkg/problem"
	"editorial/pkg/publish/feed"
)

// Codes of what an import finds in the office.
const (
	// CodeImportTaken: a file of the name is there, and is not the post.
	CodeImportTaken problem.Code = "import-taken"
	// CodeImportFront: the front matter is written so that no field can be
	// added to it.
	CodeImportFront problem.Code = "import-front-matter"
	// CodeImportSame: another post has the address that this one had, and was
	// taken for it.
	CodeImportSame problem.Code = "import-same"
	// CodeImportOther: another post of the office has the address that this one
	// had, and another text: this one stays behind.
	CodeImportOther problem.Code = "import-other"
	// CodeImportSlug: the address was taken, and the slug is another now.
	CodeImportSlug problem.Code = "import-slug"
	// CodeImportAddress: an old address with a query leads nowhere any more.
	CodeImportAddress problem.Code = "import-address"
)

// settler gives imported posts their place in an office.
type settler struct {
	o      *Office
	dry    bool
	at     func(problem.Position) problem.Position
	parser *markdown.Parser
	links  *regexp.Regexp // to files of posts
	out    *folder

	// ids and guids are those that the office had before: posts of one batch are
	// never taken for each other. taken are the ids of both.
	ids, guids   map[string]*content.Post
	taken, pairs map[string]bool
	// moved are the paths of posts of the batch that lie elsewhere here.
	moved map[string]string
	// here are the posts that the office had before, by their paths.
	here map[string]*content.Post
	// keys counts what identifies the posts of the batch.
	keys map[string]int
	// addresses are those of posts and their aliases, with the post that has it.
	addresses map[string]string
	// names are the files below content/, folded.
	names map[string]bool
	// grouped are the warnings that are told once, in done.Problems, and how
	// often there was reason for each.
	grouped map[problem.Code]*grouped
}

// grouped is a warning that is told once.
type grouped struct{ at, n int }

func newSettler(o *Office, dry bool) *settler {
	s := &settler{
		o: o, dry: dry, parser: markdown.New(), links: regexp.MustCompile(`\]\(/[^()\s#"<>]+\.(?:md|markdown)`),
		ids: map[string]*content.Post{}, guids: map[string]*content.Post{}, moved: map[string]string{}, addresses: map[string]string{}, pairs: map[string]bool{}, names: map[string]bool{},
		taken: map[string]bool{}, here: map[string]*content.Post{}, keys: map[string]int{}, grouped: map[problem.Code]*grouped{},
	}
	for _, p := range o.Corpus.Posts {
		s.take(p)
		s.ids[strings.ToLower(p.ID)], s.guids[feed.ItemID(p)] = p, p
		s.here[p.Path] = p
	}
	for _, a := range o.Corpus.Assets {
		s.names[folded(a.Path)] = true
	}
	return s
}

// take notes what no other post may have any more. An address stays with the
// first that has it.
func (s *settler) take(p *content.Post) {
	s.names[folded(p.Path)] = true
	s.taken[strings.ToLower(p.ID)] = true
	s.claim(s.o.permalink(p, s.o.day(p)), p)
	for _, alias := range p.Aliases {
		s.claim(addressKey(alias), p)
	}
	if p.Translation != "" {
		s.pairs[p.Lang+"\x00"+p.Translation] = true
	}
}

func (s *settler) claim(address string, p *content.Post) {
	if key := folded(address); s.addresses[key] == "" {
		s.addresses[key] = p.Path
	}
}

// settle writes the posts of a batch, or says what it would write.
func (s *settler) settle(ctx context.Context, batch importer.Batch, fsys fs.FS, done *Imported) error {
	if !s.dry {
		f, err := openFolder(s.o.Dir, publicFile, publicDir)
		if err != nil {
			return err
		}
		defer f.close()
		f.sync = true
		s.out = f
	}
	bodies, closeBodies, err := s.o.openBodies()
	if err != nil {
		return err
	}
	defer closeBodies()
	made, posts, order := make([]*ImportedPost, len(batch.Posts)), slices.Clone(batch.Posts), s.order(batch.Posts)
	for _, i := range order {
		posts[i] = s.distinct(posts[i], done)
		s.move(posts[i])
	}
	for _, i := range order {
		if err = ctx.Err(); err != nil {
			break
		}
		if made[i], err = s.one(posts[i], bodies, fsys, done); err != nil {
			break
		}
	}
	for _, m := range made {
		if m != nil {
			done.Posts = append(done.Posts, *m)
		}
	}
	for _, g := range s.grouped {
		done.Problems[g.at].Params["n"] = strconv.Itoa(g.n)
	}
	return err
}

// order says which post is settled first: one in the main language before those
// in others, so that no translation takes its address.
func (s *settler) order(posts []importer.Post) []int {
	var main, others []int
	for i, p := range posts {
		if content.Read(p.Path, p.Source, s.o.defaults()).Lang == s.o.Config.Site.Lang {
			main = append(main, i)
		} else {
			others = append(others, i)
		}
	}
	return append(main, others...)
}

// distinct gives a post that the source identifies as another of the same batch
// an identity of its own.
func (s *settler) distinct(p importer.Post, done *Imported) importer.Post {
	id := s.idOf(p)
	if s.keys[id]++; s.keys[id] > 1 {
		p.Key, p.GUID = p.Key+"#"+strconv.Itoa(s.keys[id]), ""
		s.group(done, p.At, importer.CodeSameGUID, nil)
	}
	return p
}

// one writes a post, or says what it would write; nil if none came of it.
func (s *settler) one(p importer.Post, bodies *bodies, fsys fs.FS, done *Imported) (*ImportedPost, error) {
	if s.known(p) != nil {
		done.Known++
		return nil, nil
	}
	if other := s.sameAddress(p); other != nil {
		params := problem.Params{"value": s.below(p.Address), "other": ContentDir + "/" + other.Path}
		text, err := bodies.source(other)
		if err != nil {
			return nil, err
		}
		if own := content.Read(p.Path, p.Source, s.o.defaults()); !sameText(own.Body(p.Source), other.Body(text)) {
			s.find(done, p.At, problem.Error, CodeImportOther, params)
			return nil, nil
		}
		done.Known++
		s.group(done, p.At, CodeImportSame, params)
		return nil, nil
	}
	p.Source = s.follow(p.Source)
	post, src, alias, ok := s.place(p, done)
	if !ok {
		return nil, nil
	}
	written, err := s.write(p, post, src, fsys, done)
	if err != nil || !written {
		return nil, err
	}
	s.take(post)
	return &ImportedPost{
		Path: ContentDir + "/" + post.Path, ID: post.ID, GUID: feed.ItemID(post), Title: post.Title, Slug: post.Slug, Stage: post.Stage,
		Alias: alias, From: s.at(p.At),
	}, nil
}

// group tells a warning once, at the first place that gives reason for it.
func (s *settler) group(done *Imported, at problem.Position, code problem.Code, params problem.Params) {
	g := s.grouped[code]
	if g == nil {
		if params == nil {
			params = problem.Params{}
		}
		g = &grouped{at: len(done.Problems)}
		s.grouped[code] = g
		s.find(done, at, problem.Warning, code, params)
	}
	g.n++
}

func (s *settler) find(done *Imported, at problem.Position, severity problem.Severity, code problem.Code, params problem.Params) {
	done.Problems = append(done.Problems, problem.Problem{Position: s.at(at), Code: code, Severity: severity, Params: params})
}
