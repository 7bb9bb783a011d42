package config_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/config"
	"editorial/internal/need"
)

const layered = `site.title = "T"
[plan]
weeks = 10
[platforms.blog]
live = true
caps = { day = 1, week = 3 }
[platforms.my-blog]
kind = "blog"
[[people]]
id = "awa"
hours = 12
[newsletter.smtp]
host = "smtp.velo.example"
`

func files(name string) ([]byte, error) {
	switch name {
	case "/run/secrets/smtp":
		return []byte("hunter2\n"), nil
	case "/run/secrets/huge":
		return make([]byte, 1<<20), nil
	}
	return nil, fmt.Errorf("open %s: %w", name, fs.ErrNotExist)
}

func TestParse_layersTheEnvironmentAndFlagsOverTheFile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, key    string
		env, set     []string
		want, origin string
	}{
		{"default", "plan.priority", nil, nil, "3", "default"},
		{"file over default", "plan.weeks", nil, nil, "10", "config.toml:3:9"},
		{"environment over file", "plan.weeks", []string{"EDITORIAL_PLAN_WEEKS=11"}, nil, "11", "EDITORIAL_PLAN_WEEKS"},
		{"flag over environment", "plan.weeks", []string{"EDITORIAL_PLAN_WEEKS=11"}, []string{"plan.weeks=12"}, "12", "--set"},
		{"the last flag wins", "plan.weeks", nil, []string{"plan.weeks=12", "plan.weeks=13"}, "13", "--set"},
		{"the last of two equal variables wins", "plan.weeks", []string{"EDITORIAL_PLAN_WEEKS=11", "EDITORIAL_PLAN_WEEKS=14"}, nil, "14", "EDITORIAL_PLAN_WEEKS"},
		{"an empty variable is none", "plan.weeks", []string{"EDITORIAL_PLAN_WEEKS=", "EDITORIAL_COLOUR="}, nil, "10", "config.toml:3:9"},
		{"environment over default", "site.url", []string{"EDITORIAL_SITE_URL=https://velo.example"}, nil, `"https://velo.example/"`, "EDITORIAL_SITE_URL"},
		{"a platform", "platforms.blog.live", []string{"EDITORIAL_PLATFORMS_BLOG_LIVE=false"}, nil, "false", "EDITORIAL_PLATFORMS_BLOG_LIVE"},
		{"a hyphen in a name", "platforms.my-blog.role", []string{"EDITORIAL_PLATFORMS_MY_BLOG_ROLE=news"}, nil, `"news"`, "EDITORIAL_PLATFORMS_MY_BLOG_ROLE"},
		{"a person", "people.awa.hours", []string{"EDITORIAL_PEOPLE_AWA_HOURS=1h30"}, nil, `"1h30"`, "EDITORIAL_PEOPLE_AWA_HOURS"},
		{"hours as a number", "people.awa.hours", []string{"EDITORIAL_PEOPLE_AWA_HOURS=7.5"}, nil, `"7h30"`, "EDITORIAL_PEOPLE_AWA_HOURS"},
		{"a text is taken as it is", "site.title", []string{`EDITORIAL_SITE_TITLE="a", #b = 3`}, nil, `"\"a\", #b = 3"`, "EDITORIAL_SITE_TITLE"},
		{"a list with commas", "plan.holidays", []string{"EDITORIAL_PLAN_HOLIDAYS=fr, ca"}, nil, `["fr", "ca"]`, "EDITORIAL_PLAN_HOLIDAYS"},
		{"a list as in TOML", "plan.holidays", nil, []string{`plan.holidays=["fr"]`}, `["fr"]`, "--set"},
		{"a list of tables", "plan.blackout", []string{"EDITORIAL_PLAN_BLACKOUT=[2026-12-25]"}, nil, "[{ from = 2026-12-25, to = 2026-12-25 }]", "EDITORIAL_PLAN_BLACKOUT"},
		{"a table as a whole", "platforms.blog.caps.day", nil, []string{"platforms.blog.caps={ day = 2 }"}, "2", "--set"},
		{"a part of a table set before", "platforms.blog.caps.week", nil, []string{"platforms.blog.caps={ day = 2 }", "platforms.blog.caps.week=9"}, "9", "--set"},
		{"a new platform", "platforms.x.kind", nil, []string{"platforms.x.rhythm.times=Tue 09:00"}, `"x"`, "default"},
		{"a secret", "newsletter.smtp.password", []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD=hunter2"}, nil, `"***"`, "EDITORIAL_NEWSLETTER_SMTP_PASSWORD"},
		{"a secret in a file", "newsletter.smtp.password", []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE=/run/secrets/smtp"}, nil, `"***"`, "EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, origins, problems := config.Parse([]byte(layered), config.Options{Environ: tt.env, Set: tt.set, ReadFile: files})
			if len(problems) > 0 {
				t.Fatalf("problems: %v", problems)
			}
			entries := config.Entries(c, origins, tt.key)
			if len(entries) != 1 {
				t.Fatalf("%d entries of %s", len(entries), tt.key)
			}
			if got := entries[0]; got.Literal != tt.want || got.Origin.String() != tt.origin {
				t.Errorf("got %s from %s, want %s from %s", got.Literal, got.Origin, tt.want, tt.origin)
			}
		})
	}
}

func TestParse_aSecretFileKeepsAllButTheLastLineEnd(t *testing.T) {
	t.Parallel()
	c, _, _ := config.Parse([]byte(layered), config.Options{
		Environ: []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE=/run/secrets/smtp"}, ReadFile: files,
	})
	if got := c.Newsletter.SMTP.Password.Reveal(); got != "hunter2" {
		t.Errorf("got %q", got)
	}
}

