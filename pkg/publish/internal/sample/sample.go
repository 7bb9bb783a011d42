// Package sample is the small site that the tests of outputs share: posts in
// French and English, translations, pictures, a series, a post without a
// title, one that has expired, and one whose every text is hostile.
package sample

import (
	"cmp"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
)

//go:embed posts/*.md
var posts embed.FS

// Hostile is text that must come out of every output as text, or not at all.
const Hostile = "</script><script>alert(1)</script> ]]> <!-- & \"q\" 'a' \u202e \x00\x08\x0b\x1b[31m \xff \ufffe <b>"

// Site returns the site at https://velo.example/blog/, which is no root.
func Site() publish.Site {
	s := publish.Site{
		Title: "L’Atelier du guidon", Description: "Réparer, rouler, partager : le journal d’un atelier vélo associatif.",
		URL: "https://velo.example/blog/", Lang: "fr", Langs: []string{"fr", "en"}, Zone: paris(),
		Licence: "CC BY-SA 4.0", LicenceURL: "https://creativecommons.org/licenses/by-sa/4.0/",
		Author: "L’Atelier du guidon", Email: "bonjour@velo.example", Hub: "https://hub.example/",
		Assets: map[string]publish.Asset{
			"img/atelier.jpg":   {Path: "img/atelier.jpg", Type: "image/jpeg", Width: 1200, Height: 800, Bytes: 48211},
			"img/canal été.jpg": {Path: "img/canal été.jpg", Type: "image/jpeg", Width: 900, Height: 1200, Bytes: 60100},
			"son/entretien.mp3": {Path: "son/entretien.mp3", Type: "audio/mpeg", Bytes: 1234567},
			"img/unused.jpg":    {Path: "img/unused.jpg", Type: "image/jpeg"},
		},
	}
	s.Entries = entries(s)
	return s
}

func paris() civil.Zone {
	z, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return z
}

func entries(s publish.Site) []publish.Entry {
	photo := func(name, alt, credit string) publish.Image {
		a := s.Assets[name]
		return publish.Image{
			Src: publish.NewLinks(s).URL(a.Path), Alt: alt, Credit: credit, Licence: "CC BY 4.0",
			Type: a.Type, Width: a.Width, Height: a.Height, Bytes: a.Bytes,
		}
	}
	all := []publish.Entry{
		entry(s, 1, "fr/freins.md", "2026-10-19T08:00", content.Post{
			Title: "Régler ses freins en dix minutes", Translation: "freins", Authors: []string{"Awa Koné"},
			Summary: "Deux clés, un chiffon et un peu de patience : la méthode que nous montrons à l’atelier, pas à pas.",
			Tags:    []string{"Mécanique", "Débuter"}, Series: "Les gestes utiles", Part: 1, Pillar: "savoir-faire",
			Question: "Et vous, quel réglage vous donne du fil à retordre ?", Invite: "Écrivez-nous : nous répondrons ici même.",
		}),
		entry(s, 2, "en/brakes.md", "2026-10-20T08:00", content.Post{
			Title: "Adjust your brakes in ten minutes", Translation: "freins", Authors: []string{"Awa Koné"},
			Summary: "Two spanners, a rag and a little patience: the method we teach at the workshop, step by step.",
			Tags:    []string{"Repairs"}, Pillar: "savoir-faire", Question: "Which adjustment gives you the most trouble?",
		}),
		entry(s, 3, "fr/canal.md", "2026-10-25T02:30", content.Post{ // comes twice that night
			Title: "Au fil du canal : 42 km sans une voiture", Authors: []string{"Léo Martin", "Awa Koné"},
			Tags: []string{"Balades", "Débuter"}, Pillar: "territoire",
		}),
		entry(s, 4, "fr/chaine.md", "2026-11-02T08:00", content.Post{
			Title: "Nettoyer sa chaîne sans salir la cuisine", Authors: []string{"Awa Koné"},
			Tags: []string{"Mécanique"}, Series: "Les gestes utiles", Part: 2, Pillar: "savoir-faire",
		}),
		entry(s, 5, "fr/sans-titre.md", "2026-11-03T18:15", content.Post{Tags: []string{"vie de l’atelier"}}),
		entry(s, 6, "en/hostile.md", "2026-11-04T08:00", content.Post{
			Title: Hostile, Summary: Hostile, Authors: []string{Hostile}, Tags: []string{Hostile, "../../etc/passwd"},
			Question: Hostile, Invite: Hostile, Canonical: "javascript:alert(1)", Series: Hostile, Part: 1, Pillar: Hostile,
		}),
		entry(s, 7, "fr/velo-cargo.md", "2026-11-09T08:00", content.Post{
			Title: "Le vélo-cargo de l’atelier est à vous", Authors: []string{"Léo Martin"},
			Summary: "Il porte 120 kg, se prête le week-end, et ne coûte qu’un sourire. Mode d’emploi.",
			Tags:    []string{"Vie de l’atelier", "Prêt"}, Pillar: "territoire",
		}),
		entry(s, 8, "en/old.md", "2026-01-05T08:00", content.Post{Title: "Winter opening hours", Tags: []string{"Hours"}}),
	}
	all[0].Updated = all[0].Published.Add(50 * time.Hour)
	all[0].Image = photo("img/atelier.jpg", "Un étrier de frein dans une main gantée", "Awa Koné")
	all[2].Image = photo("img/canal été.jpg", "Le chemin de halage sous les platanes", "")
	all[6].Image = photo("img/atelier.jpg", "Le vélo-cargo devant la porte de l’atelier", "Léo Martin")
	all[7].Retired = true
	slices.SortStableFunc(all, func(a, b publish.Entry) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.Post.ID, b.Post.ID))
	})
	join(all)
	return all
}

