package cli

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newInit() *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:     "init [" + a.say("start.value-dir") + "]",
		Short:   a.say("start.init-short"),
		Long:    a.say("start.init-long"),
		Example: a.say("start.init-example"),
		Args:    a.args(0, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.runInit(strings.Join(args, ""), lang) },
	}
	cmd.Flags().StringVar(&lang, "lang", "", a.say("start.flag-model-lang"))
	_ = cmd.RegisterFlagCompletionFunc("lang", fixed("fr", "en"))
	return cmd
}

func (a *app) runInit(name, lang string) error {
	model := a.words.Lang()
	if lang != "" {
		l, ok := words.Parse(lang)
		if !ok {
			return a.usage("start.init-lang", problem.Params{"value": lang})
		}
		model = l
	}
	dir := name
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(a.dir, name)
	}
	b, err := office.Begin(dir, model, a.clock)
	if err != nil {
		return err
	}
	a.printBegun(b, dir)
	command := "editorial plan"
	if dir != "." {
		command = "cd " + shellWord(dir) + " && " + command
	}
	a.next(command)
	return nil
}

func (a *app) printBegun(b office.Begun, dir string) {
	where := words.Inert(filepath.ToSlash(dir))
	if b.Exists {
		a.printf("%s\n", a.words.Say("start.init-exists", problem.Params{"dir": where}))
		return
	}
	posts, pictures := 0, 0
	var others []string
	for _, name := range b.Created {
		switch {
		case strings.HasSuffix(name, ".md") && strings.HasPrefix(name, office.ContentDir+"/"):
			posts++
		case strings.HasPrefix(name, office.ContentDir+"/"):
			pictures++
		default:
			others = append(others, name)
		}
	}
	a.printf("%s\n", a.screen.Paint(term.Good, a.words.Say("start.init-done", problem.Params{"n": strconv.Itoa(len(b.Created)), "dir": where})))
	line := func(name, what string) {
		a.printf("  %s %s\n", term.Fit(name, 13), what)
	}
	if posts+pictures > 0 {
		line(office.ContentDir+"/", a.words.Say("start.init-content", problem.Params{
			"posts": a.count("start.posts", posts), "pictures": a.count("start.pictures", pictures),
		}))
	}
	for _, name := range []string{"config.toml", "charte.md", "charter.md", "crise.md", "crisis.md", "README.md", ".gitignore"} {
		for _, created := range others {
			if created == name {
				line(name, a.say("start.file-"+strings.Trim(strings.ToLower(strings.TrimSuffix(name, ".md")), ".")))
			}
		}
	}
	if len(b.Kept) > 0 {
		a.printf("%s\n", a.words.Say("start.init-kept", problem.Params{"files": list(b.Kept)}))
	}
	if b.Posts != "" {
		key := "start.init-posts"
		if b.Posts != office.ContentDir {
			key = "start.init-posts-elsewhere"
		}
		a.printf("%s\n", a.words.Say(key, problem.Params{"dir": b.Posts + "/"}))
	}
	if len(b.Unignored) > 0 {
		a.printf("%s\n", a.words.Say("start.init-ignore", problem.Params{"lines": strings.Join(b.Unignored, " ")}))
	}
}

// shellWord returns s as one word of a shell's command line.
func shellWord(s string) string {
	s = filepath.ToSlash(words.Inert(s))
	plain := !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./+:@%", r) || r > 0x7f)
	})
	if strings.HasPrefix(s, "-") {
		s = "./" + s
	}
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
