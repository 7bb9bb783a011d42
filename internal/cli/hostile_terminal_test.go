package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/internal/need/hostile"
)

// TestHostile_nothingRawReachesTheTerminal: texts that a terminal would obey
// stand wherever a person can write one, and every command shows them as
// letters. What holds is in [does].
func TestHostile_nothingRawReachesTheTerminal(t *testing.T) {
	t.Parallel()
	quoted := func(s string) string { // as TOML has it
		var b strings.Builder
		for _, r := range strings.ToValidUTF8(s, "�") {
			fmt.Fprintf(&b, `\U%08X`, r)
		}
		return `"` + b.String() + `"`
	}
	all := hostile.Terminal()
	var calendar strings.Builder
	files := map[string]string{}
	for i, text := range all {
		q := quoted(text)
		short := quoted(text[:min(len(text), 40)])
		files[fmt.Sprintf("content/t%d.md", i)] = "+++\nid = \"t" + fmt.Sprint(i) + "\"\ntitle = " + q + "\nsummary = " + q + "\ntags = [" + q + "]\nauthors = [" + q + "]\nassignee = " + short + "\npillar = " + short +
			"\nseries = " + q + "\nimage = { src = " + q + ", alt = " + q + " }\ndate = 2026-11-0" + fmt.Sprint(2+i%7) + "\nstage = \"ready\"\nplatforms = [\"blog\", \"newsletter\"]\n[variants.newsletter]\ntext = " + q +
			"\n+++\n" + strings.ReplaceAll(text, "\x00", "") + " [" + text + "](" + text + ") ![" + text + "](<" + strings.ReplaceAll(text, "\n", "") + ">)\n\n<b title=\"" + text + "\">x</b>\n"
		// As a key, as a value of every wrong type, and raw.
		files[fmt.Sprintf("content/k%d.md", i)] = "+++\n" + short + " = 1\ntitel = " + q + "\nstage = " + short + "\nlang = " + short + "\nslug = " + q + "\nid = " + q + "\nplatforms = [" + short + "]\npriority = " + q +
			"\neffort = " + q + "\ndate = " + q + "\ncanonical = " + q + "\nrepeat = { every = " + q + " }\n[variants." + short + "]\ntext = 1\n+++\n"
		files[fmt.Sprintf("content/y%d.md", i)] = "---\ntitle: " + text + "\n" + text + ": [\n---\n"
		files[fmt.Sprintf("content/j%d.md", i)] = `{"title": "` + text + `", ` + text + "}\n"
		fmt.Fprintf(&calendar, "2026-12-01T0%d:00 %s %s#blog#1 pin # %s\n", i%10, strings.ReplaceAll(text[:min(len(text), 20)], "\n", ""), strings.ReplaceAll(text[:min(len(text), 20)], "\n", ""), strings.ReplaceAll(text, "\n", ""))
		if i == len(all)/2 {
			files["archetypes/"+fmt.Sprint(i)+".md"] = text
		}
	}
	dir := hostileOffice(t, files)
	broken := hostileOffice(t, map[string]string{"content/a.md": outPost("", "x\n"), "calendar.txt": calendar.String()})
	config := "site.title = " + quoted(strings.Join(all[:20], " ")) + "\n"
	for i, text := range all {
		config += "[platforms." + quoted(text[:min(len(text), 30)]) + "]\nkind = " + quoted(text) + "\nrole = " + quoted(text) + "\n" + fmt.Sprintf("rhythm.times = [%s]\n", quoted(text[:min(len(text), 30)])) +
			"[[people]]\nid = " + quoted(text) + fmt.Sprintf("\n%s = %d\n", quoted(text[:min(len(text), 30)]), i)
	}
	badConfig := hostileOffice(t, map[string]string{"config.toml": config})
	oddConfig := hostileOffice(t, map[string]string{"config.toml": "site.title = " + quoted(strings.Join(all[:30], " ")) + "\nsite.author = " + quoted(all[20]) + "\nplatforms.blog.role = " + quoted(all[1]) + "\n"})
	rawConfig := hostileOffice(t, map[string]string{"config.toml": strings.Join(all, "\n")})
	for _, dir := range []string{dir, broken, badConfig, oddConfig, rawConfig} {
		for _, args := range [][]string{
			{}, {"--json"}, {"list"}, {"list", "--json"}, {"check"}, {"check", "--json"}, {"plan"}, {"plan", "--json"}, {"config"}, {"config", "show"}, {"config", "--json"}, {"doctor"}, {"doctor", "--json"},
			{"why", "t1"}, {"why", "t20", "--json"}, {"preview", "t2"}, {"preview", "t20", "--json"}, {"preview", "t5", "--html", "-"}, {"build"}, {"build", "--json"}, {"__complete", "why", ""}, {"__complete", "list", "--platform", ""},
		} {
			does(t, dir, args...)
		}
	}
	for i := range all {
		does(t, dir, "preview", fmt.Sprintf("t%d", i))
		does(t, dir, "why", fmt.Sprintf("t%d", i))
	}
	// What is typed, by a person or by a program for them.
	for _, text := range all {
		if strings.Contains(text, "\x00") {
			continue // no argument can hold it
		}
		for _, args := range [][]string{
			{text}, {"list", text}, {"list", "--stage", text}, {"why", text}, {"preview", text}, {"move", text, text}, {"new", ""}, {"config", text}, {"--set", text}, {"--set", "site.title=" + text, "config"},
			{"--set", text + "=1", "check"}, {"plan", "--weeks", text}, {"--now", text, "list"}, {"-C", text, "list"}, {"preview", "t1", "--html", "/nowhere/" + text}, {"completion", text}, {"--" + text}, {"-" + text},
			{"__complete", "preview", text},
		} {
			does(t, oddConfig, args...)
		}
	}
	for i, text := range all {
		if !strings.Contains(text, "\x00") {
			does(t, oddConfig, "new", fmt.Sprint(i)+text)
		}
	}
	does(t, oddConfig, "list")
}
