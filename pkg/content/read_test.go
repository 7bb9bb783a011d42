package content_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

func paris(t testing.TB) content.Defaults {
	t.Helper()
	z, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return content.Defaults{Zone: z, Lang: "fr"}
}

// listed is "line:col code" of every problem, warnings with a question mark.
func listed(ps []problem.Problem) []string {
	out := []string{}
	for _, p := range ps {
		mark := ""
		if p.Severity == problem.Warning {
			mark = "?"
		}
		out = append(out, fmt.Sprintf("%d:%d %s%s", p.Line, p.Col, p.Code, mark))
	}
	return out
}

const everyKeyTOML = `+++
id = "velo-1"
title = "Régler ses freins"
slug = "freins"
lang = "FR-ca"
description = "Deux vis."
authors = ["awa", "léo"]
tags = "atelier, freins"
categories = ["gestes"]
url = "2026/freins"
aliases = ["/vieux/freins", "/f.html"]
translation = "freins"
canonical = "https://example.org/freins"
question = "Et vous ?"
invite = "Venez."
date = 2026-10-01
publishDate = 2026-10-20T09:30:00
lastmod = 2026-10-21T09:30:00+05:00
embargo = "2026-10-19 09:00"
not_before = "20 octobre 2026"
deadline = 2026-12-01
expiryDate = 2027-01-01
stage = "review"
assignee = "awa"
format = "article"
approval = "sha256:abc"
platforms = ["blog", "x"]
priority = 5
pillar = "gestes"
intent = "inform"
audience = "voisins"
objective = "adhesions"
campaign = "hiver"
series = "hiver"
part = 2
weight = 7

[image]
src = "img/frein.png"
alt = "Un frein"
credit = "Awa"
license = "CC BY 4.0"
[effort]
awa = "3h"
nora = "1h30"
[logged]
awa = "45m"
[repeat]
times = 3
every = "8 semaines"
[variants.x]
text = "Deux vis."
title = "Freins"
thread = true
numbered = true
first_comment = "Et toi ?"
date = 2026-10-22T18:00:00
effort = "30m"
logged = "10m"
+++
Deux vis.
`

const everyKeyYAML = `---
id: velo-1
title: Régler ses freins
slug: freins
lang: FR-ca
summary: Deux vis.
description: not this one
author: [awa, {name: léo}]
tags: [atelier, freins]
category: gestes
permalink: /2026/freins/
redirect_from: [/vieux/freins/index.html, f.html]
translationKey: freins
canonical: https://example.org/freins
question: Et vous ?
invite: Venez.
Date: 2026-10-01
PublishDate: 2026-10-20 09:30
updated: 2026-10-21T09:30:00+05:00
embargo: 2026-10-19 09:00
not_before: 20 octobre 2026
deadline: 2026-12-01
expires: 2027-01-01
stage: Review
assignee: awa
format: article
approval: sha256:abc
platforms: blog, x
priority: 5
pillar: gestes
intent: inform
audience: voisins
objective: adhesions
campaign: hiver
series: [hiver]
part: 2
weight: 7
image: {src: img/frein.png, alt: Un frein, credit: Awa, licence: CC BY 4.0}
effort: {awa: 3h, nora: 1h30}
logged:
  awa: 45m
repeat:
  times: 3
  every: 8 semaines
variants:
  x: {text: Deux vis., title: Freins, thread: true, numbered: true, first_comment: Et toi ?, date: 2026-10-22 18:00, effort: 30m, logged: 10m}
...
Deux vis.
`

const everyKeyJSON = `{
"id": "velo-1", "title": "Régler ses freins", "slug": "freins", "lang": "FR-ca", "summary": "Deux vis.",
"authors": ["awa", "léo"], "tags": ["atelier", "freins"], "category": "gestes", "translation": "freins",
"canonical": "https://example.org/freins", "question": "Et vous ?", "invite": "Venez.",
"publishDate": "2026-10-20 09:30", "updated": "2026-10-21T09:30:00+05:00", "embargo": "2026-10-19 09:00",
"not_before": "20 octobre 2026", "deadline": "2026-12-01", "expires": "2027-01-01", "stage": "review",
"assignee": "awa", "format": "article", "approval": "sha256:abc", "platforms": ["blog", "x"], "priority": 5,
"pillar": "gestes", "intent": "inform", "audience": "voisins", "objective": "adhesions", "campaign": "hiver",
"series": "hiver", "part": 2, "weight": 7, "permalink": "/2026/freins", "aliases": ["vieux/freins/", "/f.html"],
"image": {"src": "img/frein.png", "alt": "Un frein", "credit": "Awa", "licence": "CC BY 4.0"},
"effort": {"awa": "3h", "nora": "1h30"}, "logged": {"awa": "45m"}, "repeat": {"times": 3, "every": "8 semaines"},
"variants": {"x": {"text": "Deux vis.", "title": "Freins", "thread": true, "numbered": true, "first_comment": "Et toi ?", "date": "2026-10-22 18:00", "effort": "30m", "logged": "10m"}}
}
Deux vis.
`

