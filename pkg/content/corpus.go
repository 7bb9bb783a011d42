package content

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
)

// Corpus is what a folder holds, in the order of the paths.
type Corpus struct {
	Posts []*Post
	// Assets are the files that are no posts: pictures and whatever else lies
	// beside them.
	Assets []Asset
	// Found are the problems of files that are no posts.
	Found []problem.Problem
}

// Asset is a file that posts may show or link to.
type Asset struct {
	Path string // inside the corpus, with forward slashes
	Size int64  // in bytes
	Info fs.FileInfo
}

// Problems returns all problems, sorted.
func (c *Corpus) Problems() []problem.Problem {
	all := slices.Clone(c.Found)
	for _, p := range c.Posts {
		all = append(all, p.Problems...)
	}
	problem.Sort(all)
	return all
}

// Asset returns the file that a post means by an address such as "photo.jpg"
// (beside the post) or "/images/photo.jpg" (from the top of the corpus). It
// reports false for one that is not there.
func (c *Corpus) Asset(p *Post, address string) (Asset, bool) {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	name := strings.TrimPrefix(address, "/")
	if name == address {
		name = path.Join(path.Dir(p.Path), address)
	}
	i, ok := slices.BinarySearchFunc(c.Assets, path.Clean(name), func(a Asset, name string) int { return cmp.Compare(a.Path, name) })
	if !ok {
		return Asset{}, false
	}
	return c.Assets[i], true
}

// compare finds what is wrong between posts. Each of those concerned has the
// problem, naming the first of the others: which of them is right, only a
// person can say. A post that could not be read whole accuses no other.
func (c *Corpus) compare(d Defaults) {
	slices.SortFunc(c.Assets, func(a, b Asset) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortFunc(c.Posts, func(a, b *Post) int { return cmp.Compare(a.Path, b.Path) })
	c.pair(d)
	c.aliases(d.Lang)
	var sound []*Post
	for _, p := range c.Posts {
		if !p.HasErrors() {
			sound = append(sound, p)
		}
	}
	clash(sound, "id", CodeSameID, func(p *Post) (string, string) { return p.ID, strings.ToLower(p.ID) })
	clash(sound, "part", CodeSamePart, func(p *Post) (string, string) {
		if p.Series == "" || p.Part == 0 {
			return "", ""
		}
		n := strconv.Itoa(p.Part)
		return n, p.Lang + "\x00" + p.Series + "\x00" + n
	})
	clash(sound, "translation", CodeSameTranslation, func(p *Post) (string, string) {
		if p.Translation == "" {
			return "", ""
		}
		return p.Lang, p.Lang + "\x00" + p.Translation
	})
	clash(sound, "edition", CodeSameEdition, func(p *Post) (string, string) {
		if p.Edition.IsZero() {
			return "", ""
		}
		return p.Edition.String(), p.Lang + "\x00" + p.Audience + "\x00" + p.Edition.String()
	})
	for _, p := range c.Posts {
		if src := p.Image.Src; src != "" && !strings.Contains(src, ":") && !strings.HasPrefix(src, "//") {
			if _, ok := c.Asset(p, src); !ok {
				p.warning(p.At("image", "src"), CodeNoImage, problem.Params{"value": shorten(src)})
			}
		}
	}
	for _, p := range c.Posts {
		problem.Sort(p.Problems)
	}
}

// clash reports posts with the same key; shown is what the message says of
// it, and "" stands for none.
func clash(posts []*Post, field string, code problem.Code, of func(*Post) (shown, key string)) {
	var first map[string]*Post // most offices have no series, few editions
	told := map[*Post]bool{}
	for _, p := range posts {
		shown, key := of(p)
		if key == "" {
			continue
		}
		if first == nil {
			first = make(map[string]*Post, len(posts))
		}
		other, ok := first[key]
		if !ok {
			first[key] = p
			continue
		}
		p.problem(p.At(field), code, problem.Params{"value": shown, "other": other.Path})
		if !told[other] {
			told[other] = true
			other.problem(other.At(field), code, problem.Params{"value": shown, "other": p.Path})
		}
	}
}
