package importer

import (
	"regexp"
	"strings"
)

// outsideFences returns a text whose parts outside fenced blocks of code went
// through change; line is where each part begins.
func outsideFences(body string, line int, change func(part string, line int) string) string {
	var out, part strings.Builder
	fence, begin := "", line
	flush := func() {
		if part.Len() > 0 {
			out.WriteString(change(part.String(), begin))
			part.Reset()
		}
	}
	for l := range strings.Lines(body) {
		text := strings.TrimSpace(l)
		mark := ""
		if strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~") {
			mark = text[:len(text)-len(strings.TrimLeft(text, text[:1]))]
		}
		switch {
		case fence == "" && mark != "" && !strings.Contains(strings.TrimPrefix(text, mark), "`"):
			flush()
			fence = mark
			out.WriteString(l)
		case fence != "":
			if text != "" && strings.HasPrefix(mark, fence) && strings.Trim(text, fence[:1]) == "" {
				fence = ""
			}
			out.WriteString(l)
		default:
			if part.Len() == 0 {
				begin = line
			}
			part.WriteString(l)
		}
		line++
	}
	flush()
	return out.String()
}

// outsideCode is outsideFences that leaves code within lines alone, too. A part
// may be less than a line.
func outsideCode(body string, line int, change func(part string, line int) string) string {
	code := regexp.MustCompile("(?:^|[^`])(`[^`\n]+`)(?:[^`]|$)")
	return outsideFences(body, line, func(part string, line int) string {
		var out strings.Builder
		for {
			loc := code.FindStringSubmatchIndex(part)
			if loc == nil {
				out.WriteString(change(part, line))
				return out.String()
			}
			out.WriteString(change(part[:loc[2]], line))
			out.WriteString(part[loc[2]:loc[3]])
			line += strings.Count(part[:loc[3]], "\n")
			part = part[loc[3]:]
		}
	})
}

// replace is a change of what an expression finds in a part; parts are the
// groups of the expression, line where it stands.
func replace(re *regexp.Regexp, part string, line int, with func(groups []string, line int) string) string {
	var out strings.Builder
	at := 0
	for _, loc := range re.FindAllStringSubmatchIndex(part, -1) {
		groups := make([]string, len(loc)/2)
		for i := range groups {
			if loc[2*i] >= 0 {
				groups[i] = part[loc[2*i]:loc[2*i+1]]
			}
		}
		line += strings.Count(part[at:loc[0]], "\n")
		out.WriteString(part[at:loc[0]])
		out.WriteString(with(groups, line))
		line += strings.Count(part[loc[0]:loc[1]], "\n")
		at = loc[1]
	}
	out.WriteString(part[at:])
	return out.String()
}

// fenced is code as a fenced block.
func fenced(lang, code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + lang + "\n" + strings.Trim(code, "\n") + "\n" + fence
}
