// Package office holds the use cases: load the office, check it, plan it,
// build it. The command line, the page and the daemon all call these; nothing
// below knows that there is more than one of them.
package office

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// Names inside the office's folder.
const (
	ContentDir = "content"
	AgreedFile = "calendar.txt"
)

// agreedMax is the most bytes of a calendar.txt that are read.
const agreedMax = 32 << 20

// ErrConfig is returned, wrapped, when config.toml has errors: nothing can be
// said about an office without it.
var ErrConfig = errors.New("configuration has errors")

// Options say which office and when.
type Options struct {
	// Dir is the folder that holds config.toml and content/.
	Dir string
	// Clock returns the present, on the wall of the office's zone where a
	// person wrote it.
	Clock func(civil.Zone) (time.Time, error)
	// Config are the layers above config.toml.
	Config config.Options
	// Out is the folder that builds are made in, "" for that of the office:
	// the cache is there. Build says that the office will be built there, and
	// nothing else: no other program builds there until it has been.
	Out   string
	Build bool
	// Memory, unless nil, is that of the loads before in this program.
	Memory *Memory
	// Deliveries, unless nil, returns what the journal says of the office.
	Deliveries func(context.Context, config.Config) (Deliveries, error)
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
	Agreed  agreed.List
	// Problems of the configuration, of all posts and of the agreed calendar.
	Problems []problem.Problem

	cache *cache
	// unlock lets others build in the output folder.
	unlock func() error
	byID   map[string]*content.Post
	// brokenIDs are the ids of posts with errors; unread says that there are
	// posts of which not even the id could be read.
	brokenIDs map[string]bool
	unread    bool
	agreedBy  map[agreed.Key]agreed.Entry
	// agreedSource are the bytes of calendar.txt as it was read.
	agreedSource []byte
	// agreedBroken: calendar.txt has lines that cannot be read, so that it
	// must not be rewritten.
	agreedBroken bool
	// shelf are the files beside the posts.
	shelf   *shelf
	filesBy *publish.Links // to all files, for the checks
	looked  *lookedAt
	said    *said
	// standing are the last good texts of posts that broke after they went
	// out, by path; see lastgood.go.
	standing map[string]*content.Post
	// kept are the texts of standing, by their sum. Bodies share it: what comes to
	// stand while they are read is found, too.
	kept map[[sha256.Size]byte][]byte
	// last are the texts that a running program showed last; see bodies.
	last map[string][]byte
	// shown are the posts that may be, of those that were made last.
	shown []*content.Post
	// deliveries are what the journal says; editionKeys name its editions.
	deliveries  Deliveries
	editionKeys map[editionSlot]platform.Key
	// early is a post that previews show as if it were out at an instant.
	early struct {
		post *content.Post
		at   time.Time
	}
}