func everyKeyPost(t *testing.T) *content.Post {
	d := paris(t)
	at := func(s string) civil.Moment {
		m, err := d.Zone.ParseMoment(s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	return &content.Post{
		Path: "a.md", ID: "velo-1", Title: "Régler ses freins", Slug: "freins", Lang: "fr-CA", Summary: "Deux vis.",
		Authors: []string{"awa", "léo"}, Tags: []string{"atelier", "freins", "gestes"}, Categories: []string{"gestes"},
		Address: "/2026/freins/", Aliases: []string{"/vieux/freins/", "/f.html"},
		Image:       content.Image{Src: "img/frein.png", Alt: "Un frein", Credit: "Awa", Licence: "CC BY 4.0"},
		Translation: "freins", Canonical: "https://example.org/freins", Question: "Et vous ?", Invite: "Venez.",
		Date: at("2026-10-20 09:30"), Updated: at("2026-10-21 06:30"), Embargo: at("2026-10-19 09:00"),
		NotBefore: at("2026-10-20"), Deadline: at("2026-12-01"), Expires: at("2027-01-01"),
		Stage: content.Review, Effort: map[string]int{"awa": 180, "nora": 90}, Logged: map[string]int{"awa": 45},
		Assignee: "awa", Format: "article", Approval: "sha256:abc", Platforms: []string{"blog", "x"}, Priority: 5,
		Pillar: "gestes", Intent: "inform", Audience: "voisins", Objective: "adhesions", Campaign: "hiver",
		Series: "hiver", Part: 2, Repeat: content.Repeat{Times: 3, Every: civil.Span{Days: 56}},
		Variants: map[string]content.Variant{"x": {
			Text: "Deux vis.", Title: "Freins", Thread: true, Numbered: true, FirstComment: "Et toi ?", Date: at("2026-10-22 18:00"),
			Effort: map[string]int{"": 30}, Logged: map[string]int{"": 10},
		}},
	}
}

func TestRead_understandsEveryKeyInThreeFormats(t *testing.T) {
	t.Parallel()
	want := everyKeyPost(t)
	for format, src := range map[content.Format]string{content.TOML: everyKeyTOML, content.YAML: everyKeyYAML, content.JSON: everyKeyJSON} {
		for name, src := range map[string]string{
			"as it is": src, "CRLF": strings.ReplaceAll(src, "\n", "\r\n"), "with a byte order mark": "\ufeff" + src,
		} {
			p := content.Read("a.md", []byte(src), paris(t))
			if len(p.Problems) > 0 {
				t.Errorf("%s %s: %v", format, name, p.Problems)
			}
			if body := strings.TrimSuffix(strings.ReplaceAll(string(p.Body([]byte(src))), "\r", ""), "\n"); body != "Deux vis." {
				t.Errorf("%s %s: body %q", format, name, body)
			}
			opts := []cmp.Option{
				cmpopts.IgnoreFields(content.Post{}, "Extra", "Sum", "BodyAt", "BodyLine", "Syntax"), cmpopts.IgnoreUnexported(content.Post{}), cmp.Comparer(sameMoment),
			}
			if d := cmp.Diff(want, p, opts...); d != "" {
				t.Errorf("%s %s: want -, got +:\n%s", format, name, d)
			}
			if got := strings.Split(src, "\n")[p.BodyLine-1]; strings.TrimSpace(got) != "Deux vis." {
				t.Errorf("%s %s: the body's line %d is %q", format, name, p.BodyLine, got)
			}
			if p.Syntax != format || len(p.Extra) != 1 || p.Extra[0].Key != "weight" || p.Extra[0].Value.Int != 7 {
				t.Errorf("%s %s: %s, kept %v", format, name, p.Syntax, p.Extra)
			}
		}
	}
}

func sameMoment(a, b civil.Moment) bool {
	return a.Local == b.Local && a.HasClock == b.HasClock && a.Instant.Equal(b.Instant)
}

func TestRead_saysAllThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		src  string
		want []string
	}{
		"toml": {`+++
title = 7
date = "demain"
draft = "no"
stage = "redy"
priority = 9
lang = "klingonesque"
slug = "../../etc"
id = "a b"
platforms = 3
effort = "-2h"
part = 0
canonical = "javascript:alert(1)"
expires = "31/02/2026"
embargo = 2026
embrago = 2026-01-01
tilte = "x"
edition = 2026-10-20T09:00:00
image = 4
[repeat]
times = "two"
every = "often"
[variants."é/"]
[variants.x]
dat = 2026-01-01
effort = {awa = 5}
+++
`, []string{
			"2:9 not-text", "3:8 bad-date", "4:9 not-boolean", "5:9 unknown-stage", "6:12 out-of-range", "7:8 bad-lang",
			"8:8 bad-slug", "9:6 bad-id", "10:13 not-texts", "11:10 bad-work", "12:8 out-of-range", "13:13 bad-url",
			"14:11 ambiguous-date", "15:11 bad-date", "16:1 misspelt-key", "17:1 near-key?", "18:11 not-a-day", "19:9 not-text",
			"21:9 not-integer", "22:9 bad-span", "23:11 bad-name", "25:1 misspelt-key", "26:17 bad-work",
		}},
		"yaml": {`---
title: [a]
date: 2026-02-30
publsh_date: 2026-02-28
draft: yes
authors: {a: b}
tags: {a: b}
priority: "3"
Draft: true
expires: 2026-01-01
expiryDate: 2026-01-02
deadline: Monday 14 July 2026
effort: 5
image:
  src: [a]
variants: 1
---
`, []string{
			"2:8 not-text", "3:7 no-such-date", "4:1 misspelt-key", "5:8 not-boolean", "6:10 not-texts", "7:7 not-texts",
			"8:11 not-integer", "9:1 key-twice", "11:1 key-twice", "12:11 wrong-weekday", "13:9 bad-work", "15:8 not-text", "16:11 needs-table",
		}},
		"json": {"{\"title\": true,\n \"é\": 1, \"date\": 20260101,\n \"platforms\": [\"blog\", \"a b\", 7]}\n",
			[]string{"1:11 not-text", "2:18 bad-date", "3:24 bad-name", "3:31 not-text"}},
		"syntax and the rest": {"+++\ndate = \"demain\"\ntitle = \n+++\n", []string{"2:8 bad-date", "3:9 syntax"}},
		"duplicate":           {"---\ntitle: a\ntitle: b\nstage: x\n---\n", []string{"3:1 duplicate-key", "4:8 unknown-stage"}},
		"no title":            {"---\ntags: a\n---\n", []string{"1:1 no-title"}},
		"empty":               {"", []string{"1:1 no-front-matter"}},
		"no front matter":     {"# Hello\n", []string{"1:1 no-front-matter"}},
		"late front matter":   {"\n---\ntitle: x\n---\n", []string{"1:1 no-front-matter"}},
		"unclosed toml":       {"+++\ntitle = 'x'\n---\n", []string{"1:1 unclosed-front-matter"}},
		"unclosed yaml":       {"---\ntitle: x\n", []string{"1:1 unclosed-front-matter"}},
		"unclosed json":       {"{\"a\": \"}\"\n", []string{"1:1 unclosed-front-matter"}},
		"shortcode":           {"{{< figure >}}\n", []string{"1:2 syntax"}},
		"fence with blanks":   {"--- \ntitle: x\n---\t\r\nbody", []string{}},
		"list":                {"---\n- a\n---\n", []string{"2:1 not-a-table"}},
		"body not utf-8":      {"---\ntitle: x\n---\né \xff\n", []string{"4:3 invalid-utf8"}},
		"title not utf-8":     {"---\ntitle: caf\xe9\n---\n", []string{"2:11 invalid-utf8"}},
		"utf-16":              {"\xff\xfe-\x00-\x00", []string{"0:0 utf16"}},
		"utf-16 without mark": {"-\x00-\x00-\x00\n\x00", []string{"0:0 utf16"}},
		"large":               {"---\ntitle: x\na: " + strings.Repeat("x", content.MaxFrontMatter) + "\n---\n", []string{"1:1 front-matter-too-large"}},
		"contradiction":       {"---\ntitle: x\nstage: ready\ndraft: true\n---\n", []string{"4:8 draft-but-stage"}},
		"published undated":   {"---\ntitle: x\nstage: published\n---\n", []string{"3:8 published-without-date?"}},
	} {
		got := listed(content.Read("a.md", []byte(tt.src), paris(t)).Problems)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: want -, got +:\n%s", name, d)
		}
	}
}

