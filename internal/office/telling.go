package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/internal/platforms"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// nearby is how far ahead a check looks at texts that nobody wrote for their
// platform: those may still change, and there are many.
const nearby = 14 * 24 * time.Hour

// Telling is a post as one platform gets it.
type Telling struct {
	Platform string
	Kind     config.Kind
	// At is the placement's, the next one or else the last; zero if the plan has
	// none.
	At time.Time
	// Message is what goes out, and Frozen its bytes, of which Sum is the SHA-256
	// in hexadecimal. Held says that something keeps it from going out as it
	// stands: an error, or a Hold; it is shown nevertheless, where anything can be.
	Message platform.Message
	Frozen  []byte
	Sum     string
	Held    bool
	// Beside is the link of the post where no text has it. Platforms that show it
	// beside the text are sent it; those on which nobody can follow one are not.
	Beside string
	// Hold is why it is held when its time comes, as things stand, "" if nothing
	// holds it; Detail is what is wrong, Again when that ends by itself.
	Hold   journal.Reason
	Detail string
	Again  time.Time
	// Sent says that Message is what was sent, or may have been: at Out, zero
	// while that is not sure. Changed says that the post now says something else.
	Sent, Changed bool
	Out           time.Time
	// Problems are those of saying it there.
	Problems []problem.Problem
}

// Tell returns what a post says on each of its platforms that posts go to one by
// one, in order, or on one of them alone. It is what goes out: made by the same
// code, to the byte.
func (o *Office) Tell(ctx context.Context, plan *Proposal, post *content.Post, only string) ([]Telling, error) {
	var all []Telling
	for _, name := range o.platformsOf(post) {
		kind := o.Config.Platforms[name].Kind
		format, ok := platforms.Of(o.Config.Platforms[name])
		if !ok || only != "" && name != only {
			continue
		}
		x := o.placementOf(plan, post, name)
		page := o.plannedPage(plan, post, x.At)
		if x.Key.Post == "" && page.After(x.At) {
			x.At = page
		}
		m, found, err := o.messageWith(ctx, post, x, page)
		if err != nil {
			return nil, err
		}
		t := Telling{Platform: name, Kind: kind, At: x.At, Problems: found}
		if x.Key.Post == "" {
			t.At = time.Time{}
		}
		if problem.Errors(found) == 0 {
			found := format.Validate(m)
			t.Problems = append(t.Problems, found...)
			if problem.Errors(found) == 0 {
				t.Message, err = format.Render(m)
			} else { // it does not go out: what it would say is shown
				t.Message, _ = platforms.Plain(kind).Render(m)
			}
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(t.Message.Parts, func(p platform.Part) bool { return strings.Contains(p.Text, m.Link) }) {
				t.Beside = m.Link
			}
			if t.Frozen, t.Sum, err = t.Message.Freeze(); err != nil {
				return nil, err
			}
		}
		t.Problems = placed(t.Problems, post, name)
		if err := o.wentOut(ctx, &t, x); err != nil {
			return nil, err
		}
		if !t.Sent {
			t.Hold, t.Detail, t.Again = o.holdTold(post, x)
		}
		t.Held = !t.Sent && (problem.Errors(t.Problems) > 0 || t.Hold != "")
		all = append(all, t)
	}
	return all, nil
}

// placementOf is where a plan has a post on a platform: next, or else last. One
// without a key is none: the post is then told of as of now, or once its page is
// there.
func (o *Office) placementOf(plan *Proposal, post *content.Post, name string) Placement {
	best := Placement{Platform: name, At: o.Now, Post: post}
	for _, x := range slices.Concat(plan.Placements, plan.Removed) {
		if x.Post == post && x.Platform == name && (best.Key.Post == "" || best.At.Before(o.Now)) {
			best = x
		}
	}
	return best
}

// plannedPage is when the page of a post is public, as the plan has it; zero if
// it has none.
func (o *Office) plannedPage(plan *Proposal, post *content.Post, at time.Time) time.Time {
	if out, ok := o.asOf(at).out(post); ok {
		return out
	}
	for _, x := range plan.Placements {
		if x.Post == post && o.Config.Platforms[x.Platform].Kind == config.KindBlog {
			return x.At
		}
	}
	page, _ := o.pageAt(post, at)
	return page
}

