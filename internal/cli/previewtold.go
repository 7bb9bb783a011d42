package cli

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// shortLines is how many lines of one text stand among those of all platforms.
const shortLines = 16

// onPlatform checks the platform that was asked for.
func (a *app) onPlatform(o *office.Office, post *content.Post, name string) error {
	if name == "" {
		return nil
	}
	names := o.PlatformNames()
	if !slices.Contains(names, name) {
		return a.usage("cli.unknown-platform", problem.Params{"name": name, "near": problem.Nearest(name, names), "known": list(names)})
	}
	switch o.Config.Platforms[name].Kind {
	case config.KindBlog, config.KindRSS, config.KindNewsletter:
		return a.usage("preview.made-by-site", problem.Params{"platform": name, "post": post.Slug})
	}
	if !slices.Contains(o.GoesTo(post), name) {
		return a.usage("preview.not-there", problem.Params{"platform": name, "path": office.ContentDir + "/" + post.Path})
	}
	return nil
}

// printTold prints what a post says on its platforms; whole prints long texts to
// their end.
func (a *app) printTold(o *office.Office, all []office.Telling, whole bool) {
	for i, t := range all {
		if i > 0 {
			a.printf("\n")
		}
		a.printToldHead(o, t)
		n := len(t.Message.Parts)
		if t.Message.Title != "" {
			a.printFlow("    ", a.words.Say("preview.told-title", problem.Params{"title": words.Inert(t.Message.Title)}))
		}
		for j, part := range t.Message.Parts {
			count := a.toldCount(part)
			if n > 1 && count != "" {
				count = a.words.Say("preview.told-part", problem.Params{"i": strconv.Itoa(j + 1), "n": strconv.Itoa(n), "count": count})
			}
			style := term.Quiet
			if part.Limit > 0 && part.Count > part.Limit {
				style = term.Bad
			}
			if count != "" {
				a.printf("    %s\n", a.screen.Paint(style, count))
			}
			a.printToldText(t.Platform, part.Text, whole)
		}
		if t.Beside != "" {
			a.printFlow("    ", a.words.Say("preview.told-link", problem.Params{"url": words.Inert(t.Beside)}))
		}
		for _, m := range t.Message.Media {
			a.printToldFile(m)
		}
		if t.Message.FirstComment != "" {
			a.printFlow("    ", a.words.Say("preview.told-comment", problem.Params{"text": words.Inert(strings.Join(strings.Fields(t.Message.FirstComment), " "))}))
		}
		for _, p := range t.Problems {
			a.printf("%s\n", strings.Join(a.problemLines(a.screen, "    ", p), "\n"))
		}
	}
}

func (a *app) printToldHead(o *office.Office, t office.Telling) {
	head := a.words.Say("preview.told-unplanned", problem.Params{"platform": t.Platform})
	if !t.At.IsZero() {
		local := o.Zone.DateTime(t.At)
		head = a.words.Say("preview.told", problem.Params{"platform": t.Platform, "date": a.words.LongDate(local.Date), "time": local.Clock.String()})
	}
	for _, line := range flow(a.screen, "  ", head) {
		a.printf("%s\n", a.screen.Paint(term.Title, line))
	}
	switch {
	case t.Sent && t.Out.IsZero():
		a.printFlow("    ", a.say("preview.told-sending"))
	case t.Sent:
		local := o.Zone.DateTime(t.Out)
		a.printFlow("    ", a.words.Say("preview.told-sent", problem.Params{"date": a.words.LongDate(local.Date), "time": local.Clock.String()}))
	case t.Hold != "":
		a.printTitled(term.Bad, a.words.Say("preview.told-hold", problem.Params{"why": a.words.Say("delivery.reason-"+string(t.Hold), problem.Params{"platform": t.Platform})}))
	case t.Held:
		a.printTitled(term.Bad, a.say("preview.told-held"))
	}
	if t.Changed {
		a.printTitled(term.Caution, a.say("preview.told-changed"))
	}
}

