package office

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need/reader"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// keepFeeds is for checks with readers that this repository does not have: see
// docs/feeds.md.
var keepFeeds = flag.String("keep-feeds", "", "folder in which to leave the sites of TestFeeds")

const feedsConfig = `[site]
title = "Les Roues libres"
description = "Un atelier <b>vélo</b> & plus."
lang = "fr"
langs = ["fr", "ar", "en"]
zone = "Europe/Paris"
url = "https://roues.example/blog/"
author = "Awa & Léo"
email = "bonjour@roues.example"
licence = "CC BY-SA 4.0"
licence_url = "https://creativecommons.org/licenses/by-sa/4.0/"
hub = "https://hub.example/"
[feeds]
window.count = 0
by_tag = true
by_pillar = true
[platforms.blog]
rhythm.times = ["Tue 09:00"]
`

// hostilePosts are what people write, import and paste.
func hostilePosts() map[string]string {
	files := map[string]string{
		"config.toml":           feedsConfig,
		"content/photo été.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x02\x00\x00\x00",
		"content/son.mp3":       "ID3\x03" + strings.Repeat("\x00", 200),
		"content/film.mp4":      "\x00\x00\x00\x18ftypmp42" + strings.Repeat("\x00", 100),
	}
	n := 0
	add := func(name, title, more, body string) {
		n++
		files["content/"+name+".md"] = fmt.Sprintf("---\ntitle: %s\ndate: \"2026-10-%02d 09:%02d\"\nstage: published\n%s\n---\n%s\n", title, 1+n%15, n, more, body)
	}
	add("long", "Cinq cents kilo-octets", "tags: [long]", strings.Repeat(strings.Repeat("Un paragraphe qui n’en finit pas. ", 100)+"[Un *lien*](arabe.ar.md).\n\n", 143))
	add("egal-1", "Le même titre", "tags: [égal]", "Un.")
	add("egal-2", "Le même titre", "tags: [égal]", "Deux.")
	add("vide", `""`, "tags: [titres]", "Un texte dont le titre est vide.")
	add("blanc", `"   "`, "tags: [titres]", "Un texte dont le titre est blanc.")
	add("invisible", `"\u200b\u200d"`, "tags: [titres]", "Un texte dont le titre ne se voit pas.")
	add("controles", `"a\0b\x08c\x1b[31md\u0085e\u2028f\x7fg"`, `summary: "\x00\x01\x02 \ufffe \uffff"`, "Des \x08contr\x1bôles\x0c ici \x7f là.")
	add("rien", "Sans texte", "", "")
	add("seulement-image", "Une image et rien d’autre", "", "![](photo%20été.png)")
	add("cdata", `"]]> <![CDATA[ ]]]]>"`, `tags: ["]]>"]`, "]]> et `]]>` et ]]&gt;\n\n```\n]]>]]>\n<![CDATA[\n```\n\n<!-- ]]> -->")
	add("balises", `"<b>Gras</b> & AT&amp;T <script>alert(1)</script> a < b"`, `summary: "<img src=x onerror=alert(1)> & co"`,
		"<script>alert(1)</script><iframe src=\"//x\"></iframe> <a href=\"javascript:alert(1)\" onclick=\"x\">ici</a>\n\n<img src=\"photo été.png\" onerror=\"x\" style=\"x\">")
	add("arabe.ar", "\"مرحبا بالعالم \u202egnp.exe\"", "tags: [دراجة]\nauthors: [ليلى]", "نص **عربي** مع English و\u202eمقلوب\u202c.")
	add("hebreu", "שלום עולם", "lang: fr\ntags: [אופניים]", "טקסט בעברית.")
	add("emoji", `"👩‍👩‍👧‍👦🏳️‍🌈🚲 é"`, "tags: [\"🚲\", \"👩‍👩‍👧‍👦\"]", "Du texte 🚲 et 👩🏽‍🔧.")
	add("demi", "Demi-caractère", `tags: ["\uD83D", demi]`, "Texte.")
	add("octets", "Ni UTF-8", "", "Une moitié : \xed\xa0\xbd, et \xff\xfe, \xc3.")
	add("son", "Un enregistrement", "image: photo été.png\nsummary: Écouter.", "[Écouter](son.mp3) ou [voir](film.mp4).")
	add("image", "Une image", "image:\n  src: photo été.png\n  alt: \"Un <vélo> & \\\"son\\\" guidon\"\n  credit: \"A ]]> B\"", "![Un vélo](photo%20été.png \"titre\")")
	add("image-texte", "Une image qui n’en est pas une", `image: "Image de l’article : 400x800 en PNG"`, "Texte.")
	add("image-loin", "Une image d’ailleurs", "image: https://ailleurs.example/photo été.jpg?a=1&b=[2] é", "Texte.")
	add("liens", "Des liens", "canonical: https://ailleurs.example/?a=1&b=2",
		"[a](/x?a=1&b=2) [b](//hote/x) [c](#ici) [d](mailto:a@b.c) [e](son.mp3#t=1) [f](nulle-part.md) <https://x.example/é>\n\n[^1] note\n\n[^1]: Une note.\n\n| a | b |\n|---|---|\n| 1 | 2 |")
	add("question", "Une question ?", "question: \"Et vous ? <b>]]></b>\"\ninvite: \"Écrivez & dites\"\npillar: \"savoir <faire>\"", "Texte.")
	add("titre-long", strings.Repeat("très ", 400)+"long", "", "Texte.")
	add("auteurs", "Des auteurs", `authors: ["a@b.c (Awa)", "<Léo>", "", "Awa, Léo"]`, "Texte.")
	add("anglais.en", "In English", "tags: [Égal, english]\nupdated: \"2026-10-18 12:00\"", "Text with “quotes” — and dashes.")
	add("canada", "Au Québec", "lang: fr-CA", "Texte.")
	files["content/ancien.md"] = "---\ntitle: Avant les fuseaux\ndate: \"1901-02-03 04:05\"\nstage: published\n---\nTexte.\n"
	files["content/1969.md"] = "---\ntitle: Avant le temps d’Unix\ndate: \"1969-12-31 23:00\"\nstage: published\n---\nTexte.\n"
	files["content/sans-date.md"] = "---\ntitle: Sans date\nstage: published\n---\nTexte.\n"
	files["content/json.md"] = "{\"title\": \"JSON \\ud83d\\udeb2 \\ud83d et \\udeb2\", \"date\": \"2026-10-03 10:00\", \"stage\": \"published\"}\nTexte.\n"
	files["content/toml.md"] = "+++\ntitle = \"TOML \\u0000\\U0001F6B2\"\ndate = 2026-10-03T11:00:00\nstage = \"published\"\n+++\nTexte.\n"
	return files
}