func TestRead_derivesTheStage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, keys, body string
		want             content.Stage
	}{
		{"a.md", "", "", content.Idea},
		{"a.md", "", " \n\n", content.Idea},
		{"a.md", "", "text", content.Draft},
		{"a.md", "date: 2026-01-01", "", content.Ready},
		{"a.md", "publishDate: 2026-01-01", "text", content.Ready},
		{"a.md", "edition: 2026-01-01", "text", content.Ready},
		{"2026-01-01-a.md", "", "text", content.Ready},
		{"2026-01-01-a.md", "draft: true", "text", content.Draft},
		{"a.md", "date: 2026-01-01\ndraft: true", "text", content.Draft},
		{"a.md", "draft: false", "text", content.Ready},
		{"a.md", "date: 2026-01-01\npublished: false", "text", content.Draft},
		{"a.md", "date: 2026-01-01\npublished: true", "text", content.Ready},
		{"a.md", "published: 2026-01-01", "text", content.Ready},
		{"_drafts/2026-01-01-a.md", "", "text", content.Draft},
		{"a.md", "stage: IDEA\ndate: 2026-01-01", "text", content.Idea},
		{"a.md", "stage: review\ndraft: true", "text", content.Review},
		{"a.md", "stage: archived\ndraft: true", "text", content.Archived},
		{"a.md", "stage: à relire", "text", content.Review},
		{"a.md", "date:", "text", content.Draft},
	} {
		d := paris(t)
		d.Stages = map[string]content.Stage{"à relire": content.Review}
		p := content.Read(tt.name, []byte("---\ntitle: x\n"+tt.keys+"\n---\n"+tt.body), d)
		if p.Stage != tt.want || p.HasErrors() {
			t.Errorf("%s %q: got %s %v, want %s", tt.name, tt.keys, p.Stage, p.Problems, tt.want)
		}
	}
}

