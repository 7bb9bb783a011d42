package markdown_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"editorial/pkg/content/markdown"
)

// article returns an honest post of about 700 words.
func article() string {
	return "# Planifier l'année\n\n" + strings.Repeat(`Une petite équipe qui publie "quand elle peut" finit par ne plus publier : le lundi est pris,
le mardi aussi, et l'*été* arrive. Le [calendrier éditorial](/guides/calendrier/) n'est pas une prison ! C'est une
promesse que l'on se fait -- à plusieurs -- de **tenir un rythme**, avec les heures que l'on a vraiment.

- compter les heures disponibles par personne ;
- choisir *une* plateforme principale, puis deux autres ;
- relire https://example.org/methode?etape=2 avant de commencer.

> « On ne manque pas d'idées, on manque de temps », disait une lectrice.

![Le tableau des semaines](/images/tableau.jpg "Semaines 36 à 40")

## Et ensuite ?

Rien n'oblige à tout faire. On garde ce qui marche, on arrête le reste, et l'on note pourquoi[^1]. La commande
`+"`editorial plan`"+` montre la suite.

`, 5) + "[^1]: Voir le rapport.\n"
}

func BenchmarkDocument(b *testing.B) {
	p := markdown.New()
	plain := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.Typographer))
	for _, w := range []struct {
		name string
		src  []byte
	}{
		{"700words", []byte(article())},
		{"500kB", []byte(fill(article(), 500_000))},
		{"700wordsRawHTML", []byte(article() + "\n<figure class=\"wide\"><img src=\"/a.jpg\" alt=\"b\"><figcaption>c</figcaption></figure>\n\n<kbd>d</kbd>\n")},
	} {
		b.Run("parseAndHTML/"+w.name, func(b *testing.B) {
			b.SetBytes(int64(len(w.src)))
			b.ReportAllocs()
			for b.Loop() {
				doc, err := p.Parse(w.src, "fr")
				if err != nil {
					b.Fatal(err)
				}
				if _, err := doc.HTML(markdown.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("goldmark/"+w.name, func(b *testing.B) {
			b.SetBytes(int64(len(w.src)))
			b.ReportAllocs()
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := plain.Convert(w.src, &out); err != nil {
					b.Fatal(err)
				}
			}
		})
		doc, err := p.Parse(w.src, "fr")
		if err != nil {
			b.Fatal(err)
		}
		b.Run("text/"+w.name, func(b *testing.B) {
			b.SetBytes(int64(len(w.src)))
			b.ReportAllocs()
			for b.Loop() {
				doc.Text(72, nil)
			}
		})
		b.Run("excerpt/"+w.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				doc.Excerpt(200)
			}
		})
	}
}

// BenchmarkWorst takes what the guards let through, or what they need to turn
// an input away. The time a byte must not grow with the length.
func BenchmarkWorst(b *testing.B) {
	p := markdown.New()
	inputs := worst()
	names := make([]string, 0, len(inputs))
	for name := range inputs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, kB := range []int{125, 500} {
			src := []byte(inputs[name](kB * 1000))
			b.Run(fmt.Sprintf("%s/%dkB", strings.ReplaceAll(name, " ", "-"), kB), func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					if doc, err := p.Parse(src, "fr"); err == nil {
						_, _ = doc.HTML(markdown.Options{})
					}
				}
			})
		}
	}
}
