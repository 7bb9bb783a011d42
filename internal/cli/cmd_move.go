package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// shiftsShown is how many of the other placements that would move are named.
const shiftsShown = 12

type moveOptions struct {
	platform   string
	occurrence int
	unpin      bool
	dryRun     bool
}

func (a *app) newMove() *cobra.Command {
	var opts moveOptions
	cmd := &cobra.Command{
		Use:     "move " + a.say("start.value-post") + " " + a.say("move.value-when"),
		Short:   a.say("move.short"),
		Long:    a.say("move.long"),
		Example: "  editorial move bourse friday 09:00\n  editorial move bourse vendredi 9h --platform facebook\n  editorial move bourse 2026-11-06 --dry-run\n  editorial move bourse --unpin",
		Args:    a.args(1, 8),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runMove(cmd, args[0], strings.Join(args[1:], " "), opts)
		},

		ValidArgsFunction: a.completePost,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.platform, "platform", "", a.say("move.flag-platform"))
	flags.IntVar(&opts.occurrence, "occurrence", 1, a.say("move.flag-occurrence"))
	flags.BoolVar(&opts.unpin, "unpin", false, a.say("move.flag-unpin"))
	flags.BoolVar(&opts.unpin, "free", false, a.say("move.flag-unpin"))
	flags.BoolVar(&opts.dryRun, "dry-run", false, a.say("move.flag-dry-run"))
	_ = flags.MarkHidden("free") // another word for --unpin
	a.complete(cmd, "platform", platformNames)
	return cmd
}

func (a *app) runMove(cmd *cobra.Command, name, when string, opts moveOptions) error {
	switch {
	case when == "" && !opts.unpin:
		return a.usage("move.nothing-said", nil)
	case when != "" && opts.unpin:
		return a.usage("move.both-said", nil)
	}
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	post, err := a.find(o, name)
	if err != nil {
		return err
	}
	if opts.occurrence < 1 {
		opts.occurrence = -1
	}
	m, err := o.Move(office.MoveRequest{Post: post, Platform: opts.platform, Occurrence: opts.occurrence, When: when, Unpin: opts.unpin})
	if err != nil {
		return a.stateWorded(err)
	}
	if !opts.dryRun {
		if err := o.WriteMove(cmd.Context(), m); err != nil {
			return err
		}
	}
	a.printMove(o, m, opts.dryRun)
	return nil
}

// stateWorded gives the name of a state in a problem's parameters its words.
func (a *app) stateWorded(err error) error {
	if p, ok := err.(problem.Problem); ok && p.Params["state"] != "" {
		p.Params["state"] = a.say("plan.state-" + p.Params["state"])
		return p
	}
	return err
}

func (a *app) printMove(o *office.Office, m *office.Move, dryRun bool) {
	params := problem.Params{
		"title": office.TitleOf(office.Placement{Key: m.Key, Post: m.Post}), "platform": m.Key.Platform,
		"when": a.when(o, m.To), "from": a.when(o, m.From),
	}
	verdict, detail := "move.pinned", ""
	switch moved := !m.From.Equal(m.To); {
	case m.Pinned && moved && !m.From.IsZero():
		detail = "move.was"
	case m.Pinned:
	case m.To.IsZero():
		verdict, detail = "move.unpinned", "move.unpinned-left"
	case moved:
		verdict, detail = "move.unpinned", "move.unpinned-moves"
	default:
		verdict, detail = "move.unpinned", "move.unpinned-stays"
	}
	a.printWrapped(term.Good, a.words.Say(verdict, params))
	if detail != "" {
		a.printHanging("  ", a.words.Say(detail, params))
	}
	a.problemsUpTo(problem.Warning, m.Clashes)
	a.printShifts(o, a.words.Say("move.with", problem.Params{"file": office.AgreedFile}), m.With)
	a.printShifts(o, a.say("move.besides"), m.Besides)
	if dryRun {
		a.printf("\n")
		a.printWrapped("", a.say("move.dry-run"))
		return
	}
	if len(m.Besides) > 0 {
		a.next("editorial plan --write")
	} else {
		a.next("editorial plan")
	}
}

// when words an instant: "Tue 3 Nov, 09:00".
func (a *app) when(o *office.Office, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local := o.Zone.DateTime(t)
	return a.words.ShortDate(local.Date) + ", " + local.Clock.String()
}

func (a *app) printShifts(o *office.Office, title string, all []office.Shift) {
	if len(all) == 0 {
		return
	}
	a.printf("\n")
	a.printWrapped(term.Title, title)
	a.printShiftLines(o, all, shiftsShown, "move.gone")
}

// printShiftLines names what is elsewhere, up to most; gone words what has no
// place any more. Where the screen is narrow, from and to stand below.
func (a *app) printShiftLines(o *office.Office, all []office.Shift, most int, gone string) {
	changes, widest := make([]string, 0, most), 0
	for _, s := range all[:min(len(all), most)] {
		key := "move.from-to"
		switch {
		case s.From.IsZero():
			key = "move.new"
		case s.To.IsZero():
			key = gone
		}
		change := a.words.Say(key, problem.Params{"from": a.when(o, s.From), "to": a.when(o, s.To)})
		changes, widest = append(changes, change), max(widest, term.Width(change))
	}
	width := min(a.screen.Width-15-widest, 48)
	for i, change := range changes {
		platform := term.Fit(words.Inert(all[i].Key.Platform), 11)
		post := titleOf(office.Placement{Key: all[i].Key, Post: all[i].Post})
		if width >= titleLeast {
			a.printf("  %s %s %s\n", platform, term.Fit(post, width), change)
			continue
		}
		a.printf("  %s %s\n", platform, term.Cut(post, max(4, a.screen.Width-14)))
		a.printHanging("    ", change)
	}
	if n := len(all) - len(changes); n > 0 {
		a.printf("  %s\n", a.count("move.more", n))
	}
}
