// Package corpus writes offices of any size: posts such as teams write, in
// French and English, the same for the same seed. They are what speed is
// measured with.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Now is an instant at which every post of an office is out.
const Now = "2026-10-19T08:00:00Z"

// first is the day of the oldest post of the largest office.
const first = "2011-01-03"

const config = `[site]
title = "Les Roues libres"
description = "L’atelier vélo de l’île."
url = "https://roues-libres.example/"
lang = "fr"
langs = ["fr", "en"]
zone = "Europe/Paris"
permalink = "/:lang/:slug/"
author = "Les Roues libres"
platforms = ["blog"]

[platforms.blog]
rhythm.times = ["Tue 09:00", "Thu 10:00"]
`

// Write makes an office of n posts in the folder dir, which it makes too.
func Write(dir string, n int, seed uint64) error {
	w := writer{rand.New(rand.NewPCG(seed, uint64(n))), french(), english(), tags()}
	if err := os.MkdirAll(filepath.Join(dir, "content"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o644); err != nil {
		return err
	}
	day, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return err
	}
	for i := range n {
		// Spread evenly over some fifteen years.
		at := day.Add(time.Duration(i) * 15 * 365 * 24 * time.Hour / time.Duration(n)).Truncate(time.Minute)
		name, text := w.post(i, at)
		folder := filepath.Join(dir, "content", at.Format("2006"))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

type writer struct {
	*rand.Rand
	french, english, tags []string
}

func pick[T any](w writer, from []T) T { return from[w.IntN(len(from))] }

// post is the name and the text of the i-th post: three of four are French,
// every other has its front matter in TOML.
func (w writer) post(i int, at time.Time) (name, text string) {
	lang := "fr"
	if w.IntN(4) == 0 {
		lang = "en"
	}
	title := sentence(w, lang, 4, 9)
	about := []string{pick(w, w.tags), pick(w, w.tags)}
	author := pick(w, []string{"Awa Traoré", "Léo Marchand", "Nora Lindqvist"})
	var b strings.Builder
	if i%2 == 0 {
		fmt.Fprintf(&b, "+++\nid = \"post-%d\"\ntitle = %q\ndate = %s\nlang = %q\nauthors = [%q]\ntags = [%q, %q]\nstage = \"published\"\n+++\n\n",
			i, title, at.Format("2006-01-02T15:04:05"), lang, author, about[0], about[1])
	} else {
		fmt.Fprintf(&b, "---\nid: post-%d\ntitle: %q\ndate: %s\nlang: %s\nauthors: [%s]\ntags: [%s, %s]\nstage: published\n---\n\n",
			i, title, at.Format("2006-01-02 15:04:05"), lang, author, about[0], about[1])
	}
	w.body(&b, lang, 600+w.IntN(301))
	return fmt.Sprintf("%s-%s-%d.md", at.Format("2006-01-02"), pick(w, w.tags), i), b.String()
}

// body writes so many words: paragraphs, and now and then what else stands in
// posts.
func (w writer) body(b *strings.Builder, lang string, words int) {
	paragraph := func(sentences int) {
		for range sentences {
			s := sentence(w, lang, 8, 20)
			words -= strings.Count(s, " ") + 1
			b.WriteString(w.dress(s) + ". ")
		}
	}
	notes := 0
	for block := 0; words > 0; block++ {
		if block > 0 && block%3 == 0 {
			fmt.Fprintf(b, "## %s\n\n", sentence(w, lang, 3, 6))
		}
		switch kind := w.IntN(12); {
		case kind == 0:
			for range 3 + w.IntN(3) {
				fmt.Fprintf(b, "- %s ;\n", w.dress(sentence(w, lang, 4, 9)))
				words -= 7
			}
		case kind == 1:
			fmt.Fprintf(b, "> %s\n", sentence(w, lang, 10, 18))
			words -= 14
		case kind == 2:
			fmt.Fprintf(b, "![%s](https://img.example/%d.jpg)\n", sentence(w, lang, 4, 8), w.IntN(1000))
		case kind == 3 && w.IntN(2) == 0:
			fmt.Fprintf(b, "```sh\neditorial plan --weeks %d\nls -l content | wc -l # <combien> & où\n```\n", 1+w.IntN(20))
		case kind == 4 && w.IntN(3) == 0:
			b.WriteString("| mois | vélos |\n| --- | ---: |\n")
			for range 4 {
				fmt.Fprintf(b, "| %s | %d |\n", sentence(w, lang, 1, 2), w.IntN(900))
			}
		case kind == 5 && w.IntN(3) == 0:
			notes++
			paragraph(2)
			fmt.Fprintf(b, "La preuve[^%d].\n\n[^%d]: %s.\n", notes, notes, sentence(w, lang, 6, 12))
		default:
			paragraph(3 + w.IntN(3))
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
}

// dress gives a sentence a link, a stress or a piece of code now and then.
func (w writer) dress(s string) string {
	words := strings.Split(s, " ")
	i := w.IntN(len(words))
	switch w.IntN(8) {
	case 0:
		words[i] = fmt.Sprintf("[%s](https://exemple.org/%s?n=%d)", words[i], pick(w, w.tags), w.IntN(50))
	case 1:
		words[i] = "**" + words[i] + "**"
	case 2:
		words[i] = "*" + words[i] + "*"
	case 3:
		words[i] = "`" + words[i] + "`"
	case 4:
		words[i] = `"` + words[i] + `"`
	}
	return strings.Join(words, " ")
}

// sentence is from low to high words, the first with a capital.
func sentence(w writer, lang string, low, high int) string {
	from := w.french
	if lang == "en" {
		from = w.english
	}
	words := make([]string, low+w.IntN(high-low+1))
	for i := range words {
		words[i] = pick(w, from)
		if i > 2 && i < len(words)-1 && w.IntN(7) == 0 {
			words[i] += ","
		}
	}
	s := strings.Join(words, " ")
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

func tags() []string {
	return []string{
		"freins", "pneus", "lumiere", "hiver", "atelier", "velo-cargo", "histoire", "carte", "benevoles", "prix",
		"brakes", "tyres", "lights", "winter", "workshop", "map", "volunteers", "safety", "children", "rain",
	}
}

func french() []string {
	return strings.Fields(`le la les un une des ce cette nos vos leur de du dans sur sous avec sans pour par chez entre
		vélo roue frein chaîne selle guidon pédale cadre pneu lumière atelier outil clé graisse câble gaine vis jante rayon
		hiver été pluie vent matin soir semaine mois année heure quartier rue île pont gare école marché voisine bénévole
		l'eau l'été l'usage qu'on d'abord aujourd'hui jusqu'à répare règle démonte nettoie vérifie apprend montre prête
		change garde cherche trouve roule avance tourne serre desserre gonfle écoute note compte partage revient
		lentement souvent toujours jamais parfois bientôt déjà encore vraiment simplement ensemble facile solide léger
		usé neuf propre gratuit ouvert fermé prochain dernier premier petit grand vieux et ou mais donc car quand si comme`)
}

func english() []string {
	return strings.Fields(`the a an this that our your their of in on under with without for by at between from
		bicycle wheel brake chain saddle handlebar pedal frame tyre light workshop tool wrench grease cable screw rim spoke
		winter summer rain wind morning evening week month year hour street island bridge station school market neighbour
		it's don't we're repair adjust clean check learn show lend change keep look find ride move turn tighten loosen pump
		listen write count share return slowly often always never sometimes soon already still really simply together
		easy solid light worn new clean free open closed next last first small great old and or but so because when if as`)
}
