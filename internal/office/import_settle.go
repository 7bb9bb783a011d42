package office

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

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

// addressKey is an old address as the addresses of posts are written.
func addressKey(old string) string { return strings.Trim(old, "/") + "/" }

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

// sameText reports two texts that have the same letters and digits.
func sameText(a, b []byte) bool {
	plain := func(text []byte) []byte {
		return bytes.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, norm.NFC.Bytes(text))
	}
	return bytes.Equal(plain(a), plain(b))
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

// known is the post that the office had already, by its id or its guid, or nil.
func (s *settler) known(p importer.Post) *content.Post {
	if here := s.ids[s.idOf(p)]; here != nil {
		return here
	}
	if here := s.guids[p.GUID]; here != nil && p.GUID != "" {
		return here
	}
	if own := content.Read(p.Path, p.Source, s.o.defaults()); !own.IDDerived {
		return s.ids[strings.ToLower(own.ID)]
	}
	return nil
}

// move notes where a post lies here, if that is not where it would lie.
func (s *settler) move(p importer.Post) {
	to := p.Path
	if here := cmp.Or(s.known(p), s.sameAddress(p)); here != nil {
		to = here.Path
	} else if name, free := s.name(p); free {
		to = name
	}
	if to != p.Path {
		s.moved[p.Path] = to
	}
}

// follow lets the links of a post lead to where the others lie here.
func (s *settler) follow(src []byte) []byte {
	if len(s.moved) == 0 {
		return src
	}
	return s.links.ReplaceAllFunc(src, func(link []byte) []byte {
		name, err := url.PathUnescape(strings.TrimPrefix(string(link), "](/"))
		if to := s.moved[name]; to != "" && err == nil {
			return []byte("](/" + (&url.URL{Path: to}).EscapedPath())
		}
		return link
	})
}

// sameAddress is the post that the office had before and that has the old
// address of another in the same language, or nil.
func (s *settler) sameAddress(p importer.Post) *content.Post {
	old := s.below(p.Address)
	if p.Address == "" || old == "/" || strings.Contains(old, "?") {
		return nil
	}
	other := s.here[s.addresses[folded(addressKey(old))]]
	if other == nil || other.Lang != content.Read(p.Path, p.Source, s.o.defaults()).Lang {
		return nil
	}
	return other
}

// idOf is the id that a post gets: that of its feed where it is a UUID, else
// one made of what identifies it where it comes from.
func (s *settler) idOf(p importer.Post) string {
	if plain, ok := strings.CutPrefix(p.GUID, "urn:uuid:"); ok {
		if u, err := uuid.Parse(plain); err == nil && feed.GUID(u.String()) == p.GUID {
			return u.String()
		}
	}
	from := p.Key
	if !strings.HasPrefix(from, "file:") {
		from = cmp.Or(p.GUID, p.Key)
	}
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:import:"+from)).String()
}

// below is the path of an old address from the top of the site, with its query.
func (s *settler) below(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := cmp.Or(u.Path, "/")
	if site, err := url.Parse(s.o.Config.Site.URL); err == nil && (u.Host == "" || strings.EqualFold(u.Host, site.Host)) {
		if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(site.Path, "/")+"/"); ok {
			name = "/" + rest
		}
	}
	if u.RawQuery != "" {
		name += "?" + u.RawQuery
	}
	return name
}

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

// write writes the files of a post, then the post. A file that is there with
// other bytes stays: the post is not written then, for it would show another
// picture than it did.
func (s *settler) write(p importer.Post, post *content.Post, src []byte, fsys fs.FS, done *Imported) (bool, error) {
	for _, file := range p.Files {
		to := ContentDir + "/" + file.To
		if slices.Contains(done.Files, to) || !safeName(file.To) {
			continue
		}
		created, same, err := s.copy(fsys, file.From, to)
		if err != nil {
			return false, err
		}
		if !created && !same {
			s.find(done, p.At, problem.Error, CodeImportTaken, problem.Params{"path": to})
			return false, nil
		}
		if created {
			done.Files = append(done.Files, to)
		}
	}
	if s.dry {
		return true, nil
	}
	created, err := s.out.create(ContentDir+"/"+post.Path, src)
	if err != nil {
		return false, fmt.Errorf("write %s: %w", ContentDir+"/"+post.Path, err)
	}
	if !created {
		s.find(done, p.At, problem.Error, CodeImportTaken, problem.Params{"path": ContentDir + "/" + post.Path})
	}
	return created, nil
}

// copy copies a file of the source to where nothing is.
func (s *settler) copy(fsys fs.FS, from, to string) (created, same bool, err error) {
	in, err := fsys.Open(from)
	if err != nil {
		return false, false, err
	}
	defer in.Close()
	if s.dry {
		return !s.names[folded(strings.TrimPrefix(to, ContentDir+"/"))], true, nil
	}
	if created, err = s.out.createFrom(to, in); err != nil || created {
		return created, false, wrapWrite(to, err)
	}
	again, err := fsys.Open(from)
	if err != nil {
		return false, false, err
	}
	defer again.Close()
	dir, base, err := s.out.at(to)
	if err != nil {
		return false, false, err
	}
	defer dir.Close()
	same, err = holds(dir, base, again)
	return false, same, err
}

func wrapWrite(name string, err error) error {
	if err != nil {
		err = fmt.Errorf("write %s: %w", name, err)
	}
	return err
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
