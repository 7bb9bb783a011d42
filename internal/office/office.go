// Package office holds the use cases: load the office, check it, plan it,
// build it. The command line, the page and the daemon all call these; nothing
// below knows that there is more than one of them.
package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"editorial/internal/config"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// ContentDir is the folder of the posts.
const ContentDir = "content"

// ErrConfig is returned, wrapped, when config.toml has errors: nothing can be
// said about an office without it.
var ErrConfig = errors.New("configuration has errors")

// Options say which office and when.
type Options struct {
	// Dir is the folder that holds config.toml and content/.
	Dir string
	// Now is the present.
	Now time.Time
	// Config are the layers above config.toml.
	Config config.Options
}

// Office is a loaded office.
type Office struct {
	Dir    string
	Now    time.Time
	Zone   civil.Zone
	Config config.Config
	// Origins say where each value of Config came from.
	Origins config.Origins
	Corpus  *content.Corpus
	// Problems of the configuration and of all posts.
	Problems []problem.Problem
}

// Load reads the office. The error wraps [ErrConfig] when only the
// configuration's problems stand in the way; the Office then holds them.
func Load(ctx context.Context, opts Options) (*Office, error) {
	o := &Office{Dir: opts.Dir, Now: opts.Now}
	root, err := os.OpenRoot(opts.Dir)
	if err != nil {
		return o, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	if o.Config, o.Origins, o.Problems, err = config.Read(root.FS(), opts.Config); err != nil {
		return o, err
	}
	if problem.Errors(o.Problems) > 0 {
		return o, ErrConfig
	}
	if o.Zone, err = civil.LoadZone(o.Config.Site.Zone); err != nil {
		return o, err
	}
	posts, err := fs.Sub(root.FS(), ContentDir)
	if err != nil {
		return o, fmt.Errorf("open posts: %w", err)
	}
	o.Corpus, err = content.Load(ctx, posts, content.Defaults{Zone: o.Zone, Lang: o.Config.Site.Lang})
	if err != nil {
		return o, fmt.Errorf("load posts: %w", err)
	}
	for _, p := range o.Corpus.Problems() {
		p.File = ContentDir + "/" + p.File
		o.Problems = append(o.Problems, p)
	}
	return o, nil
}
