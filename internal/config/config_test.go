package config_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/config"
	"editorial/pkg/civil"
)

func sample(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile("testdata/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// TestEntries_showEveryValueAndItsOrigin: a golden list, and its laws: every
// origin is the place of that value in the file.
func TestEntries_showEveryValueAndItsOrigin(t *testing.T) {
	t.Parallel()
	src := sample(t)
	c, origins, problems := config.Parse(src, config.Options{
		Environ: []string{"EDITORIAL_PLATFORMS_BLOG_LIVE=false", "EDITORIAL_NEWSLETTER_SMTP_PASSWORD=hunter2"},
		Set:     []string{"plan.weeks=20"},
	})
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	var b strings.Builder
	lines := strings.Split(string(src), "\n")
	for _, e := range config.Entries(c, origins, "") {
		fmt.Fprintf(&b, "%s = %s  # %s", e.Key, e.Literal, e.Origin)
		if e.Later {
			b.WriteString(", later")
		}
		b.WriteByte('\n')
		if e.Origin.Source != config.FromFile {
			continue
		}
		line := []rune(lines[e.Origin.Line-1])
		name := e.Key[strings.LastIndexByte(e.Key, '.')+1:]
		if !strings.Contains(string(line[:e.Origin.Col-1]), name) {
			t.Errorf("%s: %s is %q", e.Key, e.Origin, string(line))
		}
	}
	golden(t, "show.txt", b.String())
}

// TestEntries_readBackGiveTheSameConfiguration: what is shown can be set.
func TestEntries_readBackGiveTheSameConfiguration(t *testing.T) {
	t.Parallel()
	src := sample(t)
	c, origins, _ := config.Parse(src, config.Options{})
	var set []string
	for _, e := range config.Entries(c, origins, "") {
		text := e.Literal
		if s, err := strconv.Unquote(text); err == nil && strings.HasPrefix(text, `"`) {
			text = s
		}
		set = append(set, e.Key+"="+text)
	}
	again, _, problems := config.Parse(src, config.Options{Set: set})
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	if d := cmp.Diff(c, again); d != "" {
		t.Errorf("(-read +read back):\n%s", d)
	}
}

func TestParse_fillsInWhatFollows(t *testing.T) {
	t.Parallel()
	c, _, problems := config.Parse(sample(t), config.Options{})
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	day := func(y, m, d int) civil.Date { return civil.Date{Year: y, Month: time.Month(m), Day: d} }
	blog, lettre := c.Platforms["blog"], c.Platforms["lettre"]
	for _, tt := range []struct {
		name      string
		got, want any
	}{
		{"the address ends with a slash", c.Site.URL, "https://velo.example/"},
		{"the main language is one of them, the first", c.Site.Langs, []string{"fr", "en"}},
		{"a platform's kind is its name", blog.Kind, config.KindBlog},
		{"a plain slot has no edition", blog.Edition, config.Bounds{}},
		{"a share without a maximum has 1", c.Platforms["facebook"].Mix, map[config.Intent]config.Share{config.Converse: {Min: 900, Max: 1000}}},
		{"times in both languages and forms", blog.Rhythm.Times, []config.SlotTime{
			{At: config.WeekTime{Day: config.Weekday(time.Tuesday), Clock: civil.Clock{Hour: 9}}},
			{At: config.WeekTime{Day: config.Weekday(time.Thursday), Clock: civil.Clock{Hour: 12, Minute: 30}}, Weight: 1500},
		}},
		{"a rule begins at its anchor", lettre.Rhythm.Start(), day(2026, 9, 3).At(civil.Clock{Hour: 8})},
		{"one day is a range", c.People[0].Absences[1], config.Range{From: day(2026, 11, 12), To: day(2026, 11, 12)}},
		{"hours are minutes", []config.Work{c.People[0].Hours, c.Formats["question"].Effort}, []config.Work{720, 30}},
		{"money is hundredths", c.Objectives[0].Money, config.Amount(120050)},
		{"parts are thousandths", c.Plan.Reserve, config.PerMille(200)},
	} {
		if d := cmp.Diff(tt.want, tt.got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
	bare, _, _ := config.Parse([]byte("site.title = 'T'\n[platforms.newsletter]\n"), config.Options{})
	if got := bare.Platforms["newsletter"].Edition; got != (config.Bounds{Min: 1, Max: 10}) {
		t.Errorf("a newsletter has editions of %v", got)
	}
}

func TestDefault_isValid(t *testing.T) {
	t.Parallel()
	c, origins, problems := config.Parse([]byte("site.title = 'T'"), config.Options{})
	if len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	want := config.Default()
	want.Site.Title, want.Site.Langs = "T", []string{"en"}
	if d := cmp.Diff(want, c); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := origins.Of("plan.weeks").Source; got != config.FromDefault {
		t.Errorf("plan.weeks comes from %s", got)
	}
}

// TestParse_onlyOneNewsletterHasAnArchiveUnlessItSaysSo: a letter for members
// is not published to everybody because another one is.
func TestParse_onlyOneNewsletterHasAnArchiveUnlessItSaysSo(t *testing.T) {
	t.Parallel()
	const two = "site.title = 'T'\n[platforms.newsletter]\n[platforms.members]\nkind = 'newsletter'\n"
	for src, want := range map[string]string{
		"site.title = 'T'\n[platforms.members]\nkind = 'newsletter'\n":              "members",
		"site.title = 'T'\n[platforms.newsletter]\n":                                "newsletter",
		"site.title = 'T'\n[platforms.newsletter]\narchive = false\n":               "",
		"site.title = 'T'\n[platforms.newsletter]\n[newsletter]\narchive = false\n": "",
		two:                      "newsletter",
		two + "archive = true\n": "members newsletter",
		two + "archive = true\n[newsletter]\narchive = false\n": "members",
	} {
		c, _, problems := config.Parse([]byte(src), config.Options{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		var got []string
		for _, name := range []string{"members", "newsletter"} {
			if c.Platforms[name].Archive {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}
