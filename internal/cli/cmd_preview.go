package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

type previewOptions struct {
	html     string
	open     bool
	platform string
}

func (a *app) newPreview() *cobra.Command {
	var opts previewOptions
	cmd := &cobra.Command{
		Use:     "preview POST",
		Short:   a.say("preview.short"),
		Long:    a.say("preview.long"),
		Example: "  editorial preview freins-avant-l-hiver\n  editorial preview freins-avant-l-hiver --open\n  editorial preview freins-avant-l-hiver --platform mastodon\n  editorial preview freins-avant-l-hiver --html page.html",
		Args:    a.args(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runPreview(cmd.Context(), args[0], opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.html, "html", "", a.say("preview.flag-html"))
	flags.BoolVar(&opts.open, "open", false, a.say("preview.flag-open"))
	flags.StringVar(&opts.platform, "platform", "", a.say("preview.flag-platform"))
	a.jsonFlag(cmd)
	a.complete(cmd, "platform", (*office.Office).PlatformNames)
	return cmd
}

func (a *app) runPreview(ctx context.Context, name string, opts previewOptions) error {
	if opts.html == "-" && (a.json || opts.open) {
		return a.usage("preview.one-output", nil)
	}
	o, err := a.loadQuietly(ctx)
	if err != nil {
		return a.configErrors(o, err)
	}
	post, err := a.find(o, name)
	if err != nil {
		return err
	}
	if err := a.onPlatform(o, post, opts.platform); err != nil {
		return err
	}
	plan := o.Propose()
	v, err := o.Preview(ctx, plan, post)
	if errors.Is(err, office.ErrNoPage) {
		return a.usage("preview.edition", problem.Params{"path": office.ContentDir + "/" + post.Path, "date": a.words.Date(post.Edition)})
	}
	if err != nil {
		return err
	}
	if opts.html != "" || opts.open {
		if err := a.previewPage(ctx, o, v, opts); err != nil || opts.html == "-" {
			return err
		}
	}
	if !a.json && opts.html != "" {
		return nil
	}
	told, err := o.Tell(ctx, plan, post, opts.platform)
	if err != nil {
		return err
	}
	switch {
	case a.json:
		doc := a.previewJSON(v)
		doc.Platforms = a.toldJSON(told)
		return a.printJSON(doc)
	case opts.platform != "":
		a.printTold(o, told, true)
	default:
		a.printPreview(o, v, told)
	}
	return nil
}

// previewPage writes the page, and shows it where it was asked to.
func (a *app) previewPage(ctx context.Context, o *office.Office, v *office.Preview, opts previewOptions) error {
	page, err := o.Page(v, o.OnDisk())
	if errors.Is(err, office.ErrNoPage) {
		a.problems(v.Problems)
		a.fail(a.words.Say("preview.no-page", problem.Params{"path": office.ContentDir + "/" + v.Post.Path}), "")
		return silent(ExitFound)
	}
	if err != nil {
		return err
	}
	file := opts.html
	switch file {
	case "-":
		_, err = a.Out.Write(page)
		return err
	case "":
		below, err := o.WritePreview(v.Post, page)
		if err != nil {
			return err
		}
		file = filepath.Join(o.Dir, filepath.FromSlash(below))
	default:
		if err := office.WritePage(file, page); err != nil {
			return err
		}
	}
	fmt.Fprintln(a.Err, a.words.Say("preview.written", problem.Params{"file": file}))
	if opts.open {
		a.open(ctx, file)
	}
	return nil
}

func (a *app) printPreview(o *office.Office, v *office.Preview, told []office.Telling) {
	for _, line := range flow(a.screen, "", words.Inert(v.Title)) {
		a.printf("%s\n", a.screen.Paint(term.Title, line))
	}
	a.printFlow("", a.previewVerdict(o, v))
	if v.Summary != "" {
		a.printf("\n")
		for _, line := range term.Wrap(words.Inert(v.Summary), min(a.screen.Width, 80)-2, 0) {
			a.printf("  %s\n", line)
		}
	}
	a.section("preview.where")
	if v.Paged {
		a.printFlow("  ", a.words.Say("preview.page", problem.Params{"url": v.Entry.URL}))
	}
	if len(v.Feeds) > 0 {
		a.printFlow("  ", a.words.Say("preview.feeds", problem.Params{"feeds": list(v.Feeds)}))
	}
	for _, x := range v.Placements {
		local := o.Zone.DateTime(x.At)
		a.printFlow("  ", a.words.Say("why.placed", problem.Params{
			"platform": x.Platform, "date": a.words.LongDate(local.Date), "time": local.Clock.String(), "state": a.say("plan.state-" + string(stateTold(x, told))),
		}))
		elsewhere := slices.ContainsFunc(told, func(t office.Telling) bool { return t.Platform == x.Platform })
		if text := v.Post.Variants[x.Platform].Text; text != "" && !elsewhere {
			for _, line := range term.Wrap(words.Inert(text), min(a.screen.Width, 80)-4, 0) {
				a.printf("    %s\n", line)
			}
		}
	}
	for _, l := range v.Left {
		a.printFlow("  ", a.words.Say("preview.left", problem.Params{"platform": l.Key.Platform}))
	}
	if len(told) > 0 {
		a.section("preview.platforms")
		a.printTold(o, told, false)
	}
	if v.Text != "" {
		a.section("preview.text")
		for line := range strings.SplitSeq(strings.TrimRight(v.Text, "\n"), "\n") {
			a.printText(words.Inert(line))
		}
	}
	a.printReferences(v)
	if len(v.Problems) > 0 {
		a.section("preview.problems")
		for _, p := range v.Problems {
			a.printf("%s\n", strings.Join(a.problemLines(a.screen, "  ", p), "\n"))
		}
	}
	a.next("editorial preview " + words.Inert(v.Post.Slug) + " --open")
}

// stateTold is the state of a placement: one that is due is held where something
// holds it.
func stateTold(x office.Placement, told []office.Telling) office.State {
	held := slices.ContainsFunc(told, func(t office.Telling) bool { return t.Platform == x.Platform && t.At.Equal(x.At) && t.Held })
	if x.State == office.StateDue && held {
		return office.StateHeld
	}
	return x.State
}

// section prints a heading.
func (a *app) section(key string) { a.printf("\n%s\n", a.screen.Paint(term.Title, a.say(key))) }

// previewVerdict says how the post stands, and how long it is.
func (a *app) previewVerdict(o *office.Office, v *office.Preview) string {
	key := "preview.unplanned"
	switch {
	case v.Post.HasErrors():
		key = "preview.held"
	case v.Out:
		key = "preview.out"
	case v.Planned:
		key = "preview.planned"
	}
	local := o.Zone.DateTime(v.Entry.Published)
	return a.words.Say(key, problem.Params{
		"stage": a.say("stage." + string(cmp.Or(v.Post.Stage, content.Draft))), "date": a.words.LongDate(local.Date), "time": local.Clock.String(),
		"words": a.count("preview.words", v.Words), "minutes": strconv.Itoa(v.Minutes),
	})
}

// printText prints a line of the body: it goes on below its first letter, or a
// little further right in a list.
func (a *app) printText(line string) {
	text := strings.TrimLeft(line, " ")
	indent := "  " + line[:len(line)-len(text)]
	if !a.screen.Terminal || term.Width(indent+text) <= a.screen.Width || strings.HasPrefix(text, "- ") || text[0] >= '0' && text[0] <= '9' {
		a.printf("%s\n", strings.TrimRight(strings.Join(flow(a.screen, indent, text), "\n"), " "))
		return
	}
	for _, part := range term.Flow(text, a.screen.Width-len(indent)) {
		a.printf("%s%s\n", indent, part)
	}
}

// printReferences lists the links and the pictures.
func (a *app) printReferences(v *office.Preview) {
	if len(v.Links) > 0 {
		a.section("preview.links")
		for _, l := range v.Links {
			note := ""
			if l.URL == "" {
				note = a.say("preview.nowhere")
			}
			a.printNoted(fmt.Sprintf("%d: %s → %s", l.Line, cmp.Or(words.Inert(l.Text), "—"), words.Inert(cmp.Or(l.URL, l.Dest))), term.Caution, note)
		}
	}
	if len(v.Images) > 0 {
		a.section("preview.images")
		for _, i := range v.Images {
			text, style, note := words.Inert(i.Src)+":", term.Caution, a.say("preview.no-alt")
			if i.Alt != "" {
				text, note = text+" "+words.Inert(i.Alt), ""
			}
			if i.Missing {
				style, note = term.Bad, strings.TrimSpace(note+" "+a.say("preview.missing"))
			}
			a.printNoted(text, style, note)
		}
	}
}

// printNoted prints a row and what is wrong with it, below where there is no
// room.
func (a *app) printNoted(text string, style term.Style, note string) {
	lines := flow(a.screen, "  ", text)
	if last := len(lines) - 1; note != "" {
		if a.screen.Terminal && term.Width(lines[last]+" "+note) > a.screen.Width {
			lines = append(lines, "    "+a.screen.Paint(style, note))
		} else {
			lines[last] += " " + a.screen.Paint(style, note)
		}
	}
	a.printf("%s\n", strings.Join(lines, "\n"))
}

// JSON shape; docs/json.md is its reference.

type jsonPreview struct {
	Version    int                `json:"version"`
	Post       *jsonPost          `json:"post"`
	Title      string             `json:"title"`
	Summary    string             `json:"summary"`
	URL        string             `json:"url"`
	Date       time.Time          `json:"date"`
	Out        bool               `json:"out"`
	Planned    bool               `json:"planned"`
	Words      int                `json:"words"`
	Minutes    int                `json:"minutes"`
	Text       string             `json:"text"`
	Feeds      []string           `json:"feeds"`
	Placements []jsonPreviewPlace `json:"placements"`
	Links      []jsonPreviewLink  `json:"links"`
	Images     []jsonPreviewImage `json:"images"`
	Platforms  []jsonTold         `json:"platforms"`
	Problems   []jsonProblem      `json:"problems"`
}

type jsonPreviewPlace struct {
	Key      string       `json:"key"`
	Platform string       `json:"platform"`
	At       time.Time    `json:"at"`
	State    office.State `json:"state"`
}

type jsonPreviewLink struct {
	Text string `json:"text"`
	Dest string `json:"dest"`
	URL  string `json:"url"`
	Line int    `json:"line"`
}

type jsonPreviewImage struct {
	Src     string `json:"src"`
	Alt     string `json:"alt"`
	Line    int    `json:"line,omitempty"`
	Missing bool   `json:"missing"`
}

func (a *app) previewJSON(v *office.Preview) jsonPreview {
	doc := jsonPreview{
		Version: 1, Post: postJSON(v.Post), Title: v.Title, Summary: v.Summary, URL: v.Entry.URL, Date: v.Entry.Published,
		Out: v.Out, Planned: v.Planned, Words: v.Words, Minutes: v.Minutes, Text: v.Text, Feeds: append([]string{}, v.Feeds...),
		Placements: []jsonPreviewPlace{}, Links: []jsonPreviewLink{}, Images: []jsonPreviewImage{}, Problems: a.jsonProblems(v.Problems),
	}
	if !v.Paged {
		doc.URL = ""
	}
	for _, x := range v.Placements {
		doc.Placements = append(doc.Placements, jsonPreviewPlace{x.Key.String(), x.Platform, x.At, x.State})
	}
	for _, l := range v.Links {
		doc.Links = append(doc.Links, jsonPreviewLink{l.Text, l.Dest, l.URL, l.Line})
	}
	for _, i := range v.Images {
		doc.Images = append(doc.Images, jsonPreviewImage(i))
	}
	return doc
}
