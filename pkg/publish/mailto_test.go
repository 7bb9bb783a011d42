package publish_test

import (
	"net/url"
	"strings"
	"testing"

	"editorial/pkg/publish"
)

// TestMailTo_holdsOneSubject reads the addresses as RFC 6068 says, which knows
// no "+" for a space, and as the readers of forms do, which know it.
func TestMailTo_holdsOneSubject(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]string{
		"Tom & Jerry":                         "Tom & Jerry",
		"x&bcc=a@b.example&body=Pay=me":       "x&bcc=a@b.example&body=Pay=me",
		"1 + 1 = 2 ? #1, 100 % ; \"a\" <b>":   "1 + 1 = 2 ? #1, 100 % ; \"a\" <b>",
		"a\r\nBcc: b@c.example\n\nd":          "a Bcc: b@c.example d",
		"Été à vélo\u00a0: «\u00a0oui\u00a0»": "Été à vélo\u00a0: «\u00a0oui\u00a0»",
		"%26bcc=x": "%26bcc=x",
	} {
		for _, address := range []string{"a@b.example", "a+b&c=d?e%f@b.example", "plain"} {
			got := publish.MailTo(address, subject)
			rest, ok := strings.CutPrefix(got, "mailto:")
			to, query, _ := strings.Cut(rest, "?")
			if strings.ContainsAny(got, "+&#\r\n ") || strings.Count(got, "?") != 1 || !ok {
				t.Errorf("%q: %s", subject, got)
			}
			if decoded, err := url.PathUnescape(to); err != nil || decoded != address {
				t.Errorf("%q: to %q, %v", subject, decoded, err)
			}
			if fields, err := url.ParseQuery(query); err != nil || len(fields) != 1 || fields.Get("subject") != want {
				t.Errorf("%q: %v, %v", subject, fields, err)
			}
			if decoded, err := url.PathUnescape(query); err != nil || decoded != "subject="+want {
				t.Errorf("%q: %q, %v", subject, decoded, err)
			}
		}
	}
}
