package office_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
)

const sentLetters = `
[site]
title = "Les Roues libres"
zone = "Europe/Paris"
lang = "fr"
langs = ["en"]
url = "https://roues.example/"
[platforms.blog]
rhythm.times = ["Tue 09:00"]
[platforms.newsletter]
rhythm.times = ["Thu 08:00"]
edition = { min = 1, max = 6 }
[newsletter]
from = "Les Roues libres <lettre@roues.example>"
postal_address = "3 quai de la Fosse, Nantes"
unsubscribe_url = "https://roues.example/adieu"
to = ["Awa <awa@lecteurs.example>", "bo@lecteurs.example"]
smtp = { host = "mail.roues.example", user = "lettre" }
`

// loadWith reads an office as it is at an instant.
func loadWith(t *testing.T, dir, now string, environ ...string) *office.Office {
	t.Helper()
	o, err := office.Load(context.Background(), office.Options{
		Dir: dir, Config: config.Options{Environ: environ},
		Clock: func(z civil.Zone) (time.Time, error) {
			m, err := z.ParseMoment(now)
			return m.Instant, err
		},
	})
	if err != nil {
		t.Fatalf("%v: %v", err, o.Problems)
	}
	return o
}

// editions are the orders of a newsletter with their mails.
func editions(t *testing.T, o *office.Office) map[string]platform.Post {
	t.Helper()
	orders, err := o.Orders()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]platform.Post{}
	for _, order := range orders {
		if !order.Edition {
			continue
		}
		p, err := o.PostFor(t.Context(), order)
		if err != nil {
			t.Fatalf("%s: %v", order.ID, err)
		}
		all[order.ID] = p
	}
	return all
}

func sentPosts(more map[string]string) map[string]string {
	files := map[string]string{
		"config.toml":  sentLetters,
		"content/a.md": post("a", `platforms = ["blog", "newsletter"]`, "Text of a.\n\n.\n..\nA line after dots.\n"),
		"content/b.md": post("b", `platforms = ["newsletter"]`+"\nlang = \"en\"", "Text of b."),
		"content/c.md": post("c", `platforms = ["newsletter"]`, "Text of c, which nobody agreed."),
		"calendar.txt": `2026-10-20T09:00 blog a#blog#1 # a
2026-10-22T08:00 newsletter a#newsletter#1 # a
2026-10-22T08:00 newsletter b#newsletter#1 # b
`,
	}
	for name, text := range more {
		files[name] = text
	}
	return files
}

// TestEditionMessage_isOneForEver: days before, at its minute and after it, an
// edition is the same mail, fit to be sent, with what was agreed and nothing else.
func TestEditionMessage_isOneForEver(t *testing.T) {
	t.Parallel()
	dir := write(t, sentPosts(nil))
	var first platform.Post
	for _, now := range []string{"2026-10-19T12:00", "2026-10-22T07:59", "2026-10-22T08:00", "2026-10-23T12:00"} {
		p := editions(t, loadWith(t, dir, now))["2026-10-22-0800"]
		if p.Edition == nil {
			t.Fatalf("%s: no edition", now)
		}
		if found := (mail.Format{}).Validate(p); len(found) > 0 {
			t.Errorf("%s: %v", now, found)
		}
		text := string(p.Edition.Message)
		if !strings.Contains(p.Plain, "Text of a") || !strings.Contains(p.Plain, "Text of b") || strings.Contains(text, "nobody agreed") {
			t.Errorf("%s: %s", now, p.Plain)
		}
		if !strings.Contains(p.Plain, "https://roues.example/a/") || !strings.Contains(p.Plain, "quai de la Fosse") {
			t.Errorf("%s: no page, or no postal address: %s", now, p.Plain)
		}
		if first.Edition == nil {
			first = p
		}
		if text != string(first.Edition.Message) {
			t.Errorf("%s: another mail than on the first day:\n%s\n%s", now, text, first.Edition.Message)
		}
		if p.Edition.From != "lettre@roues.example" || len(p.Edition.To) != 2 || p.Key != "edition:2026-10-22-0800#newsletter#1" {
			t.Errorf("%s: %+v", now, p)
		}
	}
}

