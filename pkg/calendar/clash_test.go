package calendar_test

import (
	"strings"
	"testing"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// Every break of a rule inside the fixed part is told once, at the line that
// fixes the later placement, and names the other side.
func TestClashes_nameBothSides(t *testing.T) {
	t.Parallel()
	pin := func(o *office, id, when string) *calendar.Post {
		p := o.post(id, "blog")
		p.Pin = o.moment(when)
		return p
	}
	for _, tt := range []struct {
		name  string
		build func(*office, *calendar.Platform)
		want  []string
	}{
		{"blackout", func(o *office, _ *calendar.Platform) {
			o.Closed.Days = []rhythm.Day{{Date: civil.Date{Year: 2026, Month: 10, Day: 20}, Name: "inventory"}}
			pin(o, "a", "2026-10-20 09:00")
		}, []string{"a.md clash-blackout inventory"}},
		{"quiet hours", func(o *office, _ *calendar.Platform) {
			o.Closed.Quiet = []rhythm.Quiet{{From: civil.Clock{Hour: 21}, To: civil.Clock{Hour: 7}}}
			pin(o, "a", "2026-10-20 06:59")
			pin(o, "b", "2026-10-20 07:00")
		}, []string{"a.md clash-quiet"}},
		{"one slot", func(o *office, _ *calendar.Platform) {
			pin(o, "a", "2026-10-20 09:00")
			pin(o, "b", "2026-10-20 09:00")
		}, []string{"b.md clash-slot A A, B"}},
		{"an edition too full", func(o *office, p *calendar.Platform) {
			p.Edition = &calendar.Edition{Min: 1, Max: 2}
			for _, id := range []string{"a", "b", "c"} {
				pin(o, id, "2026-10-20 09:00")
			}
		}, []string{"c.md clash-slot A A, B, C"}},
		{"an edition too small", func(o *office, p *calendar.Platform) {
			p.Edition = &calendar.Edition{Min: 3, Max: 5}
			pin(o, "a", "2026-10-20 09:00")
			pin(o, "b", "2026-10-20 09:00")
		}, []string{"b.md clash-edition A, B"}},
		{"many for a cap", func(o *office, p *calendar.Platform) {
			p.CapWeek = 1
			for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
				pin(o, id, "2026-10-2"+string(rune('0'+i))+" 09:00")
			}
		}, []string{"f.md clash-cap-week A, B, C, …, F"}},
		{"hours that nobody has", func(o *office, _ *calendar.Platform) {
			o.People = []calendar.Person{{Name: "q", Minutes: 100}}
			p := pin(o, "a", "2026-10-20 09:00")
			p.Ready, p.Need = false, map[string]int{"": 150}
		}, []string{"a.md clash-capacity-team A 50m"}},
		{"gap", func(o *office, p *calendar.Platform) {
			p.Gap = 60
			pin(o, "a", "2026-10-20 09:00")
			pin(o, "b", "2026-10-20 09:59")
			pin(o, "c", "2026-10-20 10:59")
		}, []string{"b.md clash-gap A"}},
		{"a gap to what is out", func(o *office, p *calendar.Platform) {
			p.Gap = 24 * 60
			o.post("out", "blog")
			o.outcome("out", "blog", "2026-10-19 07:00", calendar.StatePublished)
			pin(o, "a", "2026-10-19 18:00")
		}, []string{"a.md clash-gap OUT"}},
		{"gaps of the past are nobody's", func(o *office, p *calendar.Platform) {
			p.Gap, p.CapDay = 24*60, 1
			o.post("out", "blog")
			o.post("out2", "blog")
			o.outcome("out", "blog", "2026-10-19 07:00", calendar.StatePublished)
			o.outcome("out2", "blog", "2026-10-19 06:00", calendar.StatePublished)
		}, nil},
		{"spread", func(o *office, p *calendar.Platform) {
			p.Spread = 24 * 60
			pin(o, "a", "2026-10-20 09:00").Pillar = "craft"
			pin(o, "b", "2026-10-20 12:00").Pillar = "town"
			pin(o, "c", "2026-10-20 18:00").Pillar = "craft"
		}, []string{"c.md clash-spread A"}},
		{"caps", func(o *office, p *calendar.Platform) {
			p.CapDay, p.CapWeek = 1, 2
			pin(o, "a", "2026-10-20 09:00")
			pin(o, "b", "2026-10-20 18:00")
			pin(o, "c", "2026-10-25 23:59")
			pin(o, "d", "2026-10-26 00:00")
		}, []string{"b.md clash-cap-day A, B", "c.md clash-cap-week A, B, C"}},
		{"mix", func(o *office, p *calendar.Platform) {
			p.Mix = []calendar.Mix{{Intent: "promote", Max: 300}}
			pin(o, "a", "2026-10-20 09:00").Intent = "promote"
			pin(o, "b", "2026-10-21 09:00").Intent = "promote"
		}, []string{"b.md clash-mix-max A, B"}},
		{"a share that the plan puts right", func(o *office, p *calendar.Platform) {
			p.Mix = []calendar.Mix{{Intent: "talk", Min: 400, Max: 1000}}
			for _, day := range []string{"20", "21", "22"} {
				pin(o, "a"+day, "2026-10-"+day+" 11:00")
			}
			o.post("talk", "blog").Intent = "talk"
		}, nil},
		{"a share that nothing puts right", func(o *office, p *calendar.Platform) {
			p.Mix = []calendar.Mix{{Intent: "talk", Min: 400, Max: 1000}}
			for _, day := range []string{"20", "21", "22"} {
				pin(o, "a"+day, "2026-10-"+day+" 11:00")
			}
		}, []string{"a22.md clash-mix-min A20, A21, A22"}},
		{"hours", func(o *office, _ *calendar.Platform) {
			o.People = []calendar.Person{{Name: "q", Minutes: 100}}
			p := pin(o, "a", "2026-10-20 09:00")
			p.Ready, p.Need = false, map[string]int{"q": 150}
		}, []string{"a.md clash-capacity A 50m", "a.md clash-capacity-team A 50m"}},
		{"order", func(o *office, _ *calendar.Platform) {
			x := o.platform("x", "tue 09:00")
			x.DerivesFrom, x.Lag = "blog", civil.Span{Minutes: 60}
			p := o.post("a", "blog x")
			p.Pin = o.moment("2026-10-20 09:00")
			o.agree("a", "x", "2026-10-20 09:59", true)
		}, []string{"calendar.txt:1 clash-order A"}},
		{"a leader that is held", func(o *office, _ *calendar.Platform) {
			o.platform("x", "tue 09:00").DerivesFrom = "blog"
			o.post("a", "blog x")
			o.outcome("a", "blog", "2026-10-18 09:00", calendar.StateHeld)
			o.agree("a", "x", "2026-10-21 09:00", true)
		}, []string{"calendar.txt:1 clash-held A"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.platform("blog", "tue 09:00", "thu 10:00")
			tt.build(o, &o.Platforms[0])
			o.finds(tt.want...)
		})
	}
}

