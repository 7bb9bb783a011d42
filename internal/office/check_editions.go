package office

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"editorial/internal/config"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/newsletter"
)

// Codes of what is wrong with the editions of the newsletters.
const (
	CodeNoEdition    problem.Code = "edition-no-slot"
	CodeNoNewsletter problem.Code = "edition-no-newsletter"
	CodeUnsendable   problem.Code = "newsletter-unsendable"
	CodeNotReady     problem.Code = "edition-not-ready"
	CodeUnlisted     problem.Code = "edition-unlisted"
)

// readyDays is how long before an edition its posts should be ready: one that
// is further off may well hold drafts.
const readyDays = 7

// checkEditions looks for introductions that introduce nothing, and for what
// is wrong with the mail of the editions to come.
func (o *Office) checkEditions(p *Proposal, b *bodies) ([]problem.Problem, error) {
	all := o.checkIntros(p)
	all = append(all, o.checkSender()...)
	all = append(all, o.checkUnlisted(p)...)
	// What is wrong with a body is said by checkBody.
	ed := &editor{Office: o, posts: o.Corpus.Posts, bodies: b}
	var mails []problem.Problem
	found, err := o.withTemplates(templateKind, func(own fs.FS, dropped []string) error {
		mails = newsletter.Lint(own)
		if mailTemplate(dropped) {
			own = without(own, "mail.html", "mail.css")
		}
		for _, l := range o.Config.Letters() {
			more, err := ed.checkLetter(own, l, p)
			if err != nil {
				return err
			}
			mails = append(mails, more...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return slices.Concat(all, found, mails), nil
}

// checkLetter looks for what is wrong with the next edition of a newsletter,
// and whether the templates of the office work. Where there is no edition they
// are tried on an empty one.
func (ed *editor) checkLetter(own fs.FS, l config.Letter, p *Proposal) ([]problem.Problem, error) {
	opts := letterOptions(l)
	opts.Templates = own
	if own != nil {
		present := ed.site(ed.posts)
		archive, err := newsletter.NewArchive(opts, ed.out(l, present))
		if err != nil {
			return nil, err
		}
		if _, err := archive.Files(present, ed.bodies); err != nil {
			return nil, err
		}
	}
	var all []problem.Problem
	next, future, ok := ed.next(l, p)
	switch {
	case ok:
		all = ed.checkReady(l.Platform, next, p)
	case own == nil:
		return nil, nil
	default:
		next, future = newsletter.Edition{ID: ed.Zone.Date(ed.Now).String(), At: ed.Now}, ed.site(ed.posts)
	}
	mailing, err := newsletter.NewMailing(opts, next)
	if err != nil {
		return nil, err
	}
	found, err := mailing.Check(future, ed.bodies)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if f.File != "" && !strings.HasPrefix(f.File, newsletter.TemplateDir+"/") {
			f.File = ContentDir + "/" + f.File
		}
		all = append(all, f)
	}
	return all, nil
}

// checkReady looks for posts of an edition that goes out soon that are not
// ready. What the plan only proposes nobody has promised yet.
func (o *Office) checkReady(name string, e newsletter.Edition, p *Proposal) []problem.Problem {
	day := o.Zone.Date(e.At)
	if day.DaysSince(o.Zone.Date(o.Now)) > readyDays {
		return nil
	}
	var all []problem.Problem
	for _, x := range e.Unready() {
		proposed := slices.ContainsFunc(p.Placements, func(y Placement) bool {
			return y.Post == x.Post && y.Platform == name && y.At.Equal(e.At) && y.State == StateNew && !y.Pinned
		})
		if proposed {
			continue
		}
		why := x.Field
		if why == "stage" {
			why += " = " + string(x.Post.Stage)
		}
		at := x.Post.At(x.Field)
		at.File = ContentDir + "/" + at.File
		all = append(all, problem.Problem{Position: at, Code: CodeNotReady, Severity: problem.Warning, Params: problem.Params{
			"title": publish.Headline(x.Post, ""), "why": why, "day": day.String(), "platform": name,
		}})
	}
	return all
}

// checkIntros holds the days of introductions to come against the slots of the
// newsletters. What lies beyond the horizon is not judged.
func (o *Office) checkIntros(p *Proposal) []problem.Problem {
	var days []civil.Date
	names := o.newsletters()
	for _, s := range p.Instance.Slots {
		if slices.Contains(names, p.Instance.Platforms[s.Platform].Name) {
			days = append(days, o.Zone.Date(p.Instance.Time(s.At)))
		}
	}
	for _, x := range p.Placements {
		if slices.Contains(names, x.Platform) {
			days = append(days, o.Zone.Date(x.At))
		}
	}
	var all []problem.Problem
	today := o.Zone.Date(o.Now)
	end := o.Zone.Date(p.Instance.Time(p.Instance.Horizon))
	for _, post := range o.Corpus.Posts {
		day := post.Edition
		if day.IsZero() || day.Before(today) || !day.Before(end) || slices.Contains(days, day) {
			continue
		}
		all = append(all, o.noEdition(post, days))
	}
	return all
}

func (o *Office) noEdition(post *content.Post, days []civil.Date) problem.Problem {
	at := post.At("edition")
	at.File = ContentDir + "/" + at.File
	found := problem.Problem{
		Position: at, Code: CodeNoEdition, Severity: problem.Warning, Params: problem.Params{"day": post.Edition.String()},
	}
	if len(days) == 0 {
		found.Code = CodeNoNewsletter
		return found
	}
	found.Params["near"] = slices.MinFunc(days, func(a, b civil.Date) int {
		return cmp.Or(cmp.Compare(distance(a, post.Edition), distance(b, post.Edition)), a.Compare(b))
	}).String()
	return found
}

func distance(a, b civil.Date) int { return max(a.DaysSince(b), b.DaysSince(a)) }

// checkUnlisted looks for posts of editions to come that no list takes.
func (o *Office) checkUnlisted(p *Proposal) []problem.Problem {
	letters := o.Config.Letters()
	var all []problem.Problem
	for _, x := range p.Placements {
		if x.Post == nil || !x.At.After(o.Now) || !slices.Contains(o.newsletters(), x.Platform) {
			continue
		}
		if slices.ContainsFunc(letters, func(l config.Letter) bool { return l.Platform == x.Platform && takes(l, x.Post) }) {
			continue
		}
		at := x.Post.At("lang")
		if x.Post.Audience != "" {
			at = x.Post.At("audience")
		}
		at.File = ContentDir + "/" + at.File
		all = append(all, problem.Problem{Position: at, Code: CodeUnlisted, Severity: problem.Warning, Params: problem.Params{
			"title": publish.Headline(x.Post, ""), "day": o.Zone.Date(x.At).String(), "platform": x.Platform,
		}})
	}
	return all
}

// checkSender looks for what no mail to many may be without.
func (o *Office) checkSender() []problem.Problem {
	missing := o.Config.Lacks("")
	if missing == nil {
		return nil
	}
	return []problem.Problem{{
		Position: problem.Position{File: config.FileName}, Code: CodeUnsendable, Severity: problem.Warning,
		Params: problem.Params{"missing": strings.Join(missing, ", ")},
	}}
}