// TestEditionMessage_ofEveryList: each list gets what it reads, and one that has
// nothing to read gets nothing.
func TestEditionMessage_ofEveryList(t *testing.T) {
	t.Parallel()
	dir := write(t, sentPosts(map[string]string{"config.toml": sentLetters + `
[[newsletter.lists]]
id = "fr"
languages = ["fr"]
[[newsletter.lists]]
id = "en"
languages = ["en"]
to = ["cy@lecteurs.example"]
[[audiences]]
id = "voisins"
[[newsletter.lists]]
id = "near"
languages = []
to = ["dee@lecteurs.example"]
`}))
	o := loadWith(t, dir, "2026-10-22T08:00")
	all := editions(t, o)
	fr, en := all["2026-10-22-0800/fr"], all["2026-10-22-0800/en"]
	if len(all) != 2 || fr.Edition == nil || en.Edition == nil {
		t.Fatalf("%v", all)
	}
	if fr.Key == en.Key || strings.Contains(fr.Plain, "Text of b") || strings.Contains(en.Plain, "Text of a") || len(fr.Edition.To) != 2 || len(en.Edition.To) != 1 {
		t.Errorf("%+v\n%+v", fr, en)
	}
	m, rerr := mail.Format{}.Render(fr)
	if rerr != nil {
		t.Fatal(rerr)
	}
	h, rerr := mail.New(platform.Account{}, mail.Settings{}, nil).Prepare(t.Context(), platform.Job{Key: fr.Key, Message: m})
	if rerr != nil {
		t.Fatal(rerr)
	}
	readers, tally, rerr := o.Readers("newsletter", fr.Key, h)
	if rerr != nil || tally.Pending != 2 || len(readers) != 2 || readers[0].Address != "Awa <awa@lecteurs.example>" || readers[1].Address != "bo@lecteurs.example" {
		t.Errorf("%+v %+v %v", readers, tally, rerr)
	}
}

// TestEditionMessage_waits: an introduction that is not ready holds the edition
// back, as a post does.
func TestEditionMessage_waits(t *testing.T) {
	t.Parallel()
	dir := write(t, sentPosts(map[string]string{
		"content/intro.md": "+++\ntitle = \"Bonjour\"\nstage = \"draft\"\nedition = 2026-10-22\n+++\nHello.\n",
	}))
	o := loadWith(t, dir, "2026-10-22T08:00")
	orders, err := o.Orders()
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range orders {
		if !order.Edition {
			continue
		}
		if why, detail, _ := o.HoldOf(order, o.Now); why == "" {
			t.Errorf("it is not held: %s %s", why, detail)
		}
		p, err := o.PostFor(t.Context(), order)
		if err != nil {
			t.Fatal(err)
		}
		if problem.Errors(mail.Format{}.Validate(p)) == 0 {
			t.Error("it could be sent")
		}
		if m, err := (mail.Format{ByHand: true}).Render(p); err != nil || !strings.Contains(m.Parts[0].Text, "Text of a") {
			t.Errorf("by hand: %+v %v", m, err)
		}
	}
}

// TestEditionMessage_noTemplateThatFails: ours do not take the place of what the
// office wants.
func TestEditionMessage_noTemplateThatFails(t *testing.T) {
	t.Parallel()
	dir := write(t, sentPosts(map[string]string{"templates/newsletter/mail.html": "{{ .Nothing.At.All }}"}))
	o := loadWith(t, dir, "2026-10-22T08:00")
	orders, err := o.Orders()
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range orders {
		if _, err := o.PostFor(t.Context(), order); order.Edition && err == nil {
			t.Error("it is made with our template")
		}
	}
}
