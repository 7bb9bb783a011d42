package site

import "strings"

// Robots says which programs may read a site. The zero Robots are all.
type Robots uint8

const (
	AllRobots Robots = iota
	// NoModels turns away those that gather texts to train models with.
	NoModels
	// NoRobots turns away search engines, too.
	NoRobots
)

// gatherers are the names under which programs that gather texts to train
// models say that they obey robots.txt (RFC 9309), as their makers give them.
func gatherers() []string {
	return []string{
		"AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-training-data-crawler",
		"Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "meta-externalagent", "omgili", "PanguBot", "Timpibot",
	}
}

// robots is robots.txt.
func (b *build) robots() []byte {
	var s strings.Builder
	switch b.opts.Robots {
	case NoRobots:
		return []byte("User-agent: *\nDisallow: /\n")
	case NoModels:
		for _, name := range gatherers() {
			s.WriteString("User-agent: " + name + "\n")
		}
		s.WriteString("Disallow: /\n\n")
	}
	s.WriteString("User-agent: *\nAllow: /\n\nSitemap: " + b.links.URL(sitemapName) + "\n")
	return []byte(s.String())
}
