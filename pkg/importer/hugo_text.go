package importer

import (
	"strings"

	"editorial/pkg/problem"
)

// shortcodes turns the shortcodes of Hugo itself into Markdown and notes the
// others, which stay as they are.
func (h *hugoSite) shortcodes(s *siteReader, at problem.Position, src []byte) []byte {
	body := string(src)
	if !strings.Contains(body, "{{") {
		return src
	}
	highlight := s.re(`(?s)\{\{[<%]\s*highlight\s+"?([\w+#-]+)"?[^>%]*[>%]\}\}(.*?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}`)
	body = outsideFences(body, at.Line, func(part string, line int) string {
		return replace(highlight, part, line, func(g []string, _ int) string { return fenced(g[1], g[2]) })
	})
	one := s.re(`(?s)\{\{([<%])\s*(/?)\s*([\w./-]+)(.*?)/?\s*[>%]\}\}`)
	body = outsideCode(body, at.Line, func(part string, line int) string {
		return replace(one, part, line, func(g []string, line int) string {
			here := problem.Position{File: at.File, Line: line}
			if g[2] == "" {
				if md, ok := h.shortcode(s, here, g[3], s.params(g[4])); ok {
					return md
				}
				s.note(here, CodeShortcode, "{{< "+g[3]+" >}}")
			}
			return g[0]
		})
	})
	// A shortcode that is shown and not run is written so.
	return []byte(strings.NewReplacer("{{</*", "{{<", "*/>}}", ">}}", "{{%/*", "{{%", "*/%}}", "%}}").Replace(body))
}

// shortcode is what a shortcode of Hugo itself stands for; ok is false for one
// that Markdown cannot say.
func (h *hugoSite) shortcode(s *siteReader, at problem.Position, name string, p map[string]string) (md string, ok bool) {
	link := func(address string) (string, bool) {
		s.note(at, CodeEmbed, name)
		return "<" + address + ">", true
	}
	id := p["id"] + p["0"]
	switch name {
	case "figure":
		return figure(p)
	case "youtube":
		if id != "" {
			return link("https://www.youtube.com/watch?v=" + id)
		}
	case "vimeo", "vimeo_simple":
		if id != "" {
			return link("https://vimeo.com/" + id)
		}
	case "gist":
		if p["1"] != "" {
			return link("https://gist.github.com/" + p["0"] + "/" + p["1"])
		}
	case "tweet", "x", "twitter":
		if p["user"] != "" && p["id"] != "" {
			return link("https://x.com/" + p["user"] + "/status/" + p["id"])
		}
	case "instagram":
		if id != "" {
			return link("https://www.instagram.com/p/" + id + "/")
		}
	case "ref", "relref":
		return h.ref(p["path"] + p["0"])
	}
	return "", false
}

// figure is a picture with its caption.
func figure(p map[string]string) (string, bool) {
	src := p["src"] + p["0"]
	if src == "" {
		return "", false
	}
	if strings.ContainsAny(src, " ()<>") {
		src = "<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(src) + ">"
	}
	caption := p["caption"]
	if caption == "" {
		caption = p["title"]
	}
	alt := p["alt"]
	if alt == "" {
		alt = caption
	}
	md := "![" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(alt) + "](" + src + ")"
	if to := p["link"]; to != "" && !strings.ContainsAny(to, " ()<>") {
		md = "[" + md + "](" + to + ")"
	}
	if caption != "" && caption != alt {
		md += "\n\n*" + strings.Trim(caption, "* ") + "*"
	}
	return md, true
}

// ref is the file of a page of the site, as a link names it here.
func (h *hugoSite) ref(name string) (string, bool) {
	name, fragment, _ := strings.Cut(name, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	if name == "" {
		return fragment, fragment != ""
	}
	key := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(name, "/"), "/"), ".md")
	to := firstOf(h.refs[h.now+":"+key], h.refs[strings.ToLower(h.lang)+":"+key])
	return "/" + to + fragment, to != ""
}

// params are the parameters of a shortcode: by name, or by their place from
// "0".
func (b *builder) params(s string) map[string]string {
	all := map[string]string{}
	n := 0
	for _, m := range b.re("(?:([\\w-]+)\\s*=\\s*)?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|'([^']*)'|([^\\s\"'`=]+))").FindAllStringSubmatch(s, -1) {
		v := strings.ReplaceAll(m[2], `\"`, `"`) + m[3] + m[4] + m[5]
		name := strings.ToLower(m[1])
		if name == "" {
			name = string(rune('0' + min(n, 9)))
			n++
		}
		all[name] = v
	}
	return all
}
