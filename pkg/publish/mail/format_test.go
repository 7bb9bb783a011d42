package mail_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"editorial/internal/need/hostile"
	"editorial/pkg/problem"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
)

// codes are those of the problems, each once.
func codes(all []problem.Problem) []string {
	var out []string
	for _, p := range all {
		if c := string(p.Code); !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func TestValidate(t *testing.T) {
	t.Parallel()
	swap := func(old, new string) string {
		if !strings.Contains(message, old) {
			t.Fatalf("no %q in the message", old)
		}
		return strings.Replace(message, old, new, 1)
	}
	many := make([]string, mail.MaxRecipients+1)
	for i := range many {
		many[i] = fmt.Sprintf("r%d@lecteurs.example", i)
	}
	for _, tt := range []struct {
		name, from, message string
		to                  []string
		want                string
	}{
		{"good", "", "", nil, ""},
		{"nobody", "", "", []string{}, "mail-no-recipient"},
		{"as many as may be", "", "", many[1:], ""},
		{"too many", "", "", many, "mail-too-many"},
		{"one twice", "", "", []string{"Awa@Lecteurs.example", "awa@lecteurs.example"}, "mail-twice"},
		{"a header in an address", "", "", []string{"awa@lecteurs.example\r\nBcc: all@lecteurs.example"}, "mail-bad-address"},
		{"a command in an address", "", "", []string{"awa@lecteurs.example>\r\nRCPT TO:<all@lecteurs.example"}, "mail-bad-address"},
		{"two in one", "", "", []string{"awa@lecteurs.example, bo@lecteurs.example"}, "mail-bad-address"},
		{"a machine", "", "", []string{"awa@[127.0.0.1]"}, "mail-bad-address"},
		{"no dot", "", "", []string{"awa@localhost"}, "mail-bad-address"},
		{"turned text", "", "", []string{"a\u202ewa@lecteurs.example"}, "mail-bad-address"},
		{"a long name", "", "", []string{strings.Repeat("a", 65) + "@lecteurs.example"}, "mail-bad-address"},
		{"a long host", "", "", []string{"a@" + strings.Repeat("a.", 130) + "example"}, "mail-bad-address"},
		{"a control character in quotes", "", "", []string{"\"a\x01b\"@lecteurs.example"}, "mail-bad-address"},
		{"quotes, scripts", "", "", []string{`"a b"@lecteurs.example`, "Ève <ève@lecteurs.example>", "bo@bücher.example"}, ""},
		{"no sender", "nobody", "", nil, "mail-bad-sender"},
		{"a sender beyond ASCII", "ève@roues.example", "", nil, "mail-bad-sender"},
		{"no header", "", "Hello\r\n", nil, "mail-bad-message"},
		{"bare LF", "", swap("suffisent", "suffi\nsent"), nil, "mail-line-ends"},
		{"bare CR", "", swap("suffisent", "suffi\rsent"), nil, "mail-line-ends"},
		{"smuggled end", "", swap("suffisent", "suffi\n.\r\nMAIL FROM:<a@b>"), nil, "mail-line-ends"},
		{"zero", "", swap("suffisent", "suffi\x00sent"), nil, "mail-line-ends"},
		{"no last line end", "", message + "x", nil, "mail-line-ends"},
		{"a long line", "", swap("suffisent", strings.Repeat("x", 999)), nil, "mail-line-length"},
		{"the longest line", "", swap("Dix minutes suffisent =C3=A0 qui sait.", strings.Repeat("x", 998)), nil, ""},
		{"very long", "", message + strings.Repeat(strings.Repeat("x", 998)+"\r\n", 6000), nil, "mail-too-long"},
		{"nobody to leave", "", swap("List-Unsubscribe: <https://roues.example/adieu>\r\n", ""), nil, "mail-unsubscribe"},
		{"an open page to leave", "", swap("<https:", "<http:"), nil, "mail-unsubscribe"},
		{"more than a click to leave", "", swap("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", ""), nil, "mail-unsubscribe"},
		{"others who get it", "", "Bcc: all@lecteurs.example\r\n" + message, nil, "mail-header"},
		{"sent again", "", "resent-to: all@lecteurs.example\r\n" + message, nil, "mail-header"},
		{"two senders", "", "From: eve@eve.example\r\n" + message, nil, "mail-header-count"},
		{"no date", "", swap("Date:", "X-Date:"), nil, "mail-header-count"},
		{"bytes beyond ASCII in the header", "", swap("=?UTF-8?q?R=C3=A9gler_ses_freins?=", "Régler"), nil, "mail-bad-message"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			post := edition(1, readers()...)
			if tt.to != nil {
				post.Edition.To = tt.to
			}
			if tt.from != "" {
				post.Edition.From = tt.from
			}
			if tt.message != "" {
				post.Edition.Message = []byte(tt.message)
			}
			found := mail.Format{}.Validate(post)
			got := codes(found)
			slices.Sort(got)
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%v, want %s", got, tt.want)
			}
			if _, err := (mail.Format{}).Render(post); (err == nil) != (problem.Errors(found) == 0) {
				t.Errorf("%v, and Render: %v", got, err)
			}
		})
	}
	if got := codes(mail.Format{}.Validate(platform.Post{})); strings.Join(got, " ") != "mail-no-edition" {
		t.Errorf("%v", got)
	}
}

func TestRender_holdsNoAddress(t *testing.T) {
	t.Parallel()
	post := edition(1, "Awa Traoré <awa@lecteurs.example>", "AWA@lecteurs.example", `"a b"@lecteurs.example`)
	m, err := mail.Format{}.Render(post)
	if err != nil {
		t.Fatal(err)
	}
	data, _, err := m.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"awa@", "lecteurs.example", "Traor", "a b"} {
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%q is in %s", secret, data)
		}
	}
	if want := "Dix minutes suffisent à qui sait.\n.\n..\n. Un point au début.\n\n\n"; m.Parts[0].Text != want || m.Title != "Régler ses freins (1)" {
		t.Errorf("%q %q", m.Title, m.Parts[0].Text)
	}
	job := platform.Job{Key: post.Key, Message: m}
	h, err := mail.New(platform.Account{}, mail.Settings{}, nil).Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if all, tally, err := mail.Read(h); err != nil || tally.Pending != 2 || len(all) != 2 {
		t.Errorf("%v %+v %v", all, tally, err)
	}
}

// FuzzAddress: what passes for an address is one line, one path, and the same
// recipient when it is read again.
func FuzzAddress(f *testing.F) {
	for _, s := range append(hostile.Texts(), readers()...) {
		f.Add(s)
	}
	f.Add(`"a\"b\\c"@x.example`)
	f.Add("Name <a@b.example>")
	f.Add(".a..b.@x.example")
	f.Fuzz(func(t *testing.T, s string) {
		token, ok := mail.Token("k", s)
		if !ok {
			return
		}
		path := mail.Path(s)
		if strings.ContainsAny(path, "\r\n\x00<>") && !strings.HasPrefix(path, `"`) || len(path) > 254 || strings.ContainsAny(path, "\r\n\x00") {
			t.Errorf("%q: %q", s, path)
		}
		if again, ok := mail.Token("k", path); !ok || again != token || mail.Path(path) != path {
			t.Errorf("%q: %q is not the same", s, path)
		}
	})
}
