package cli_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"editorial/internal/cli"
)

// TestHelp_everyCommandHasWordsAndAnExampleInBothLanguages asks each command
// that the help lists for its own help, and theirs.
func TestHelp_everyCommandHasWordsAndAnExampleInBothLanguages(t *testing.T) {
	t.Parallel()
	listed := regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)
	// A key that has no words is shown as it stands: "cli.plan-short".
	bare := regexp.MustCompile(`\b(cli|start|doctor|plan|config)\.[a-z]+-[a-z-]+`)
	for lang, w := range map[string]struct{ commands, examples, flags string }{
		"en": {"Commands:\n", "Examples:\n", "Flags:\n"}, "fr": {"Commandes :\n", "Exemples :\n", "Options :\n"},
	} {
		help := func(args ...string) string {
			var out, errs bytes.Buffer
			code := cli.Main(context.Background(), cli.Env{
				Args: append(args, "--help"), Out: &out, Err: &errs, In: strings.NewReader(""),
				Environ: []string{"EDITORIAL_LANG=" + lang}, Now: func() time.Time { return time.Time{} },
			})
			if code != 0 || errs.Len() > 0 {
				t.Errorf("%s %v: exit %d, %s", lang, args, code, &errs)
			}
			return out.String()
		}
		names := func(text string) []string {
			_, block, _ := strings.Cut(text, w.commands)
			block, _, _ = strings.Cut(block, "\n\n")
			var all []string
			for _, m := range listed.FindAllStringSubmatch(block, -1) {
				all = append(all, m[1])
			}
			return all
		}
		top := names(help())
		if len(top) < 9 {
			t.Fatalf("%s: the test sees %v", lang, top)
		}
		asked := 0
		var ask func(path ...string)
		ask = func(path ...string) {
			asked++
			text := help(path...)
			_, examples, ok := strings.Cut(text, w.examples)
			if !ok || !strings.Contains(examples, "editorial ") {
				t.Errorf("%s: %v has no example", lang, path)
			}
			if m := bare.FindString(text); m != "" && m != "config.toml" {
				t.Errorf("%s: %v: %s has no words", lang, path, m)
			}
			for _, sub := range names(text) {
				ask(append(path, sub)...)
			}
		}
		for _, name := range top {
			ask(name)
		}
		if asked < len(top)+2 {
			t.Errorf("%s: only %d helps", lang, asked)
		}
	}
}