func TestRead_takesDateLanguageAndSlugFromTheFileName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"velo.md": "velo fr ", "2026-07-14-velo.md": "velo fr 2026-07-14", "2026-07-14_mon_velo.md": "mon-velo fr 2026-07-14", "2026-07-14.md": "2026-07-14 fr 2026-07-14",
		"2026-02-30-velo.md": "2026-02-30-velo fr ", "a/Régler l’œil_du cœur.MD": "regler-l-oeil-du-coeur fr ",
		"fr/velo/index.md": "velo fr ", "index.md": "index fr ", "2026-07-14-velo/index.md": "velo fr 2026-07-14",
		"velo.en.md": "velo en ", "velo.pt-br.markdown": "velo pt-BR ", "2026-07-14-velo.en.md": "velo en 2026-07-14",
		"v1.2.md": "v1-2 fr ", "crates.io.md": "crates-io fr ", "2026-07-14-10-20-30-x.md": "x fr 2026-07-14", "20260714-x.md": "20260714-x fr ", "node.js.md": "node-js fr ", "Straße.md": "strasse fr ", "--x--.md": "x fr ",
		strings.Repeat("mot-", 40) + "fin.md": strings.TrimSuffix(strings.Repeat("mot-", 20), "-") + " fr ",
		strings.Repeat("x", 200) + ".md":      strings.Repeat("x", 80) + " fr ",
	} {
		p := content.Read(name, []byte("---\ntitle: x\n---\n"), paris(t))
		got := p.Slug + " " + p.Lang + " "
		if !p.Date.IsZero() {
			got += p.Date.Local.Date.String()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"日本語.md", "...md", "con.md", "..md", "a/.../index.md", "-.md"} {
		p := content.Read(name, []byte("---\ntitle: x\n---\n"), paris(t))
		if !strings.HasPrefix(p.Slug, "post-") || len(p.Slug) != len("post-")+8 {
			t.Errorf("%s: slug %q", name, p.Slug)
		}
	}
}