// placed gives findings the place of the variant that they are about, or of the
// post.
func placed(problems []problem.Problem, post *content.Post, name string) []problem.Problem {
	at := problem.Position{Line: 1}
	if _, ok := post.Variants[name]; ok {
		at = post.At("variants", name)
	}
	at.File = ContentDir + "/" + post.Path
	out := slices.Clone(problems)
	for i := range out {
		if out[i].File == "" || out[i].File == post.Path || out[i].File == at.File && out[i].Line == 0 {
			out[i].Position = at
		}
	}
	return out
}

// checkTold looks at what posts will say on their platforms: those that somebody
// wrote it for, and those whose time is near.
func (o *Office) checkTold(ctx context.Context, plan *Proposal, b *bodies, links *publish.Links) ([]problem.Problem, error) {
	posts := o.toTell(plan)
	formats, t := o.formats(), teller{o, b, links, false}
	found := make([][]problem.Problem, len(posts))
	err := publish.Each(len(posts), func(i int) error {
		for _, x := range posts[i] {
			page, _ := o.pageAt(x.Post, x.At)
			if x.Key.Post == "" && page.After(x.At) {
				x.At = page
			}
			m, problems, err := t.message(ctx, x.Post, x, page)
			if err != nil {
				return err
			}
			if problem.Errors(problems) == 0 { // a text that cannot be rendered is said elsewhere
				soon := o.goesSoon(x)
				problems = slices.DeleteFunc(append(problems, formats[x.Platform].Validate(m)...), func(p problem.Problem) bool { return forPreview(p, soon) })
				found[i] = append(found[i], placed(problems, x.Post, x.Platform)...)
			}
		}
		return ctx.Err()
	})
	return slices.Concat(found...), err
}

// goesSoon reports whether the program itself sends a placement before long.
func (o *Office) goesSoon(x Placement) bool {
	return x.Key.Post != "" && x.Post.Stage == content.Ready && o.Config.Platforms[x.Platform].Live && x.At.Before(o.Now.Add(nearby))
}

// forPreview reports whether a check passes over a finding: it says what keeps a
// post from its platform, what is wrong with words that somebody wrote for it,
// and everything of what goes out soon. Pictures without an alternative text it
// names once, not for each platform.
func forPreview(p problem.Problem, soon bool) bool {
	switch p.Code {
	case text.CodeTooLong, text.CodePartLong, text.CodeThreadLong, text.CodeNoRoom, text.CodeNothing, CodeLinkEarly:
		return false
	}
	return p.Severity != problem.Error && (!soon || p.Severity != problem.Warning || platforms.NoAlt(p.Code))
}

// formats are those of the office's platforms by name.
func (o *Office) formats() map[string]platform.Format {
	all := make(map[string]platform.Format, len(o.Config.Platforms))
	for name, p := range o.Config.Platforms {
		if f, ok := platforms.Of(p); ok {
			all[name] = f
		}
	}
	return all
}

// toTell are the placements to look at, by post, each platform once: those to
// come of the plan and of what is agreed, and the words that ready posts have for platforms on which
// they have no place.
func (o *Office) toTell(plan *Proposal) [][]Placement {
	var all [][]Placement
	formats, at := o.formats(), map[*content.Post]int{}
	add := func(x Placement) {
		p := x.Post
		_, own := p.Variants[x.Platform]
		_, known := formats[x.Platform]
		if !known || !own && !x.At.Before(o.Now.Add(nearby)) || p.HasErrors() || !p.Read() || !p.Edition.IsZero() {
			return
		}
		i, ok := at[p]
		if !ok {
			i = len(all)
			at[p], all = i, append(all, nil)
		}
		if !slices.ContainsFunc(all[i], func(y Placement) bool { return y.Platform == x.Platform }) {
			all[i] = append(all[i], x)
		}
	}
	for _, x := range slices.Concat(plan.Placements, plan.Removed) { // what is agreed goes out until that changes
		if x.Post != nil && x.State != StatePublished {
			add(x)
		}
	}
	for _, p := range o.Corpus.Posts {
		if p.Stage != content.Ready || p.Variants == nil {
			continue
		}
		for _, name := range o.platformsOf(p) {
			if _, own := p.Variants[name]; own {
				add(Placement{Platform: name, At: o.Now, Post: p})
			}
		}
	}
	return all
}
