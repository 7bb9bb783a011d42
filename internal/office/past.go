package office

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"editorial/internal/history"
	"editorial/pkg/calendar/forecast"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// Past is what git knows of the stages of the office's posts.
type Past struct {
	// Missing says why there is none; "" where there is one.
	Missing PastMissing
	// Detail is what git said, of PastUnreadable.
	Detail string
	// Shallow: the clone lacks what is older. Cut: more was there than is read.
	Shallow, Cut bool
	// Since is the first change that was read, Changes how many versions.
	Since   time.Time
	Changes int

	lives []*life
	// byPath are the lives of files that were there at last, byID the last
	// lives of posts with an id of their own.
	byPath, byID map[string]*life
}

// PastMissing names what keeps the office from its history.
type PastMissing string

const (
	PastNoGit        PastMissing = "no-git"
	PastNoRepository PastMissing = "no-repository"
	PastNoCommit     PastMissing = "no-commit"
	PastForeign      PastMissing = "foreign"
	PastPartial      PastMissing = "partial"
	PastUnreadable   PastMissing = "unreadable"
)

// life is one post through its versions.
type life struct {
	id   string // the front matter's own, or ""
	path string
	// seen says that its beginning was: it was not there before the history is.
	seen  bool
	steps []forecast.Step
	last  version
}

// version is what a version of a post says.
type version struct {
	ok bool // it can be trusted
	// own says that the id is the front matter's.
	own    bool
	id     string
	stage  forecast.Stage
	kind   string
	effort int // minutes, of all people
	logged int
	letter bool // an introduction of a newsletter, which is no post
}

// past reads the history of the posts. Only the context's error is returned:
// what keeps it from being read is said in the Past.
func (o *Office) past(ctx context.Context, environ []string) (*Past, error) {
	p := &Past{byPath: map[string]*life{}, byID: map[string]*life{}}
	repo, err := history.Open(ctx, o.Dir, environ)
	if err != nil {
		return p.without(ctx, err)
	}
	log, err := repo.Log(ctx, ContentDir)
	if err != nil {
		return p.without(ctx, err)
	}
	changes := slices.DeleteFunc(log.Changes, func(c history.Change) bool { return c.At.After(o.Now) || !mayBePost(c.Path) })
	versions, err := o.versions(ctx, repo, changes)
	if err != nil {
		return p.without(ctx, err)
	}
	p.Shallow, p.Cut, p.Changes = repo.Shallow, log.Cut, len(changes)
	for i := 0; i < len(changes); {
		end := i
		for end < len(changes) && changes[end].Commit == changes[i].Commit {
			end++
		}
		p.commit(changes[i:end], versions[i:end])
		i = end
	}
	for _, c := range changes {
		if p.Since.IsZero() || c.At.Before(p.Since) {
			p.Since = c.At
		}
	}
	return p, nil
}

// without is a Past of which nothing is known.
func (p *Past) without(ctx context.Context, err error) (*Past, error) {
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, history.ErrNoGit):
		p.Missing = PastNoGit
	case errors.Is(err, history.ErrNoRepository):
		p.Missing = PastNoRepository
	case errors.Is(err, history.ErrNoCommit):
		p.Missing = PastNoCommit
	case errors.Is(err, history.ErrForeign):
		p.Missing = PastForeign
	case errors.Is(err, history.ErrPartial):
		p.Missing = PastPartial
	default:
		p.Missing, p.Detail = PastUnreadable, err.Error()
	}
	return p, nil
}

