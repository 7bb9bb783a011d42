package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

type listOptions struct{ stage, lang, platform string }

func (a *app) newList() *cobra.Command {
	var opts listOptions
	cmd := &cobra.Command{
		Use:     "list",
		Short:   a.say("cli.list-short"),
		Example: "  editorial list\n  editorial list --stage draft\n  editorial list --json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runList(cmd, opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.stage, "stage", "", a.say("cli.flag-stage"))
	flags.StringVar(&opts.lang, "lang", "", a.say("cli.flag-lang"))
	flags.StringVar(&opts.platform, "platform", "", a.say("cli.flag-platform"))
	a.jsonFlag(cmd)
	a.complete(cmd, "stage", stageNames)
	a.complete(cmd, "lang", langNames)
	a.complete(cmd, "platform", platformNames)
	return cmd
}

// jsonListed is a post in "list --json".
type jsonListed struct {
	Path      string        `json:"path"`
	ID        string        `json:"id"`
	Title     string        `json:"title"`
	Date      *time.Time    `json:"date"`
	Draft     bool          `json:"draft"`
	Stage     content.Stage `json:"stage"`
	Slug      string        `json:"slug"`
	Tags      []string      `json:"tags"`
	Lang      string        `json:"lang"`
	Platforms []string      `json:"platforms"`
	URL       string        `json:"url"`
	Out       []jsonOut     `json:"out"`
	Problems  []jsonProblem `json:"problems"`
}

// jsonOut is where a post went out. URL is "" where nobody knows it.
type jsonOut struct {
	Platform string    `json:"platform"`
	At       time.Time `json:"at"`
	URL      string    `json:"url"`
}

type jsonList struct {
	Version int          `json:"version"`
	Posts   []jsonListed `json:"posts"`
}

func (a *app) runList(cmd *cobra.Command, opts listOptions) error {
	o, err := a.loadQuietly(cmd.Context())
	if err != nil {
		return a.configErrors(o, err)
	}
	posts := o.Posts()
	kept := posts[:0:0]
	for _, p := range posts {
		if (opts.stage == "" || string(p.Stage) == opts.stage) &&
			(opts.lang == "" || p.Lang == opts.lang) &&
			(opts.platform == "" || contains(p.Platforms, opts.platform)) {
			kept = append(kept, p)
		}
	}
	if a.json {
		addresses, err := o.Addresses(cmd.Context())
		if err != nil {
			return err
		}
		doc := jsonList{1, []jsonListed{}}
		for _, p := range kept {
			doc.Posts = append(doc.Posts, a.listedJSON(p, addresses))
		}
		return a.printJSON(doc)
	}
	if len(posts) == 0 {
		a.printf("%s\n", a.words.Say("cli.list-empty", problem.Params{"dir": office.ContentDir + "/"}))
		return nil
	}
	a.printf("%s\n", a.count("cli.posts", len(kept)))
	for _, p := range kept {
		date := "          "
		if !p.Date.IsZero() {
			date = o.Zone.Date(p.Date).String()
		}
		mark, style := " ", term.Style("")
		if len(p.Out) > 0 {
			mark, style = "✓", term.Good
		}
		if problem.Errors(p.Problems) > 0 {
			mark, style = "!", term.Bad
		}
		title := words.Inert(p.Title)
		if title == "" {
			title = words.Inert(p.Path)
		}
		if a.screen.Width < narrow {
			a.printf("%s %s  %s  %s\n  %s\n", a.screen.Paint(style, mark), date, term.Fit(a.say("stage."+string(p.Stage)), 9),
				words.Inert(p.Lang), term.Cut(title, max(4, a.screen.Width-2)))
			continue
		}
		a.printf("%s %s  %s  %s  %s\n", a.screen.Paint(style, mark), date, term.Fit(a.say("stage."+string(p.Stage)), 9),
			term.Fit(words.Inert(p.Lang), 2), term.Cut(title, max(20, a.screen.Width-31)))
	}
	return nil
}

func (a *app) listedJSON(p office.Listed, addresses map[platform.Key]string) jsonListed {
	j := jsonListed{
		Path: p.Path, ID: p.ID, Title: p.Title, Draft: p.Draft, Stage: p.Stage, Slug: p.Slug,
		Tags: orEmpty(p.Tags), Lang: p.Lang, Platforms: orEmpty(p.Platforms), URL: p.URL, Out: []jsonOut{}, Problems: a.jsonProblems(p.Problems),
	}
	for _, x := range p.Out {
		j.Out = append(j.Out, jsonOut{x.Platform, x.At, addresses[x.Key]})
	}
	if !p.Date.IsZero() {
		j.Date = &p.Date
	}
	return j
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if strings.EqualFold(s, one) {
			return true
		}
	}
	return false
}
