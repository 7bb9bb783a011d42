package office

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"editorial/internal/config"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// ArchetypeDir holds the office's own beginnings of posts: FORMAT.md for one
// format, default.md for the others.
const ArchetypeDir = "archetypes"

// Wish is what a new post is to be. Only the title must be there.
type Wish struct {
	Title, Lang, Format, Pillar, Series, Assignee string
	Platforms                                     []string
}

// Fresh is a new post.
type Fresh struct {
	Path, Slug, ID string
	// Archetype is the file that it began from, "" for the program's own.
	Archetype string
	// Passed is an archetype that is a template of Hugo and was not used.
	Passed string
}

// ErrNoTitle is returned by [Office.NewPost] for a title without a character
// that can be seen.
var ErrNoTitle = errors.New("no title")

// TakenError is returned by [Office.NewPost] when a post or file has the name
// already.
type TakenError struct{ Path string }

func (e TakenError) Error() string { return e.Path + " is there already" }

// ArchetypeError is returned by [Office.NewPost] when posts that begin with an
// archetype have errors.
type ArchetypeError struct{ Problems []problem.Problem }

func (e ArchetypeError) Error() string { return e.Problems[0].Error() }

// Unwrap returns the first problem.
func (e ArchetypeError) Unwrap() error { return e.Problems[0] }

// NewPost writes a post that is an idea: the office's archetype, or else the
// given beginning, with what the wish says set. It never overwrites.
func (o *Office) NewPost(w Wish, begin []byte) (Fresh, error) {
	var n Fresh
	w.Title = cleanTitle(w.Title)
	if w.Title == "" {
		return n, ErrNoTitle
	}
	if w.Lang == "" {
		w.Lang = o.Config.Site.Lang
	}
	name, taken := "", ""
	if n.Slug = content.NameFor(w.Title); n.Slug != "" {
		name, taken = o.fileFor(n.Slug, w.Lang)
	} else {
		// A title in another script gets the day for a name, counted on.
		day := "post-" + o.Zone.Date(o.Now).String()
		n.Slug = day
		for i := 2; ; i++ {
			if name, taken = o.fileFor(n.Slug, w.Lang); taken == "" {
				break
			}
			n.Slug = day + "-" + strconv.Itoa(i)
		}
	}
	if taken != "" {
		return n, TakenError{ContentDir + "/" + taken}
	}
	n.Path = ContentDir + "/" + name
	f, err := openFolder(o.Dir, publicFile, publicDir)
	if err != nil {
		return n, err
	}
	defer f.close()
	f.sync = true
	if src, from, err := archetype(f.root.FS(), w.Format); err != nil {
		return n, err
	} else if bytes.Contains(src, []byte("{{")) {
		n.Passed = from
	} else if src != nil {
		n.Archetype, begin = from, src
	}
	src, err := o.compose(begin, w, name)
	if err != nil {
		// What cannot be set stands in no front matter that can be read.
		if ps := o.unreadable(n.Archetype, begin); len(ps) > 0 {
			return n, ArchetypeError{ps}
		}
		return n, fmt.Errorf("%s: %w", n.Archetype, err)
	}
	post := content.Read(name, src, content.Defaults{Zone: o.Zone, Lang: o.Config.Site.Lang})
	if post.HasErrors() {
		for i := range post.Problems {
			post.Problems[i].File = n.Archetype
		}
		return n, ArchetypeError{post.Problems}
	}
	n.ID = post.ID
	created, err := f.create(n.Path, src)
	if err == nil && !created {
		err = TakenError{n.Path}
	}
	return n, err
}

// fileFor returns the name of the file of a new post, and the path of one that
// has its name or its slug already, or "".
func (o *Office) fileFor(slug, lang string) (name, taken string) {
	name = slug + ".md"
	if lang != o.Config.Site.Lang {
		name = slug + "." + lang + ".md"
	}
	for _, p := range o.Corpus.Posts {
		if strings.EqualFold(p.Path, name) || p.Lang == lang && strings.EqualFold(p.Slug, slug) {
			return name, p.Path
		}
	}
	return name, ""
}

// archetype returns the beginning that the office has for a format.
func archetype(fsys fs.FS, format string) (src []byte, name string, err error) {
	for _, stem := range []string{format, "default"} {
		if stem == "" {
			continue
		}
		name := path.Join(ArchetypeDir, stem+".md")
		src, err := config.ReadRegular(fsys, name, content.MaxFrontMatter)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return src, name, err
	}
	return nil, "", nil
}

// unreadable returns why nothing can be set in a beginning: its front matter is
// not there, or breaks off. What it lacks else, the wish would have given it.
func (o *Office) unreadable(file string, src []byte) []problem.Problem {
	read := content.Read(file, src, content.Defaults{Zone: o.Zone, Lang: o.Config.Site.Lang})
	return slices.DeleteFunc(read.Problems, func(p problem.Problem) bool {
		return p.Severity != problem.Error || p.Code == content.CodeNoTitle
	})
}

// compose sets what the wish says. The id depends on the site, the path and
// the instant, so that it is new wherever and whenever one like it is made.
func (o *Office) compose(src []byte, w Wish, name string) ([]byte, error) {
	id := uuid.NewSHA1(uuid.NameSpaceURL, []byte(o.Config.Site.URL+"#"+name+"@"+o.Now.UTC().Format(time.RFC3339Nano))).String()
	read := content.Read(name, src, content.Defaults{Zone: o.Zone, Lang: o.Config.Site.Lang})
	set := func(field string, s content.Setting) (err error) {
		src, err = content.Set(src, []string{field}, s)
		return err
	}
	errs := []error{set("id", content.Text(id)), set("title", content.Text(w.Title))}
	if !hasKey(read, "stage") && !hasKey(read, "draft") {
		errs = append(errs, set("stage", content.Text(string(content.Idea))))
	}
	for _, x := range []struct{ field, value string }{
		{"format", w.Format}, {"pillar", w.Pillar}, {"assignee", w.Assignee}, {"series", w.Series},
	} {
		if x.value != "" {
			errs = append(errs, set(x.field, content.Text(x.value)))
		}
	}
	if w.Series != "" {
		errs = append(errs, set("part", content.Number(o.nextPart(w.Series, w.Lang))))
	}
	if len(w.Platforms) > 0 {
		errs = append(errs, set("platforms", content.Texts(w.Platforms...)))
	}
	return src, errors.Join(errs...)
}

func hasKey(p *content.Post, name string) bool {
	for _, m := range p.Front().Map {
		if strings.EqualFold(m.Key, name) {
			return true
		}
	}
	return false
}

// nextPart is one more than the last part of a series.
func (o *Office) nextPart(series, lang string) int {
	last := 0
	for _, p := range o.Corpus.Posts {
		if p.Series == series && p.Lang == lang {
			last = max(last, p.Part)
		}
	}
	return last + 1
}

// cleanTitle makes one line of a title, without what cannot be seen.
func cleanTitle(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c, r == 0xfeff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}
