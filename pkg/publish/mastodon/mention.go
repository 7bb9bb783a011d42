package mastodon

import (
	"strings"

	"editorial/pkg/publish/text"
)

// shortMentions leaves the server out of "@name@server", as servers do where they
// show it.
func shortMentions(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range text.Spans(s) {
		if name, server, ok := strings.Cut(m.Target, "@"); m.Kind == text.Mention && ok && server != "" {
			b.WriteString(s[at:m.Start] + "@" + name)
			at = m.End
		}
	}
	return b.String() + s[at:]
}
