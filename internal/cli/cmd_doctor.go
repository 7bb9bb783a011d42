package cli

import (
	"context"
	"maps"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/doctor"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// askTimeout is how long one platform may take to say how its account is.
const askTimeout = 30 * time.Second

func (a *app) newDoctor() *cobra.Command {
	online := false
	cmd := &cobra.Command{
		Use:     "doctor",
		Short:   a.say("start.doctor-short"),
		Long:    a.say("start.doctor-long"),
		Example: "  editorial doctor\n  editorial doctor --json\n  editorial doctor --online",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runDoctor(cmd, online) },
	}
	cmd.Flags().BoolVar(&online, "online", false, a.say("start.flag-online"))
	a.jsonFlag(cmd)
	return cmd
}

// jsonFinding is a check in "doctor --json".
type jsonFinding struct {
	Status   doctor.Status  `json:"status"`
	Code     string         `json:"code"`
	Params   problem.Params `json:"params,omitempty"`
	Sentence string         `json:"sentence"`
	Hint     string         `json:"hint,omitempty"`
}

type jsonDoctor struct {
	Version int           `json:"version"`
	Mend    int           `json:"mend"`
	Checks  []jsonFinding `json:"checks"`
}

func (a *app) runDoctor(cmd *cobra.Command, online bool) error {
	v := build()
	p := doctor.Patient{
		Dir: a.dir, Version: v.Editorial, Go: v.Go, Zones: v.Zones, HostZone: a.hostZone(),
		Width: a.screen.Width, Colour: a.screen.Colour, Lang: string(a.words.Lang()),
		Git: doctor.NewGit(a.dir, a.Environ), Free: doctor.Free,
	}
	var err error
	if p.Now, err = a.clock(civil.UTC()); err != nil {
		return err
	}
	o, err := a.loadQuietly(cmd.Context())
	if cmd.Context().Err() != nil {
		return err
	}
	p.Problems, p.Err = o.Problems, err
	if err == nil {
		p.Office, p.Now = o, o.Now
		if p.Connections, p.Identity, err = a.connectionsOf(cmd.Context(), o.Config, online); err != nil {
			return err
		}
	}
	findings := doctor.Examine(cmd.Context(), p)
	if a.json {
		err = a.printJSON(a.doctorJSON(findings))
	} else {
		a.printDoctor(findings)
	}
	if err == nil && doctor.Ill(findings) > 0 {
		return silent(ExitFound)
	}
	return err
}

// connectionsOf are those of the office; online lets the platforms themselves say
// how they are.
func (a *app) connectionsOf(ctx context.Context, c config.Config, online bool) ([]connections.State, string, error) {
	v, err := a.vault()
	if err != nil {
		return nil, "", err
	}
	id, err := a.identity()
	if err != nil {
		return nil, "", err
	}
	b := connections.Open(c, v, a.Environ)
	b.Dir = a.dir
	defer b.Via.CloseIdleConnections()
	states := b.States(ctx)
	if online { // mail servers and repositories can be asked, too
		for _, s := range b.Live(ctx) {
			if s.Way == "" {
				states = append(states, s)
			}
		}
	}
	for i := range states {
		if online {
			ctx, cancel := context.WithTimeout(ctx, askTimeout)
			b.Ask(ctx, &states[i])
			cancel()
		}
	}
	if online {
		a.settled(ctx, c, well(states, a.present())...)
	}
	return states, id.Path, nil
}

// well are the platforms that were asked, and of whose accounts there is nothing to
// see to.
func well(states []connections.State, now time.Time) (names []string) {
	for _, s := range states {
		if s.Standing != nil && len(doctor.Concerns(s, now)) == 0 {
			names = append(names, s.Platform)
		}
	}
	return names
}

func (a *app) doctorJSON(findings []doctor.Finding) jsonDoctor {
	doc := jsonDoctor{1, doctor.Ill(findings), []jsonFinding{}}
	for _, f := range findings {
		sentence, hint := a.finding(f)
		doc.Checks = append(doc.Checks, jsonFinding{f.Status, f.Code, f.Params, sentence, hint})
	}
	return doc
}

// finding words a finding, and what to do about it.
func (a *app) finding(f doctor.Finding) (sentence, hint string) {
	key := "doctor." + f.Code
	f.Params = a.worded(f.Params)
	if a.words.Has(key + "-hint") {
		hint = a.words.Say(key+"-hint", f.Params)
	}
	return a.words.Say(key, f.Params), hint
}

// worded are parameters of a finding as people of this language write them.
func (a *app) worded(params problem.Params) problem.Params {
	all := maps.Clone(params)
	if n, unit, ok := strings.Cut(params["free"], " "); ok && a.words.Has("doctor.size-"+unit) {
		all["free"] = a.words.Say("doctor.size-"+unit, problem.Params{"n": n})
	}
	if detail := params["detail"]; detail != "" {
		all["detail"] = a.sayAsked(detail)
	}
	return all
}

func (a *app) printDoctor(findings []doctor.Finding) {
	if n := doctor.Ill(findings); n > 0 {
		a.printf("%s\n", a.screen.Paint(term.Bad, a.count("doctor.ill", n)))
	} else {
		a.printf("%s\n", a.screen.Paint(term.Good, a.say("doctor.well")))
	}
	for _, f := range findings {
		mark, style := "✓", term.Good
		switch f.Status {
		case doctor.Note:
			mark, style = "·", term.Quiet
		case doctor.Mend:
			mark, style = "!", term.Bad
		}
		sentence, hint := a.finding(f)
		head := a.screen.Paint(style, mark+" "+term.Fit(a.say("doctor.status-"+string(f.Status)), a.statusWidth())) + " "
		indent := strings.Repeat(" ", a.statusWidth()+3)
		for i, line := range term.Wrap(sentence, a.screen.Width-len(indent), 0) {
			if i > 0 {
				head = indent
			}
			a.printf("%s%s\n", head, line)
		}
		if hint == "" {
			continue
		}
		for i, line := range term.Wrap(hint, a.screen.Width-len(indent)-term.Width(a.say("cli.hint"))-1, 0) {
			head := a.say("cli.hint") + " "
			if i > 0 {
				head = "      "
			}
			a.printf("%s%s%s\n", indent, head, line)
		}
	}
}

// statusWidth is that of the widest word for a status.
func (a *app) statusWidth() int {
	width := 0
	for _, s := range []doctor.Status{doctor.Well, doctor.Note, doctor.Mend} {
		width = max(width, term.Width(a.say("doctor.status-"+string(s))))
	}
	return width
}

// hostZone is the zone of the machine, as TZ or its own settings say, or "".
func (a *app) hostZone() string {
	name := strings.TrimPrefix(a.getenv("TZ"), ":")
	if name == "" {
		name, _ = os.Readlink("/etc/localtime") // "": no such link here
	}
	if _, after, ok := strings.Cut(name, "zoneinfo/"); ok {
		return after
	}
	if strings.HasPrefix(name, "/") {
		return ""
	}
	return name
}
