package content

import (
	"context"
	"io/fs"
	"path"

	"editorial/pkg/problem"
)

// Corpus is every post of a folder, in the order of their paths.
type Corpus struct {
	Posts []*Post
}

// Load reads every .md file of fsys. A file that cannot be read is a post with
// a problem; the only errors are the context's and an unreadable root.
func Load(ctx context.Context, fsys fs.FS, d Defaults) (*Corpus, error) {
	c := &Corpus{}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == ".":
			return err
		case err == nil && (e.IsDir() || path.Ext(name) != ".md"):
			return nil
		}
		var src []byte
		if err == nil {
			src, err = fs.ReadFile(fsys, name)
		}
		if err != nil {
			p := &Post{Path: name}
			p.problem(CodeUnreadable, 0, 0, problem.Params{"detail": err.Error()}, err)
			c.Posts = append(c.Posts, p)
			return nil
		}
		c.Posts = append(c.Posts, Read(name, src, d))
		return nil
	})
	return c, err
}

// Problems returns the problems of all posts, sorted.
func (c *Corpus) Problems() []problem.Problem {
	var all []problem.Problem
	for _, p := range c.Posts {
		all = append(all, p.Problems...)
	}
	problem.Sort(all)
	return all
}