func TestExplain_saysWhatStandsInTheWay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Weeks = 1
	p := o.platform("blog", "tue 09:00", "wed 09:00", "thu 10:00", "fri 09:00")
	p.CapWeek, p.Gap = 2, 24*60
	o.People = []calendar.Person{{Name: "q", Minutes: 600}}
	o.post("fixed", "blog").Pin = o.moment("2026-10-21 09:30")
	o.post("first", "blog").Priority = 5
	late := o.post("late", "blog")
	late.Embargo = o.moment("2026-10-22")
	work := o.post("work", "blog")
	work.Ready, work.Need = false, map[string]int{"q": 700}
	inst, _ := calendar.Expand(o.Input)
	plan := calendar.Make(inst)
	say := calendar.NewExplainer(&inst, plan)
	rules := func(id string) string {
		var all []string
		for i, it := range inst.Items {
			if it.Key.Post != id {
				continue
			}
			for _, r := range say.Explain(i) {
				text := inst.Time(inst.Slots[r.Slot].At).In(o.Zone.Location()).Format("Mon15:04") + "=" + string(r.Block.Rule)
				switch {
				case r.Block.Item >= 0:
					text += ":" + inst.Items[r.Block.Item].Key.Post
				case r.Block.Fixed >= 0:
					text += ":" + inst.Fixed[r.Block.Fixed].Key.Post
				case r.Block.Rule == calendar.RuleClosed:
					text += ":" + string(r.Block.Limit.Code)
				}
				all = append(all, text)
			}
		}
		return strings.Join(all, " ")
	}
	for id, want := range map[string]string{
		// Tuesday 09:00 is 24.5 hours from the pin, Wednesday half an hour, the
		// pin's own slot is taken; two a week are the pin and "first".
		"late":  "Tue09:00=closed:embargo Wed09:00=closed:embargo Wed09:30=closed:embargo Thu10:00=cap:first Fri09:00=cap:first",
		"first": "Tue09:00= Wed09:00=gap:fixed Wed09:30=full:fixed Thu10:00= Fri09:00=",
		"work":  "Tue09:00=full:first Wed09:00=cap:first Wed09:30=full:fixed Thu10:00=cap:first Fri09:00=cap:first",
	} {
		if got := rules(id); got != want {
			t.Errorf("%s:\n got %s\nwant %s", id, got, want)
		}
	}
}
