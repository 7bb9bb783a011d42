package office

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// Card is a post on the board.
type Card struct {
	Post *content.Post
	// Stage is where the post is; what is out is published, whatever it says.
	Stage content.Stage
	// Next is the first of its placements that is not out, Due when the work on
	// that must be done; nil where the plan has none.
	Next *Placement
	Due  time.Time
	// Out is when it went out; zero: it is not.
	Out time.Time
	// Left says that it wants a place and has none anywhere.
	Left bool
	// Minutes are left to do, by everybody and on all platforms.
	Minutes int
	// People are those who have something to do for it, its assignee first.
	People []string
}

// BoardStages are the columns of the board.
func BoardStages() []content.Stage {
	return []content.Stage{content.Idea, content.Draft, content.Review, content.Ready, content.Published}
}

// Board returns the posts by stage: all that are in production, and what went
// out in the month of a day. What is due first comes first; what has no date
// comes last, by priority.
func (o *Office) Board(p *Proposal, month civil.Date) map[content.Stage][]Card {
	b := o.boardOf(p)
	all := map[content.Stage][]Card{}
	for _, post := range o.Corpus.Posts {
		if c, ok := b.card(o, post, month); ok {
			all[c.Stage] = append(all[c.Stage], c)
		}
	}
	for _, cards := range all {
		slices.SortStableFunc(cards, compareCards)
	}
	return all
}

func compareCards(a, b Card) int {
	dated := func(c Card) int {
		if c.Due.IsZero() && c.Out.IsZero() {
			return 1
		}
		return 0
	}
	return cmp.Or(dated(a)-dated(b), a.Out.Compare(b.Out), a.Due.Compare(b.Due), b.Post.Priority-a.Post.Priority,
		strings.Compare(a.Post.Path, b.Post.Path))
}

// board is what the cards are made from, by post.
type board struct {
	next    map[string]*Placement
	left    map[string]bool
	minutes map[string]int
	people  map[string][]string
}

func (o *Office) boardOf(p *Proposal) board {
	b := board{map[string]*Placement{}, map[string]bool{}, map[string]int{}, map[string][]string{}}
	for i, x := range p.Placements { // by instant
		if x.State != StatePublished && b.next[x.Key.Post] == nil {
			b.next[x.Key.Post] = &p.Placements[i]
		}
	}
	for _, l := range p.Left {
		b.left[l.Key.Post] = true
	}
	owe := func(post string, person string, minutes int) {
		b.minutes[post] += minutes
		if person != "" && minutes > 0 && !slices.Contains(b.people[post], person) {
			b.people[post] = append(b.people[post], person)
		}
	}
	inst := &p.Instance
	for _, post := range inst.Posts {
		for _, m := range post.Need {
			owe(post.ID, who(inst, m.Person), m.Minutes)
		}
	}
	for _, it := range inst.Items {
		for _, m := range it.Need {
			owe(it.Key.Post, who(inst, m.Person), m.Minutes)
		}
	}
	for _, f := range inst.Fixed {
		for _, m := range f.Owes {
			owe(f.Key.Post, who(inst, m.Person), m.Minutes)
		}
	}
	return b
}

// card is a post as the board shows it; false for what stands on no board: what
// is archived, and what went out in another month.
func (b board) card(o *Office, post *content.Post, month civil.Date) (Card, bool) {
	c := Card{Post: post, Stage: post.Stage, Next: b.next[post.ID], Minutes: b.minutes[post.ID]}
	if at, ok := o.out(post); ok {
		c.Stage, c.Out = content.Published, o.local(at)
	} else if post.Stage == content.Published && !post.Date.IsZero() {
		c.Out = o.local(post.Date.Instant)
	}
	if c.Stage == content.Archived {
		return c, false
	}
	if !post.Edition.IsZero() {
		o.introduction(&c)
	}
	if day := o.Zone.Date(c.Out); c.Stage == content.Published && (c.Out.IsZero() || day.Year != month.Year || day.Month != month.Month) {
		return c, false
	}
	if c.Next != nil {
		c.Due = o.WorkDue(*c.Next)
	} else {
		c.Left = b.left[post.ID]
	}
	if c.Stage == content.Published {
		c.Minutes = 0
	}
	if o.isPerson(post.Assignee) {
		c.People = append(c.People, post.Assignee)
	}
	for _, who := range b.people[post.ID] {
		if who != post.Assignee {
			c.People = append(c.People, who)
		}
	}
	return c, true
}

// introduction dates the card of an edition's introduction, which is no post of
// its own: it is due on the day of the edition, and out with it.
func (o *Office) introduction(c *Card) {
	c.Due, c.Out = o.local(o.Zone.Instant(c.Post.Edition.At(civil.Clock{}))), time.Time{}
	if c.Post.Edition.Before(o.Zone.Date(o.Now)) {
		c.Stage, c.Out = content.Published, c.Due
	}
}

// GoesTo returns the platforms that a post goes to.
func (o *Office) GoesTo(p *content.Post) []string { return o.platformsOf(p) }
