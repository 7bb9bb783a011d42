package importer

import (
	"path"
	"strings"

	"editorial/pkg/problem"
)

// liquid turns what the templates of a text surely stand for into Markdown,
// and notes the others, which stay as they are.
func (j *jekyllSite) liquid(s *siteReader, at problem.Position, src []byte) []byte {
	body := string(src)
	if !strings.Contains(body, "{") {
		return src
	}
	highlight := s.re(`(?s)\{%-?\s*highlight\s+([\w+#.-]+)[^%]*%\}(.*?)\{%-?\s*endhighlight\s*-?%\}`)
	comment := s.re(`(?s)\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}`)
	body = outsideFences(body, at.Line, func(part string, line int) string {
		part = comment.ReplaceAllString(part, "")
		return replace(highlight, part, line, func(g []string, _ int) string { return fenced(g[1], g[2]) })
	})
	// What is raw is not looked at; its marks are shown nowhere, even in code.
	raw := s.re(`(?s)\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}`)
	const open, closing = "\ue000", "\ue001" // of private use, in the place of braces for a moment
	body = strings.NewReplacer(open, "", closing, "").Replace(body)
	body = raw.ReplaceAllStringFunc(body, func(m string) string {
		return strings.NewReplacer("{", open, "}", closing).Replace(raw.FindStringSubmatch(m)[1])
	})
	tag := s.re(`\{%-?\s*(\w+)\s*([^%]*?)\s*-?%\}|\{\{-?\s*(.*?)\s*-?\}\}`)
	attributes := s.re(`(?m)(?:^[*-] TOC *\n)?\{:[^}\n]*\}`)
	body = outsideCode(body, at.Line, func(part string, line int) string {
		part = replace(tag, part, line, func(g []string, line int) string {
			here := problem.Position{File: at.File, Line: line}
			if md, ok := j.tag(s, g[1], g[2], g[3]); ok {
				return md
			}
			switch {
			case g[1] == "include" || g[1] == "include_relative":
				name, _, _ := strings.Cut(g[2], " ")
				s.note(here, CodeShortcode, "{% "+g[1]+" "+name+" %}")
			case g[1] != "":
				s.note(here, CodeShortcode, "{% "+g[1]+" %}")
			default:
				s.note(here, CodeShortcode, "{{ "+g[3]+" }}")
			}
			return g[0]
		})
		return replace(attributes, part, line, func(g []string, line int) string {
			s.note(problem.Position{File: at.File, Line: line}, CodeElement, "{: }")
			return ""
		})
	})
	return []byte(strings.NewReplacer(open, "{", closing, "}").Replace(body))
}

// tag is what a tag or an output stands for.
func (j *jekyllSite) tag(s *siteReader, name, args, output string) (md string, ok bool) {
	switch name {
	case "post_url", "link":
		args = strings.Trim(args, `"' `)
		if to := j.refs[strings.TrimPrefix(args, "/")]; to != "" {
			return "/" + to, true
		}
		if name == "link" && !strings.HasPrefix(args, "_") && !isText(args) {
			return path.Join("/", args), true
		}
		return "", false
	case "":
	default:
		return "", false
	}
	if output == "site.baseurl" || output == "site.url" || output == "site.github.url" {
		return "", true
	}
	// "/pictures/a.png" | relative_url
	if m := s.re(`^["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url)|prepend:\s*site\.baseurl\s*\|\s*prepend:\s*site\.url)$`).FindStringSubmatch(output); m != nil {
		return path.Join("/", m[1]), true
	}
	return "", false
}
