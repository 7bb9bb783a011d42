package newsletter

import "strings"

// darkQuery begins the rules for a dark screen, as package inline writes them.
const darkQuery = "@media (prefers-color-scheme: dark){"

// outlookDark returns the rules of a style sheet for a dark screen as Outlook
// knows them, on the web and on phones: it asks no media query, but marks what
// it has recoloured with data-ogsc (text) and data-ogsb (ground).
func outlookDark(rest string) string {
	var b strings.Builder
	for line := range strings.Lines(rest) {
		rules, ok := strings.CutPrefix(strings.TrimSpace(line), darkQuery)
		if !ok {
			continue
		}
		for rule := range strings.SplitAfterSeq(strings.TrimSuffix(rules, "}"), "}") {
			selectors, declarations, ok := strings.Cut(strings.TrimSpace(rule), "{")
			if !ok || strings.Contains(selectors, "@") {
				continue
			}
			var all []string
			for s := range strings.SplitSeq(selectors, ",") {
				s = strings.TrimSpace(s)
				if strings.Contains(declarations, "background") {
					all = append(all, "[data-ogsb] "+s)
				}
				all = append(all, "[data-ogsc] "+s)
			}
			b.WriteString(strings.Join(all, ",") + "{" + declarations + "\n")
		}
	}
	return b.String()
}