func TestParse_saysWhatIsWrongInTheEnvironmentAndFlags(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		env, set []string
		want     []string
	}{
		{"the program's own", []string{"EDITORIAL_NOW=2026-10-19", "EDITORIAL_LANG=fr", "PATH=/bin", "EDITOR=vi", "BROKEN"}, nil, nil},
		{"misspelt", []string{"EDITORIAL_SIET_URL=x"}, nil, []string{`config-misspelt-variable name="EDITORIAL_SIET_URL" near="EDITORIAL_SITE_URL"`}},
		{"unknown", []string{"EDITORIAL_COLOUR=x"}, nil, []string{`config-unknown-variable name="EDITORIAL_COLOUR"`}},
		{"a platform that the file lacks", []string{"EDITORIAL_PLATFORMS_FLICKR_LIVE=true"}, nil, []string{`config-unknown-variable name="EDITORIAL_PLATFORMS_FLICKR_LIVE"`}},
		{
			"wrong values name the variable", []string{"EDITORIAL_PLAN_WEEKS=many", "EDITORIAL_SITE_ZONE=Mars", "EDITORIAL_PLATFORMS_BLOG_LIVE=yes"}, nil,
			[]string{`config-bad-zone key="EDITORIAL_SITE_ZONE" value="Mars"`, `config-not-boolean key="EDITORIAL_PLATFORMS_BLOG_LIVE" value="yes"`, `config-not-integer key="EDITORIAL_PLAN_WEEKS" value="many"`},
		},
		{"wrong values name the flag", nil, []string{"plan.weeks=0"}, []string{`config-out-of-range key="--set plan.weeks" max="104" min="1" value="0"`}},
		{"no key", nil, []string{"weeks", "=3"}, []string{`config-bad-set value="=3"`, `config-bad-set value="weeks"`}},
		{"misspelt key", nil, []string{"plan.week=3"}, []string{`config-misspelt-key key="--set plan.week" near="plan.weeks"`}},
		{"unknown key", nil, []string{"colour=3"}, []string{`config-unknown-set key="colour"`}},
		{"a person that the file lacks", nil, []string{"people.leo.hours=3"}, []string{`config-unknown-set key="people.leo.hours"`}},
		{"more than one value", nil, []string{"plan.blackout=[]\nsite.title = 'x'"}, []string{`config-bad-value detail="wrong form" key="--set plan.blackout"`}},
		{"a secret that cannot be read", []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE=/none"}, nil, []string{`config-secret-file detail="open /none: file does not exist" name="EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE"`}},
		{"a secret without end", []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE=/run/secrets/huge"}, nil, []string{`config-secret-file detail="read /run/secrets/huge: more than 65536 bytes" name="EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE"`}},
		{
			"a secret twice", []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD=x", "EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE=/run/secrets/smtp"}, nil,
			[]string{`config-two-sources name="EDITORIAL_NEWSLETTER_SMTP_PASSWORD" other="EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE"`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, problems := config.Parse([]byte(layered), config.Options{Environ: tt.env, Set: tt.set, ReadFile: files})
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestParse_refusesAVariableThatCouldMeanTwoKeys(t *testing.T) {
	t.Parallel()
	src := "site.title = 'T'\n[platforms.my-blog]\nkind = 'blog'\n[platforms.my_blog]\nkind = 'blog'\n"
	_, _, problems := config.Parse([]byte(src), config.Options{Environ: []string{"EDITORIAL_PLATFORMS_MY_BLOG_LIVE=true"}})
	if len(problems) != 1 || problems[0].Code != config.CodeAmbiguousVariable {
		t.Errorf("got %v", problems)
	}
}

func TestParse_noProblemShowsASecret(t *testing.T) {
	t.Parallel()
	for _, opts := range []config.Options{
		{Environ: []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD=hunter2", "EDITORIAL_NEWSLETTER_SMTP_PORT=x"}},
		{Set: []string{"newsletter.smtp={ password = 'hunter2', port = 'x' }"}},
		{Set: []string{"newsletter.smtp={ password = ['hunter2'] }"}},
	} {
		c, origins, problems := config.Parse([]byte(layered), opts)
		shown := fmt.Sprint(problems, config.Entries(c, origins, ""))
		if strings.Contains(shown, "hunter2") {
			t.Errorf("%v: %s", opts, shown)
		}
	}
}

func TestRead_aMissingFileIsAProblemAndAnUnreadableOneAnError(t *testing.T) {
	t.Parallel()
	_, _, problems, err := config.Read(fsOf(fs.ErrNotExist), config.Options{})
	if err != nil || len(problems) != 1 || problems[0].Code != config.CodeMissingFile {
		t.Errorf("missing: %v, %v", problems, err)
	}
	if _, _, _, err = config.Read(fsOf(fs.ErrPermission), config.Options{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("unreadable: %v", err)
	}
}

// failing is a folder of which every file gives one error.
type failing struct{ err error }

func fsOf(err error) fs.FS { return failing{err} }

func (f failing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: f.err}
}

// TestReadSecretFile_endsWhereADeviceDoesNot: nothing longer than a secret is
// read, whatever it is.
func TestReadSecretFile_endsWhereADeviceDoesNot(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/zero"); err != nil {
		need.Skip(t, err)
	}
	_, _, problems := config.Parse([]byte("site.title = 'T'\n"), config.Options{
		Environ: []string{"EDITORIAL_NEWSLETTER_SMTP_PASSWORD_FILE=/dev/zero"}, ReadFile: config.ReadSecretFile,
	})
	if len(problems) == 0 || !strings.Contains(problems[0].Error(), "more than 65536 bytes") {
		t.Errorf("got %v", problems)
	}
	if data, err := config.ReadSecretFile(t.TempDir() + "/none"); err == nil {
		t.Errorf("a file that is not there is %q", data)
	}
}