// mayBePost reports a name below content/ that the corpus would read as a post.
func mayBePost(name string) bool {
	if !content.IsMarkdown(name) || strings.HasPrefix(path.Base(name), "_index.") || !utf8.ValidString(name) ||
		strings.ContainsFunc(name, unicode.IsControl) {
		return false
	}
	return !slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// versions reads what each change made of its post.
func (o *Office) versions(ctx context.Context, repo *history.Repository, changes []history.Change) ([]version, error) {
	all := make([]version, len(changes))
	var names []history.Version
	var of []int
	for i, c := range changes {
		if c.Version != "" {
			names, of = append(names, c.Version), append(of, i)
		}
	}
	d := o.defaults()
	err := repo.Versions(ctx, names, func(i int, src []byte) {
		if src != nil {
			all[of[i]] = o.version(content.Read(changes[of[i]].Path, src, d))
		}
	})
	return all, err
}

// version is what a post says; one whose stage cannot be read says nothing.
func (o *Office) version(p *content.Post) version {
	v := version{
		own: !p.IDDerived, id: p.ID, stage: stageOf(p), kind: kindOf(p),
		effort: minutes(o.effort(p)), logged: minutes(p.Logged), letter: !p.Edition.IsZero(),
	}
	for _, variant := range p.Variants {
		v.effort += minutes(variant.Effort)
		v.logged += minutes(variant.Logged)
	}
	said := p.Has("stage") || p.Has("draft")
	v.ok = !p.HasErrors() || said && !slices.ContainsFunc(p.Problems, func(x problem.Problem) bool {
		return x.Code == content.CodeUnknownStage || x.Code == content.CodeDraftButStage
	})
	return v
}

func minutes(by map[string]int) int {
	total := 0
	for _, n := range by {
		total += n
	}
	return total
}

// stageOf is the stage as the forecast knows it.
func stageOf(p *content.Post) forecast.Stage {
	switch p.Stage {
	case content.Idea:
		return forecast.Idea
	case content.Review:
		return forecast.Review
	case content.Ready, content.Published:
		return forecast.Ready
	case content.Archived:
		return forecast.Gone
	}
	return forecast.Draft
}

// Prefixes of kinds: a post is of its format, else of its pillar.
const (
	kindFormat = "format/"
	kindPillar = "pillar/"
)

func kindOf(p *content.Post) string {
	switch {
	case p.Format != "":
		return kindFormat + p.Format
	case p.Pillar != "":
		return kindPillar + p.Pillar
	}
	return ""
}

// commit follows the files of one commit: first what left its name, then what
// has one, so that two that change names do not meet.
func (p *Past) commit(changes []history.Change, versions []version) {
	moved := map[string]*life{}
	for _, c := range changes {
		switch c.Kind {
		case history.Renamed:
			moved[c.From] = p.byPath[c.From]
			delete(p.byPath, c.From)
		case history.Deleted:
			if l := p.byPath[c.Path]; l != nil {
				l.steps = append(l.steps, forecast.Step{At: l.after(c.At), Stage: forecast.Gone})
				delete(p.byPath, c.Path)
			}
		}
	}
	for i, c := range changes {
		if c.Kind == history.Deleted {
			continue
		}
		l := p.byPath[c.Path]
		if c.Kind == history.Renamed {
			l = moved[c.From]
		}
		if l == nil && c.Kind == history.Added {
			l = p.returned(versions[i])
		}
		if l == nil {
			l = &life{seen: c.Kind == history.Added && !c.Root}
			p.lives = append(p.lives, l)
		}
		l.path = c.Path
		p.byPath[c.Path] = l
		if l.follow(c.At, versions[i]); l.id != "" {
			p.byID[l.id] = l
		}
	}
}

// returned is the life of a post that was taken away and is here again under
// another name: it has an id of its own, by which it is known.
func (p *Past) returned(v version) *life {
	if !v.own {
		return nil
	}
	if l := p.byID[v.id]; l != nil && p.byPath[l.path] != l {
		return l
	}
	return nil
}

// follow adds what a version says.
func (l *life) follow(at time.Time, v version) {
	if !v.ok {
		return
	}
	if v.own {
		l.id = v.id
	}
	at = l.after(at)
	// A file that was taken away and put back in one go was never away.
	if last := len(l.steps) - 1; last >= 0 && l.steps[last].Stage == forecast.Gone && l.steps[last].At.Equal(at) {
		l.steps = l.steps[:last]
	}
	if last := len(l.steps) - 1; last < 0 || l.steps[last].Stage != v.stage {
		l.steps = append(l.steps, forecast.Step{At: at, Stage: v.stage})
	}
	l.last = v
}

// after is an instant, or that of the last step where clocks disagree: a
// commit is not older than those before it.
func (l *life) after(at time.Time) time.Time {
	if last := len(l.steps) - 1; last >= 0 && at.Before(l.steps[last].At) {
		return l.steps[last].At
	}
	return at
}

// track is the life as the forecast knows it.
func (l *life) track(id string) forecast.Track {
	return forecast.Track{ID: id, Kind: l.last.kind, Seen: l.seen, Steps: l.steps}
}

// meet joins the history to the posts as they stand now: what nobody has
// committed yet happened now. It returns the tracks of all posts that ever
// were, and the lives of those that are.
func (p *Past) meet(o *Office) (tracks []forecast.Track, of map[string]*life) {
	of = map[string]*life{}
	present := map[*life]string{}
	for _, post := range o.Corpus.Posts {
		if !post.Edition.IsZero() || o.byID[post.ID] != post {
			continue
		}
		v := o.version(post)
		l := p.byPath[post.Path]
		if l == nil {
			l = cmp.Or(p.known(v), &life{seen: true})
		}
		if _, taken := present[l]; taken {
			l = &life{seen: true}
		}
		here := *l
		here.path, here.steps = post.Path, slices.Clone(l.steps)
		here.follow(o.Now, v)
		if len(here.steps) == 0 { // it has an error, and nothing was known of it
			here.steps = []forecast.Step{{At: o.Now, Stage: v.stage}}
		}
		present[l] = post.ID
		of[post.ID] = &here
		tracks = append(tracks, here.track(post.ID))
	}
	for i, l := range p.lives {
		if _, ok := present[l]; !ok && !l.last.letter && len(l.steps) > 0 {
			tracks = append(tracks, l.track("\x00"+strconv.Itoa(i)))
		}
	}
	return tracks, of
}

// known is the life of a post that stands under a name of which git does not
// know.
func (p *Past) known(v version) *life {
	if !v.own {
		return nil
	}
	return p.byID[v.id]
}
