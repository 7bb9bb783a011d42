package mail_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"editorial/internal/need/hostile"
	"editorial/pkg/problem"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
)

// handle is one in which everybody stands elsewhere.
func handle(t *testing.T) platform.Handle {
	t.Helper()
	data, err := json.Marshal(map[string]any{"recipients": []mail.Recipient{
		{Token: "p", State: mail.Pending}, {Token: "g", State: mail.Sending}, {Token: "s", State: mail.Sent, Status: 250},
		{Token: "r", State: mail.Refused, Status: 550}, {Token: "u", State: mail.Uncertain, Why: mail.WhyLost},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSettle(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		again  bool
		tokens []string
		want   string
	}{
		{"it is there", false, nil, "pending sent sent refused sent"},
		{"send again", true, nil, "pending pending sent refused pending"},
		{"one is there", false, []string{"u"}, "pending uncertain sent refused sent"},
		{"one again", true, []string{"g"}, "pending pending sent refused uncertain"},
		{"who was refused, again", true, []string{"r"}, "pending uncertain sent pending uncertain"},
		{"who was refused has it", false, []string{"r"}, "pending uncertain sent refused uncertain"},
		{"who has it, again", true, []string{"s"}, "pending uncertain sent refused uncertain"},
		{"nobody of that name", true, []string{"x"}, "pending uncertain sent refused uncertain"},
	} {
		all, _, err := mail.Read(mail.Settle(handle(t), tt.again, tt.tokens...))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range all {
			got = append(got, string(r.State))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
	if got := mail.Settle(platform.Handle("{"), true); string(got) != "{" {
		t.Errorf("%s", got)
	}
	if _, err := (&mail.Publisher{}).Settle(platform.Handle("{"), true); err == nil {
		t.Error("a handle that cannot be read is settled")
	}
}

// FuzzMessage: whatever passes for a message is sent as one, to one reader, and
// its signature is accepted.
func FuzzMessage(f *testing.F) {
	f.Add([]byte(message))
	for _, text := range odd() {
		f.Add([]byte(text))
	}
	head, _, _ := strings.Cut(message, "\r\n\r\n")
	for _, text := range hostile.Texts() {
		f.Add([]byte(head + "\r\nX-Note: " + text + "\r\n\r\n" + text + "\r\n"))
	}
	by := signers(f)["ed25519"]
	f.Fuzz(func(t *testing.T, text []byte) {
		post := edition(1, readers()[0])
		post.Edition.Message = text
		if problem.Errors(mail.Format{}.Validate(post)) > 0 {
			return
		}
		m, err := mail.Format{}.Render(post)
		if err != nil {
			t.Fatal(err)
		}
		sent, err := mail.Addressed(m, post.Key, readers()[0], by)
		if err != nil {
			t.Fatal(err)
		}
		if rest := bytes.ReplaceAll(sent, []byte("\r\n"), nil); bytes.ContainsAny(rest, "\r\n") {
			t.Errorf("%q", sent)
		}
		head, _, _ := strings.Cut(string(sent), "\r\n\r\n")
		for _, name := range []string{"to", "message-id", "from"} {
			if n := strings.Count(strings.ToLower("\r\n"+head), "\r\n"+name+":"); n != 1 {
				t.Errorf("%d times %s in %q", n, name, head)
			}
		}
		name, record, err := by.Record()
		if err != nil {
			t.Fatal(err)
		}
		if err := verdict(t, string(sent), map[string]string{name: record}); err != nil {
			t.Errorf("%v: %q", err, sent)
		}
	})
}

func TestSettlePart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, token   string
		again         bool
		left, waiting int
		err           error
	}{
		{"who is uncertain has it", "u", false, 1, 1, nil},
		{"who was being sent to, again", "g", true, 1, 2, nil},
		{"who was refused, again", "r", true, 2, 2, nil},
		{"who was refused has it", "r", false, 0, 0, platform.ErrNoPart},
		{"who has it, again", "s", true, 0, 0, platform.ErrNoPart},
		{"who gets it anyway", "p", true, 0, 0, platform.ErrNoPart},
		{"nobody of that name", "x", true, 0, 0, platform.ErrNoPart},
	} {
		_, left, waiting, err := (&mail.Publisher{}).SettlePart(handle(t), tt.again, tt.token)
		if left != tt.left || waiting != tt.waiting || err != tt.err {
			t.Errorf("%s: %d left, %d waiting, %v", tt.name, left, waiting, err)
		}
	}
}