// entry reads a body and fills in what the use case would.
func entry(s publish.Site, n int, file, at string, p content.Post) publish.Entry {
	m, err := s.Zone.ParseMoment(at)
	if err != nil {
		panic(err)
	}
	lang, name, _ := strings.Cut(strings.TrimSuffix(file, ".md"), "/")
	p.Path, p.Lang, p.Slug, p.Date, p.Stage = file, lang, name, m, content.Published
	p.ID = fmt.Sprintf("0192a1b0-0000-7000-8000-%012d", n)
	page := lang + "/" + name + "/"
	return publish.Entry{Post: &p, Published: m.Instant, Updated: m.Instant, Path: page, URL: s.URL + page, Authors: p.Authors}
}

// join makes entries of the same text translations of each other.
func join(all []publish.Entry) {
	for i := range all {
		for j := range all {
			if key := all[i].Post.Translation; i != j && key != "" && key == all[j].Post.Translation {
				all[i].Translations = append(all[i].Translations, &all[j])
			}
		}
	}
}

// Texts are bodies by the id of their post.
type Texts map[string]string

// Bodies parses the bodies of all entries: those of the sample site, or what
// others the texts give them.
func Bodies(s publish.Site, others ...Texts) publish.Bodies {
	parser, parsed := markdown.New(), bodies{}
	for _, e := range s.Entries {
		text := body(e.Post)
		for _, texts := range others {
			if other, ok := texts[e.Post.ID]; ok {
				text = []byte(other)
			}
		}
		doc, err := parser.Parse(text, e.Post.Lang)
		if err != nil {
			panic(fmt.Errorf("%s: %w", e.Post.Path, err))
		}
		parsed[e.Post.ID] = doc
	}
	return parsed
}

// body is the text of a post of the sample site, or what all others have.
func body(p *content.Post) []byte {
	text, err := posts.ReadFile("posts/" + path.Base(p.Path))
	if err != nil {
		return []byte(strings.Repeat("Un paragraphe de texte, avec **un mot fort**, un [lien](0.md) et `du code`.\n\n", 25))
	}
	return text
}

// One gives every post the same body.
func One(doc *markdown.Document) publish.Bodies { return one{doc} }

type one struct{ doc *markdown.Document }

func (o one) Document(*content.Post) *markdown.Document { return o.doc }
func (o one) Facts(*content.Post) (publish.Facts, bool) { return publish.FactsOf(o.doc), true }

type bodies map[string]*markdown.Document

func (b bodies) Document(p *content.Post) *markdown.Document { return b[p.ID] }

func (b bodies) Facts(p *content.Post) (publish.Facts, bool) {
	doc := b[p.ID]
	if doc == nil {
		return publish.Facts{}, false
	}
	return publish.FactsOf(doc), true
}

// Many returns the site with n posts of some 300 words, one an hour.
func Many(n int) publish.Site {
	s := Site()
	pool := s.Entries
	s.Entries = nil
	for i := range n {
		e := pool[i%len(pool)]
		p := *e.Post
		p.ID = fmt.Sprintf("0192a1b0-0000-7000-9000-%012d", n-i)
		p.Path, p.Translation = fmt.Sprintf("%s/%d.md", p.Lang, i), ""
		e.Post, e.Retired, e.Translations = &p, false, nil
		e.Published = pool[0].Published.Add(-time.Duration(i) * time.Hour)
		e.Updated = e.Published
		e.Path = fmt.Sprintf("%s/post-%d/", p.Lang, i)
		e.URL = s.URL + e.Path
		s.Entries = append(s.Entries, e)
	}
	return s
}
