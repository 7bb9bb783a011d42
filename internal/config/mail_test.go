package config_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/internal/config"
)

// TestMail_server: whom mails go to, through which server, signed by whom.
func TestMail_server(t *testing.T) {
	t.Parallel()
	const head = "site.title = 'T'\nsite.url = 'https://velo.example/'\n[platforms.newsletter]\nlive = true\n[newsletter]\nfrom = 'us@velo.example'\npostal_address = 'Nantes'\nunsubscribe_url = 'https://velo.example/adieu'\n"
	many := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("'r%d@velo.example'", i))
		}
		return "to = [" + strings.Join(all, ", ") + "]\n"
	}
	for name, tt := range map[string]struct{ src, want string }{
		"as many as may be":         {many(config.MaxRecipients) + "smtp.host = 'mail.velo.example'\n", ""},
		"too many":                  {many(config.MaxRecipients + 1), "config-too-many-recipients"},
		"too many for a list":       {"[[newsletter.lists]]\nid = 'a'\n" + many(51), "config-too-many-recipients"},
		"a server and nobody":       {"smtp.host = 'mail.velo.example'\n", "config-live-lacking"},
		"a list of nobody":          {many(1) + "smtp.host = 'mail.velo.example'\n[[newsletter.lists]]\nid = 'a'\nto = []\n", "config-live-lacking"},
		"a list has all":            {many(1) + "smtp.host = 'mail.velo.example'\n[[newsletter.lists]]\nid = 'a'\n", ""},
		"no address":                {"to = ['nobody']\n", "config-not-email"},
		"a header in an address":    {`to = ["a@velo.example\r\nBcc: b@velo.example"]` + "\n", "config-not-email"},
		"open to the world":         {"smtp = { host = 'mail.velo.example', security = 'none' }\n" + many(1), "config-smtp-open"},
		"open on this machine":      {"smtp = { host = '127.0.0.1', security = 'none', port = 25 }\n" + many(1), ""},
		"a password in the open":    {"smtp = { host = 'localhost', security = 'none', user = 'us' }\n" + many(1), "config-smtp-open"},
		"half a signature":          {"dkim.domain = 'velo.example'\n", "config-dkim config-dkim"},
		"a signature":               {"dkim = { domain = 'velo.example', selector = 'lettre' }\n", "config-dkim"},
		"a signature of a stranger": {"dkim = { domain = 'o.example', selector = 'lettre', key = 'x' }\n", "config-dkim-domain config-secret-in-file"},
		"a signature of a namesake": {"dkim = { domain = 'elo.example', selector = 'lettre', key = 'x' }\n", "config-dkim-domain config-secret-in-file"},
		"a signature from above":    {"from = 'us@lettre.velo.example'\ndkim = { domain = 'velo.example', selector = 'lettre', key = 'x' }\n", "config-secret-in-file"},
		"a signature and its file":  {"dkim = { domain = 'velo.example', selector = 'lettre', key = 'x' }\n", "config-secret-in-file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := head + tt.src
			if strings.HasPrefix(tt.src, "from") {
				src = strings.Replace(head, "from = 'us@velo.example'\n", "", 1) + tt.src
			}
			_, _, problems := config.Parse([]byte(src), config.Options{})
			var got []string
			for _, p := range problems {
				got = append(got, string(p.Code))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%v, want %q", problems, tt.want)
			}
		})
	}
}