// Load reads the office. The error wraps [ErrConfig] when only the
// configuration's problems stand in the way; the Office then holds them.
func Load(ctx context.Context, opts Options) (o *Office, err error) {
	o = &Office{
		Dir: opts.Dir, looked: &lookedAt{files: map[string]looked{}}, said: &said{sums: map[string]summed{}}, shelf: &shelf{},
		kept: map[[sha256.Size]byte][]byte{},
	}
	out := cmp.Or(opts.Out, opts.Dir)
	if opts.Build && isOffice(opts.Dir) && o.outsideContent(out) == nil {
		// What another build is making now, this one reads when that is done.
		if o.unlock, err = lockOutput(ctx, out); err != nil {
			return o, err
		}
		defer func() {
			if err != nil {
				o.release()
			}
		}()
	}
	if o.Config, o.Origins, o.Problems, err = config.ReadDir(opts.Dir, opts.Config); err != nil {
		return o, err
	}
	if problem.Errors(o.Problems) > 0 {
		return o, ErrConfig
	}
	root, err := os.OpenRoot(opts.Dir)
	if err != nil {
		return o, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	if o.Zone, err = civil.LoadZone(o.Config.Site.Zone); err != nil {
		return o, err
	}
	if o.Now, err = opts.Clock(o.Zone); err != nil {
		return o, err
	}
	o.cache = opts.Memory.open(out, o.unlock != nil)
	if err := o.loadPosts(ctx, root); err != nil {
		return o, err
	}
	if err := o.loadAgreed(root.FS()); err != nil {
		return o, err
	}
	if opts.Deliveries != nil {
		d, err := opts.Deliveries(ctx, o.Config)
		if err != nil {
			return o, err
		}
		if err := o.learnDeliveries(d); err != nil {
			return o, err
		}
	}
	o.compare()
	if err := o.loadStanding(root); err != nil {
		return o, err
	}
	problem.Sort(o.Problems)
	return o, nil
}

// compare holds posts and agreed calendar against each other.
func (o *Office) compare() {
	content.CheckGUIDs(o.Corpus.Posts)
	o.addresses()
	o.noteBroken()
	for _, e := range o.Agreed.Entries {
		o.referAgreed(e)
	}
	o.Problems = append(o.Problems, inOffice(o.Corpus.Problems())...)
}

func (o *Office) loadPosts(ctx context.Context, root *os.Root) error {
	o.Corpus = &content.Corpus{}
	posts, done, err := below(root)
	switch {
	case err == nil:
		o.cache.under(o.defaults())
		o.Corpus, err = content.Reload(ctx, posts, o.defaults(), o.cache)
		err = errors.Join(err, done())
		if at := (*fs.PathError)(nil); errors.As(err, &at) {
			err = &fs.PathError{Op: at.Op, Path: path.Join(ContentDir, at.Path), Err: at.Err}
		}
	case errors.Is(err, fs.ErrNotExist): // an office without a post yet
		err = nil
	}
	if err != nil {
		return fmt.Errorf("load posts: %w", err)
	}
	o.cache.learn(o.Corpus.Posts)
	o.know()
	return nil
}

// know finds posts by their ids, and looks at what they refer to.
func (o *Office) know() {
	o.byID = make(map[string]*content.Post, len(o.Corpus.Posts))
	o.brokenIDs = map[string]bool{}
	known := o.referable()
	for _, p := range o.Corpus.Posts {
		o.refer(p, known)
		o.byID[p.ID] = p
	}
}

// defaults are what posts have that say nothing.
func (o *Office) defaults() content.Defaults {
	return content.Defaults{Zone: o.Zone, Lang: o.Config.Site.Lang, Priority: o.Config.Plan.Priority, Dialect: o.dialect()}
}

// dialect is what the office's posts call things.
func (o *Office) dialect() *content.Dialect {
	c := o.Config.Content
	d := &content.Dialect{
		DateKeys: c.DateKeys, UpdatedKeys: c.UpdatedKeys, ExpiresKeys: c.ExpiresKeys, LangKeys: c.LangKeys,
		TranslationKeys: c.TranslationKeys, Langs: o.Config.Site.Langs, SpacedTags: c.Tags == config.TagSpaces,
	}
	if len(c.Folders) > 0 {
		d.LangFolders = make(map[string]string, len(c.Folders))
	}
	for _, f := range c.Folders {
		d.LangFolders[f.Name] = f.Lang
	}
	return d
}

// contentFS opens the folder of the posts, which no link inside the office
// leads out of; done closes it.
func (o *Office) contentFS() (fsys fs.FS, done func() error, err error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	return below(root)
}

// below opens the folder of the posts below that of the office.
func below(root *os.Root) (fsys fs.FS, done func() error, err error) {
	posts, err := openBelow(root, ContentDir)
	if err != nil {
		return nil, nil, fmt.Errorf("open posts: %w", err)
	}
	r, err := newRooted(posts)
	if err != nil {
		return nil, nil, errors.Join(err, posts.Close())
	}
	return r, r.Close, nil
}

// noteBroken notes which posts have errors, for the agreed calendar.
func (o *Office) noteBroken() {
	for _, p := range o.Corpus.Posts {
		if p.HasErrors() {
			o.brokenIDs[p.ID] = true
			o.unread = o.unread || p.IDDerived
		}
	}
	o.unread = o.unread || problem.Errors(o.Corpus.Found) > 0
}

func (o *Office) loadAgreed(fsys fs.FS) error {
	src, err := config.ReadRegular(fsys, AgreedFile, agreedMax)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read agreed calendar: %w", err)
	}
	o.agreedSource = src
	list, problems := agreed.Parse(AgreedFile, src, o.Zone)
	o.Agreed, o.agreedBroken = list, problem.Errors(problems) > 0
	o.Problems = append(o.Problems, problems...)
	o.agreedBy = make(map[agreed.Key]agreed.Entry, len(list.Entries))
	for _, e := range list.Entries {
		o.agreedBy[e.Key] = e
	}
	return nil
}

// loadStanding finds what broken posts were when they went out, where the
// office's own folder was built into.
func (o *Office) loadStanding(root *os.Root) error {
	if !o.mayStand() {
		return nil
	}
	state, err := openBelow(root, StateDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // never built here
	}
	if err != nil {
		return fmt.Errorf("open state: %w", err)
	}
	defer state.Close()
	good, err := openLastGood(&folder{root: state})
	if err != nil {
		return err
	}
	o.stand(good)
	return nil
}

// PlatformNames returns the names of the office's platforms, in order.
func (o *Office) PlatformNames() []string { return slices.Sorted(maps.Keys(o.Config.Platforms)) }