func TestRead_refusesSlugsThatCannotNameAFolder(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"..", ".", "a/b", `a\\b`, "/a/b", "//a", "a b", "a?b", "a#b", "a%2fb", ".a", "a.", "a..b", "con", "NUL.x", "lpt1", "a:b", "\\u0301a", strings.Repeat("a", 121), "a\\u202eb"} {
		p := content.Read("velo.md", []byte("---\ntitle: x\nslug: \""+bad+"\"\n---\n"), paris(t))
		if got := listed(p.Problems); len(got) != 1 || got[0] != "3:7 bad-slug" || p.Slug != "velo" {
			t.Errorf("%q: got %v, slug %q", bad, got, p.Slug)
		}
	}
	for _, good := range []string{"a", "été", "2026", "a_b-c.d~e", "日本", "con-tact", "e\u0301te"} {
		p := content.Read("velo.md", []byte("---\ntitle: x\nslug: "+good+"\n---\n"), paris(t))
		if p.HasErrors() || p.Slug != good {
			t.Errorf("%q: got %q %v", good, p.Slug, p.Problems)
		}
	}
}

func TestRead_keepsATitleAsItWasTyped(t *testing.T) {
	t.Parallel()
	for _, title := range []string{"1984", "007", "1e3", "true", "No", "2026-07-14", "0x1F", "3.10"} {
		if p := content.Read("a.md", []byte("---\ntitle: "+title+"\n---\n"), paris(t)); p.Title != title || p.HasErrors() {
			t.Errorf("%s became %q, %v", title, p.Title, p.Problems)
		}
	}
}

func TestPost_At_findsFieldsByWhateverNameTheyStandUnder(t *testing.T) {
	t.Parallel()
	p := content.Read("a.md", []byte(everyKeyYAML), paris(t))
	for want, path := range map[string][]string{
		"a.md:6:10": {"summary"}, "a.md:8:9": {"authors"}, "a.md:18:14": {"publishDate"}, "a.md:8:15": {"authors", "1"},
		"a.md:46:100": {"variants", "x", "date"}, "a.md:1:1": {"edition"}, "a.md:28:12": {"platforms", "1"},
	} {
		if got := p.At(path[0], path[1:]...).String(); got != want {
			t.Errorf("%v: got %s, want %s", path, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{everyKeyTOML, everyKeyYAML, everyKeyJSON, "---\n---\n", "+++\n+++", "{}", "---\r\na: &a [*a]\r\n...\r\n", "\ufeff{\"draft\":[]}x", "Title: a\nStatus: x\n\tb\n\nc", "---json\n{\"permalink\":\"/:slug/%41\"}\n---\n# x", "---\nalias: [/a, ..]\nurl: /2024/01/02/x\n---\n\nA *b*\n===\n"} {
		f.Add("2026-07-14-velo.fr.md", []byte(s))
	}
	d := paris(f)
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		p := content.Read(name, src, d)
		lines := strings.Split(string(src), "\n")
		for _, q := range p.Problems {
			if q.File != name || q.Line > len(lines) || q.Line < 0 {
				t.Errorf("a problem outside the file: %v", q)
			}
		}
		if p.Slug == "" || strings.ContainsAny(p.Slug, "/\\\x00") || strings.HasPrefix(p.Slug, ".") {
			t.Errorf("slug %q", p.Slug)
		}
		if p.ID == "" || p.Lang == "" || p.Priority < 1 || p.Priority > 5 {
			t.Errorf("incomplete: %+v", p)
		}
		for _, a := range append([]string{p.Address}, p.Aliases...) {
			if a != "" && (a[0] != '/' || strings.Contains(a, "..") || strings.ContainsAny(a, "\\\x00?#\n") || strings.Contains(a, "//")) {
				t.Errorf("address %q", a)
			}
		}
		if p.BodyLine < 1 || p.BodyLine > len(lines)+1 {
			t.Errorf("the body is on line %d of %d", p.BodyLine, len(lines))
		}
		if k := p.Front().Kind; k != value.Map && k != value.Null {
			t.Errorf("front matter is a %s", k)
		}
	})
}