// TestFeeds_noReaderComplains builds model offices, an office without a post
// and one of hostile posts, and lets readers of others read their feeds.
func TestFeeds_noReaderComplains(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC)
	offices := map[string]func(t *testing.T) string{
		"hostile": func(t *testing.T) string { return writeOffice(t, hostilePosts()) },
		"empty":   func(t *testing.T) string { return writeOffice(t, map[string]string{"config.toml": feedsConfig}) },
	}
	for _, lang := range words.Langs() {
		offices["starter-"+string(lang)] = func(t *testing.T) string {
			dir := t.TempDir()
			if _, err := Begin(dir, lang, func(civil.Zone) (time.Time, error) { return now.AddDate(0, 0, -40), nil }); err != nil {
				t.Fatal(err)
			}
			return dir
		}
	}
	want := map[string][]string{"hostile": {
		"content/blanc.md", "content/demi.md", "content/octets.md", "content/vide.md",
	}}
	for name, made := range offices {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := made(t)
			out := filepath.Join(dir, "out")
			if *keepFeeds != "" {
				out = filepath.Join(*keepFeeds, name)
			}
			o := loadAt(t, dir, now)
			built, err := o.Build(t.Context(), out)
			if err != nil {
				t.Fatal(err)
			}
			var refused []string
			for _, p := range append(o.Problems, built.Problems...) {
				if p.Severity == problem.Error {
					refused = append(refused, p.File)
				}
			}
			if d := cmp.Diff(want[name], refused); d != "" {
				t.Errorf("posts with problems (-want +got):\n%s", d)
			}
			reader.Check(t, filepath.Join(out, PublicDir))
		})
	}
}
