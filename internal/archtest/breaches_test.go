package archtest

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestBreaches_catch holds the laws themselves: what must be caught is caught,
// once, and what is allowed is not.
func TestBreaches_catch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in, src string
		want          string // in the one breach; "" where there is none
	}{
		{"clock", "pkg/content", `import "time"; var _ = time.Now()`, "time.Now"},
		{"clock under another name", "internal/office", `import tt "time"; func f() { tt.Now() }`, "time.Now"},
		{"clock as a value", "internal/cli", `import "time"; func f() { g(time.Now) }`, "time.Now"},
		{"clock at the door", "cmd/editorial", `import "time"; func f() { time.Now() }`, ""},
		{"another package called time", "pkg/content", `import "editorial/pkg/time"; func f() { time.Now() }`, ""},
		{"clock without a name", "pkg/content", `import . "time"; func f() { Now() }`, "import . time"},
		{"since", "pkg/words", `import "time"; func f(t time.Time) { time.Since(t) }`, "time.Since"},
		{"after", "pkg/publish", `import "time"; func f() { <-time.After(1) }`, "time.After"},
		{"tick", "pkg/publish", `import "time"; func f() { time.Tick(1) }`, "time.Tick"},
		{"timer", "internal/office", `import "time"; func f() { time.NewTimer(1) }`, "time.NewTimer"},
		{"timer of the page", "internal/web", `import "time"; func f() { time.NewTimer(1) }`, ""},
		{"zone of the machine", "cmd/editorial", `import "time"; func f() { _ = time.Local }`, "time.Local"},
		{"zone of the machine, of an instant", "internal/cli", `import "time"; func f(t time.Time) { t.Local() }`, "Local"},
		{"zone data of the machine", "pkg/civil", `import "time"; func f() { time.LoadLocation("Europe/Paris") }`, "time.LoadLocation"},
		{"a zone made by hand", "pkg/calendar", `import "time"; func f() { time.FixedZone("", 0) }`, "time.FixedZone"},
		{"date in a zone", "pkg/calendar/ical", `import "time"; func f(l *time.Location) { time.Date(1, 1, 1, 0, 0, 0, 0, l) }`, "time.Date"},
		{"date as a value", "pkg/calendar", `import "time"; func f() { g(time.Date) }`, "time.Date"},
		{"date in a zone within one of UTC", "pkg/calendar",
			`import "time"; func f(l *time.Location) { time.Date(time.Date(1, 1, 1, 0, 0, 0, 0, l).Year(), 1, 1, 0, 0, 0, 0, time.UTC) }`, "time.Date"},
		{"date of UTC", "pkg/calendar/ical", `import "time"; func f() { time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC) }`, ""},
		{"date in a zone, where zones are", "pkg/civil", `import "time"; func f(l *time.Location) { time.Date(1, 1, 1, 0, 0, 0, 0, l) }`, ""},

		{"files", "pkg/calendar", `import "os"; func f() { os.ReadFile("x") }`, "import os"},
		{"files under another name", "pkg/content", `import o "os"; func f() { o.ReadFile("x") }`, "import os"},
		{"programs", "pkg/publish/site", `import "os/exec"; func f() { exec.Command("x") }`, "import os/exec"},
		{"paths of the machine", "pkg/content", `import "path/filepath"; func f() { filepath.Join() }`, "import path/filepath"},
		{"files for the calendar", "pkg/calendar/agreed", `import "io/fs"; func f(fs.FS) {}`, "import io/fs"},
		{"files for content", "pkg/content", `import "io/fs"; func f(fs.FS) {}`, ""},
		{"files of the office", "internal/office", `import "os"; func f() { os.ReadFile("x") }`, ""},
		{"network", "pkg/publish/feed", `import "net/http"; func f() { http.Get("x") }`, "import net/http"},
		{"sockets", "pkg/content", `import "net"; func f() { net.Dial("tcp", "x") }`, "import net"},
		{"addresses", "pkg/publish/feed", `import ("net/url"; "net/mail"; "mime"); func f() { url.Parse(""); mail.ParseAddress(""); mime.TypeByExtension("") }`, ""},
		{"database", "pkg/publish", `import "database/sql"; func f() { sql.Open("", "") }`, "import database/sql"},
		{"database of the office", "internal/office", `import _ "database/sql/driver"`, "import database/sql/driver"},
		{"the database below the store", "internal/delivery", `import "editorial/internal/store"; func f(s *store.Store) { s.Pool() }`, "Pool"},
		{"the transaction below the store", "internal/cli", `import "editorial/internal/store"; func f(t *store.Tx) { t.SQL.Exec("") }`, "SQL"},
		{"the database below the queue", "internal/queue", `import "editorial/internal/store"; func f(s *store.Store) { s.Pool() }`, ""},
		{"a pool of something else", "internal/cli", `func f(s *x.Store) { s.Pool() }`, ""},
		{"chance", "pkg/calendar", `import "math/rand"; func f() { rand.Int() }`, "import math/rand"},
		{"chance of the machine, in the planner", "pkg/calendar", `import "math/rand/v2"; func f() { rand.Int() }`, "math/rand/v2.Int"},
		{"chance, second version", "internal/office", `import "math/rand/v2"; func f() { rand.Int() }`, "import math/rand/v2"},
		{"chance from a seed, in the forecast", "pkg/calendar/forecast", `import "math/rand/v2"; func f() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }`, ""},
		{"chance of the machine, in the forecast", "pkg/calendar/forecast", `import "math/rand/v2"; func f() { rand.Int() }`, "math/rand/v2.Int"},
		{"chance in an identifier", "pkg/content", `import "github.com/google/uuid"; func f() { uuid.NewString() }`, "uuid.NewString"},
		{"an identifier of a name", "pkg/content", `import "github.com/google/uuid"; func f() { uuid.NewSHA1(uuid.NameSpaceURL, nil) }`, ""},
		{"the clock of a library", "pkg/publish/flickr", `import "github.com/dghubble/oauth1"; func f() { oauth1.NewConfig("", "") }`, "oauth1.NewConfig"},
		{"a signature of a library", "pkg/publish/flickr", `import "github.com/dghubble/oauth1"; func f() { oauth1.PercentEncode("") }`, ""},
		{"the machine", "pkg/calendar", `import "runtime"; func f() { runtime.GOMAXPROCS(0) }`, "import runtime"},
		{"as many at a time", "pkg/content", `import "runtime"; func f() { runtime.GOMAXPROCS(0) }`, ""},
		{"more of the machine", "pkg/content", `import "runtime"; func f() { runtime.GC() }`, "runtime.GC"},
		{"a log", "pkg/words", `import "log"; func f() { log.Print() }`, "import log"},
		{"tests in the program", "internal/office", `import "testing"; func f(*testing.T) {}`, "import testing"},

		{"init", "internal/cli", `func init() {}`, "func init"},
		{"a method of that name", "internal/cli", `type t int; func (t) init() {}`, ""},
		{"variable", "pkg/words", `var cache = map[string]int{}`, "variable cache"},
		{"sentinel", "pkg/words", `import "errors"; var ErrX = errors.New("x")`, ""},
		{"sentinel with a form", "pkg/words", `import "fmt"; var errX = fmt.Errorf("x")`, ""},
		{"variable dressed as a sentinel", "pkg/words", `import "container/list"; var errCache = list.New()`, "variable errCache"},
		{"variable dressed with a package of that name", "pkg/words", `import errors "container/list"; var errCache = errors.New()`, "variable errCache"},
		{"sentinel without a name for one", "pkg/words", `import "errors"; var bad = errors.New("x")`, "variable bad"},
		{"interface check", "pkg/words", `var _ fmt.Stringer = T{}`, ""},
		{"variable beside nothing", "pkg/words", `var _, cache = 1, map[string]int{}`, "variable"},
		{"embedded", "pkg/words", "import _ \"embed\"\n//go:embed x.css\nvar sheet string", ""},
		{"variable beside an embedded one", "pkg/words", "import _ \"embed\"\n//go:embed x.css\nvar (sheet string)\nvar cache int", "variable cache"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+tt.src, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			got := breaches(tt.in, f)
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("caught: %s", got[0].text)
			case tt.want != "" && len(got) != 1:
				t.Errorf("caught %d times, want once: %v", len(got), got)
			case tt.want != "" && !strings.Contains(got[0].text, tt.want):
				t.Errorf("caught as %q, want %q in it", got[0].text, tt.want)
			}
		})
	}
}
