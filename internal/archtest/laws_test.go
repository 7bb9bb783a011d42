package archtest

import (
	"go/ast"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ban keeps packages of others out of some of ours.
type ban struct {
	of     []string // import paths; with a slash at the end all below
	from   []string // our packages, in the same way
	except []string // of those, these may
	why    string
}

// publishers are the packages of pkg/ that speak to platforms, by a line that is
// given to them: they name requests and answers, and open no connection of
// their own.
func publishers() []string {
	return []string{
		"pkg/publish/wire", "pkg/publish/publishtest", "pkg/publish/bearer",
		"pkg/publish/mastodon", "pkg/publish/bluesky", "pkg/publish/facebook", "pkg/publish/x", "pkg/publish/youtube", "pkg/publish/flickr",
		"pkg/publish/instagram", "pkg/publish/threads", "pkg/publish/linkedin", "pkg/publish/telegram", "pkg/publish/discord", "pkg/publish/slack",
		"pkg/publish/wordpress", "pkg/publish/ghost", "pkg/publish/micropub", "pkg/publish/mail", "pkg/publish/graph", "pkg/publish/ping",
	}
}

func bans() []ban {
	pure := []string{"pkg/"}
	return []ban{
		{of: []string{"os", "os/", "syscall", "golang.org/x/sys/", "io/ioutil", "path/filepath"}, from: pure,
			why: "the rules see files as an fs.FS and know no machine: that is for internal/office"},
		{of: []string{"io/fs", "embed"}, from: []string{"pkg/calendar", "pkg/calendar/"},
			why: "calendar knows no files: take the values, or an io.Reader"},
		{of: []string{"net", "net/http", "net/http/", "net/rpc", "net/rpc/", "net/smtp", "crypto/tls"}, from: pure, except: publishers(),
			why: "the rules speak to nobody: that is for internal/, and for publishers"},
		{of: []string{"database/", "github.com/jackc/pgx/", "modernc.org/sqlite", "github.com/pressly/goose/"}, from: []string{"pkg/", "internal/", "cmd/"}, except: []string{"internal/store", "internal/queue", "internal/need/", "internal/tools/"},
			why: "an office is text in a folder; what becomes of its deliveries is kept by internal/store, which alone knows SQL"},
		{of: []string{"github.com/riverqueue/", "github.com/go-co-op/gocron/"}, from: []string{"pkg/", "internal/", "cmd/"}, except: []string{"internal/queue"},
			why: "internal/queue wakes workers: it alone knows how"},
		{of: []string{"plugin"}, from: []string{"pkg/", "internal/", "cmd/"},
			why: "the program is one binary"},
		{of: []string{"math/rand", "crypto/rand"}, from: []string{"pkg/", "internal/", "cmd/"}, except: []string{"internal/tools/"},
			why: "the same input gives the same output: derive what must differ from what it belongs to"},
		{of: []string{"math/rand/v2"}, from: []string{"pkg/", "internal/", "cmd/"}, except: []string{"internal/tools/", "pkg/calendar", "pkg/calendar/forecast"},
			why: "the same input gives the same output: derive what must differ from what it belongs to"},
		{of: []string{"log", "log/", "flag", "expvar"}, from: pure,
			why: "findings are values (pkg/problem), options are parameters"},
		{of: []string{"runtime"}, from: pure, except: []string{"pkg/content", "pkg/publish"}, // as many at a time as there are processors
			why: "the rules know no machine"},
		{of: []string{"runtime/", "unsafe", "reflect"}, from: pure,
			why: "the rules are plain values"},
		{of: []string{"testing", "testing/"}, from: []string{"pkg/", "internal/", "cmd/"}, except: []string{"internal/need", "internal/need/", "pkg/publish/publishtest"},
			why: "tests stay out of the program"},
	}
}

// limit keeps names of a package out of some of ours.
type limit struct {
	of     string   // the import path
	names  []string // what may not be used
	only   []string // or: what alone may be
	within []string // of our packages these alone; nil: all
	except []string // our packages that may
	why    string
}

func limits() []limit {
	return []limit{
		{of: "time", names: []string{"Now", "Since", "Until"}, except: []string{"cmd/editorial", "internal/tools/"},
			why: "take the instant as a parameter"},
		{of: "time", names: []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Sleep", "Tick"},
			except: []string{"internal/watch", "internal/web", "internal/delivery", "internal/queue", "internal/need/", "internal/tools/crash", "internal/tools/speed"}, // an editor that writes, the instant of a placement
			why:    "nothing waits: what depends on time takes an instant"},
		{of: "time", names: []string{"Local", "LoadLocation", "ParseInLocation"},
			why: "the zone of the machine and its zone data count nowhere: take a civil.Zone"},
		{of: "time", names: []string{"LoadLocationFromTZData", "FixedZone"}, except: []string{"pkg/civil"},
			why: "zones come from pkg/civil"},
		{of: "runtime", only: []string{"GOMAXPROCS", "GOOS", "GOARCH", "Version"},
			except: []string{"internal/tools/"},
			why:    "the machine decides how fast, never what"},
		{of: "math/rand/v2", only: []string{"New", "NewPCG", "Rand"}, within: []string{"pkg/calendar", "pkg/calendar/forecast"},
			why: "chance comes from a seed that the content gives"},
		{of: "github.com/google/uuid", only: []string{"NewSHA1", "NameSpaceURL", "Parse", "UUID"},
			why: "an identifier follows from what it names: the same input gives the same output"},
		{of: "github.com/dghubble/oauth1", only: []string{"HMACSigner", "PercentEncode"}, except: []string{"internal/connect"},
			why: "the library signs with its own clock and chance: sign with the instant of the job"},
	}
}

// among reports whether a list names a package, or a folder above it with a
// slash at the end.
func among(list []string, name string) bool {
	return slices.ContainsFunc(list, func(a string) bool {
		return a == name || strings.HasSuffix(a, "/") && strings.HasPrefix(name, a)
	})
}

// breach is a place where a file does what its package may not.
type breach struct {
	at   token.Pos
	text string
}

// breaches returns what a file of one of our packages does against the laws.
func breaches(name string, f *ast.File) []breach {
	var all []breach
	find := func(n ast.Node, text string) { all = append(all, breach{n.Pos(), text}) }
	imports := map[string]string{} // the import path, by the name that the file gives it
	for _, spec := range f.Imports {
		of, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		as := calledBy(of)
		if spec.Name != nil {
			as = spec.Name.Name
		}
		if as == "." {
			find(spec, "import . "+of+": name it, so that a reader sees where names come from")
		}
		imports[as] = of
		for _, b := range bans() {
			if among(b.of, of) && among(b.from, name) && !among(b.except, name) {
				find(spec, "import "+of+": "+b.why)
			}
		}
	}
	// named is the import path and the name of "time.Now", whatever the file
	// calls time.
	named := func(e ast.Expr) (of, what string) {
		if sel, ok := e.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				return imports[id.Name], sel.Sel.Name
			}
		}
		return "", ""
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				find(d, "func init: wire it where the program is put together")
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if s, ok := s.(*ast.ValueSpec); ok && d.Tok == token.VAR && !constant(d, s, named) {
					find(s, "package variable "+s.Names[0].Name+": make it a constant, a function or a field")
				}
			}
		}
	}
	raw := map[string]bool{"SQL": true, "ReadSQL": true, "PGX": true, "Pool": true} // what a store, or its transaction, gives the queue
	utc := map[ast.Node]bool{}                                                      // each "time.Date" of a call that ends in time.UTC
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if of, what := named(n.Fun); of == "time" && what == "Date" && len(n.Args) > 0 {
				of, what := named(n.Args[len(n.Args)-1])
				utc[n.Fun] = of == "time" && what == "UTC"
			}
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) == 0 && sel.Sel.Name == "Local" {
				find(sel, "Local: the zone of the machine counts nowhere: take a civil.Zone")
			}
		case *ast.SelectorExpr:
			of, what := named(n)
			if of == "" {
				if raw[what] && slices.Contains(slices.Collect(maps.Values(imports)), module+"/internal/store") && !among([]string{"internal/store", "internal/queue", "internal/tools/"}, name) {
					find(n, what+": the database itself is for internal/store and internal/queue")
				}
				return true
			}
			if of == "time" && what == "Date" && !utc[n] && name != "pkg/civil" {
				find(n, "time.Date in a zone: local time becomes an instant in pkg/civil alone")
			}
			for _, l := range limits() {
				if l.of == of && (l.within == nil || among(l.within, name)) && !among(l.except, name) && (slices.Contains(l.names, what) || l.only != nil && !slices.Contains(l.only, what)) {
					find(n, of+"."+what+": "+l.why)
				}
			}
		}
		return true
	})
	return all
}

// calledBy is the name of a package whose import gives it none: the last part
// of the path, without the version.
func calledBy(of string) string {
	if major := regexp.MustCompile(`^v[0-9]+$`); major.MatchString(path.Base(of)) {
		of = path.Dir(of)
	}
	return path.Base(of)
}

// constant reports whether a package variable is one in name only: an error
// sentinel, an embedded file, or a compile-time interface check.
func constant(d *ast.GenDecl, s *ast.ValueSpec, named func(ast.Expr) (of, what string)) bool {
	if !slices.ContainsFunc(s.Names, func(n *ast.Ident) bool { return n.Name != "_" }) {
		return true
	}
	docs := []*ast.CommentGroup{s.Doc}
	if len(d.Specs) == 1 {
		docs = append(docs, d.Doc)
	}
	for _, doc := range docs {
		if doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") }) {
			return true
		}
	}
	if len(s.Values) != 1 || !strings.HasPrefix(s.Names[0].Name, "Err") && !strings.HasPrefix(s.Names[0].Name, "err") {
		return false
	}
	call, ok := s.Values[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	of, what := named(call.Fun)
	return of == "errors" && what == "New" || of == "fmt" && what == "Errorf"
}
