package cli

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// importShown is how many posts, files and addresses a screen lists; --json
// lists all.
const importShown = 20

func (a *app) newImport() *cobra.Command {
	var wish office.ImportWish
	cmd := &cobra.Command{
		Use:     "import " + a.say("import.value-path"),
		Short:   a.say("import.short"),
		Long:    a.say("import.long"),
		Example: a.say("import.example"),
		Args:    a.args(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 { // "import hugo FOLDER", as some type it
				wish.From, args = args[0], args[1:]
			}
			wish.Path = args[0]
			return a.runImport(cmd, wish)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 1 || len(args) == 1 && !slices.Contains(office.ImportKinds(), args[0]) {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault // files and folders
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&wish.From, "from", "", a.words.Say("import.flag-from", problem.Params{"known": list(office.ImportKinds())}))
	flags.BoolVar(&wish.Pages, "pages", false, a.say("import.flag-pages"))
	flags.BoolVar(&wish.DryRun, "dry-run", false, a.say("import.flag-dry-run"))
	_ = cmd.RegisterFlagCompletionFunc("from", fixed(office.ImportKinds()...))
	a.jsonFlag(cmd)
	return cmd
}

// jsonImport is "import --json".
type jsonImport struct {
	Version  int              `json:"version"`
	From     string           `json:"from"`
	DryRun   bool             `json:"dry_run"`
	Known    int              `json:"known"`
	Posts    []jsonImportPost `json:"posts"`
	Files    []string         `json:"files"`
	Media    []string         `json:"media"`
	Problems []jsonProblem    `json:"problems"`
}

type jsonImportPost struct {
	Path  string        `json:"path"` // below the office
	ID    string        `json:"id"`
	GUID  string        `json:"guid"`
	Title string        `json:"title"`
	Slug  string        `json:"slug"`
	Stage content.Stage `json:"stage"`
	Alias string        `json:"alias,omitempty"`
	File  string        `json:"file"`
	Line  int           `json:"line,omitempty"`
}

func (a *app) runImport(cmd *cobra.Command, wish office.ImportWish) error {
	if wish.From == "wordpress.xml" || wish.From == "feed.xml" {
		wish.From = strings.TrimSuffix(wish.From, ".xml")
	}
	if kinds := office.ImportKinds(); wish.From != "" && !slices.Contains(kinds, wish.From) {
		return a.usage("import.bad-from", problem.Params{"value": wish.From, "known": list(kinds)})
	}
	o, err := a.loadQuietly(cmd.Context())
	if err != nil {
		return a.configErrors(o, err)
	}
	done, err := o.Import(cmd.Context(), wish)
	var unknown office.ImportUnknownError
	var large office.ImportTooLargeError
	var missing office.ImportMissingError
	switch {
	case errors.As(err, &missing):
		return a.usage("import.missing", problem.Params{"path": missing.Path})
	case errors.Is(err, office.ErrImportSelf):
		return a.usage("import.self", nil)
	case errors.As(err, &unknown) && unknown.From != "":
		return a.usage("import.not-from", problem.Params{"path": unknown.Path, "from": unknown.From})
	case errors.As(err, &unknown):
		return a.usage("import.unknown", problem.Params{"path": unknown.Path})
	case errors.As(err, &large):
		return a.usage("import.too-large", problem.Params{"path": large.Path})
	case err != nil && len(done.Posts) == 0:
		return err
	}
	if a.json {
		err = errors.Join(err, a.printJSON(a.importJSON(done, wish.DryRun)))
	} else {
		a.printImport(done, wish)
	}
	if err == nil && problem.Errors(done.Problems) > 0 {
		return silent(ExitFound)
	}
	return err
}

func (a *app) importJSON(done office.Imported, dry bool) jsonImport {
	doc := jsonImport{
		Version: 1, From: done.Kind, DryRun: dry, Known: done.Known, Posts: []jsonImportPost{},
		Files: append([]string{}, done.Files...), Media: append([]string{}, done.Media...), Problems: a.jsonProblems(done.Problems),
	}
	for _, p := range done.Posts {
		doc.Posts = append(doc.Posts, jsonImportPost{p.Path, p.ID, p.GUID, p.Title, p.Slug, p.Stage, p.Alias, p.From.File, p.From.Line})
	}
	return doc
}

func (a *app) printImport(done office.Imported, wish office.ImportWish) {
	key, style := "import.done", term.Good
	if wish.DryRun {
		key = "import.would"
	}
	verdict := a.words.Say(key, problem.Params{"n": strconv.Itoa(len(done.Posts)), "from": a.say("import.kind-" + done.Kind)})
	if done.Known > 0 {
		verdict += a.count("import.known", done.Known)
	}
	if n := problem.Errors(done.Problems); n > 0 {
		verdict += a.count("import.behind", n)
		style = term.Bad
	}
	if wish.DryRun && style == term.Good {
		style = term.Title
	}
	for _, line := range flow(a.screen, "", verdict) {
		a.printf("%s\n", a.screen.Paint(style, line))
	}
	var posts []string
	for _, p := range done.Posts {
		posts = append(posts, filepath.ToSlash(filepath.Join(a.dir, p.Path)))
	}
	a.importList("", posts, "import.more-posts")
	if len(done.Files) > 0 {
		a.importHead("import.files", len(done.Files))
		a.importList("", done.Files, "import.more")
	}
	if len(done.Media) > 0 {
		a.importHead("import.media", len(done.Media))
		a.importList("", done.Media, "import.more")
	}
	if len(done.Problems) > 0 {
		a.importHead("import.left", len(done.Problems))
		for _, p := range done.Problems {
			a.printf("%s\n", strings.Join(a.problemLines(a.screen, "  ", p), "\n"))
		}
	}
	switch {
	case len(done.Posts) == 0:
	case wish.DryRun:
		again := []string{wish.Path}
		if wish.From != "" {
			again = append(again, "--from", wish.From)
		}
		if wish.Pages {
			again = append(again, "--pages")
		}
		a.next(strings.ReplaceAll(a.command("import", again...), " ./--", " --"))
	default:
		a.next(a.command("check"))
	}
}

func (a *app) importHead(key string, n int) { a.printf("\n%s\n", a.count(key, n)) }

// importList prints the first of many lines, and how many there are besides.
func (a *app) importList(indent string, all []string, more string) {
	for _, s := range all[:min(len(all), importShown)] {
		a.printf("%s  %s\n", indent, words.Inert(s))
	}
	if n := len(all) - importShown; n > 0 {
		a.printf("%s  %s\n", indent, a.count(more, n))
	}
}