// printTitled prints a note below the head of a platform.
func (a *app) printTitled(style term.Style, text string) {
	for _, line := range flow(a.screen, "    ", text) {
		a.printf("%s\n", a.screen.Paint(style, line))
	}
}

// toldCount is how long a text is, as its platform counts; "" where it does not.
func (a *app) toldCount(p platform.Part) string {
	if p.Unit == "" {
		return ""
	}
	key, params := "preview.told-count", problem.Params{"n": strconv.Itoa(p.Count), "limit": strconv.Itoa(p.Limit), "unit": a.say("preview.unit-" + p.Unit)}
	if p.Limit == 0 {
		key = "preview.told-length"
	}
	return a.words.Say(key, params)
}

func (a *app) printToldText(name, text string, whole bool) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	more := 0
	if !whole && len(lines) > shortLines+2 {
		more = len(lines) - shortLines
		lines = lines[:shortLines]
	}
	for _, line := range lines {
		shown := []string{words.Inert(line)}
		if a.screen.Terminal && strings.TrimSpace(line) != "" {
			shown = term.Flow(shown[0], max(20, a.screen.Width-6))
		}
		for _, l := range shown {
			a.printf("%s\n", strings.TrimRight("      "+l, " "))
		}
	}
	if more > 0 {
		a.printFlow("      ", a.words.Say("preview.told-more", problem.Params{"n": strconv.Itoa(more), "platform": name}))
	}
}

func (a *app) printToldFile(m platform.Media) {
	facts := []string{words.Inert(m.Type)}
	if m.Width > 0 {
		facts = append(facts, strconv.Itoa(m.Width)+" × "+strconv.Itoa(m.Height))
	}
	if m.Seconds > 0 {
		facts = append(facts, a.words.Say("preview.told-seconds", problem.Params{"n": strconv.Itoa(m.Seconds)}))
	}
	facts = append(facts, a.words.Size(m.Bytes))
	text := a.words.Say("preview.told-file", problem.Params{"file": words.Inert(m.Path), "facts": strings.Join(facts, ", ")})
	if m.Alt == "" {
		a.printNoted("  "+text, term.Caution, a.say("preview.no-alt"))
		return
	}
	a.printFlow("    ", text+": "+words.Inert(m.Alt))
}

type jsonTold struct {
	Platform string        `json:"platform"`
	Kind     config.Kind   `json:"kind"`
	At       *time.Time    `json:"at"`
	Held     bool          `json:"held"`
	Hold     *jsonHold     `json:"hold,omitempty"`
	Sent     bool          `json:"sent"`
	Out      *time.Time    `json:"out,omitempty"`
	Changed  bool          `json:"changed"`
	Beside   string        `json:"link_beside,omitempty"`
	Message  any           `json:"message"`
	Sum      string        `json:"sum"`
	Problems []jsonProblem `json:"problems"`
}

type jsonHold struct {
	Reason journal.Reason `json:"reason"`
	Detail string         `json:"detail,omitempty"`
	Until  *time.Time     `json:"until,omitempty"`
}

func (a *app) toldJSON(all []office.Telling) []jsonTold {
	told := []jsonTold{}
	for _, t := range all {
		x := jsonTold{Platform: t.Platform, Kind: t.Kind, Held: t.Held, Sent: t.Sent, Changed: t.Changed, Beside: t.Beside, Sum: t.Sum, Problems: a.jsonProblems(t.Problems)}
		if t.Frozen != nil {
			x.Message = json.RawMessage(t.Frozen)
		}
		if !t.At.IsZero() {
			x.At = &t.At
		}
		if !t.Out.IsZero() {
			x.Out = &t.Out
		}
		if t.Hold != "" {
			x.Hold = &jsonHold{Reason: t.Hold, Detail: t.Detail}
			if !t.Again.IsZero() {
				x.Hold.Until = &t.Again
			}
		}
		told = append(told, x)
	}
	return told
}
