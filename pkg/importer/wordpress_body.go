package importer

import (
	"html"
	"strings"
)

// body is the text of an item as Markdown. Blocks are HTML between remarks;
// what was written before there were blocks has paragraphs between empty lines.
func (w *wpExport) body(i *wpItem) (string, bool) {
	text := clean(i.Content)
	blocks := strings.Contains(text, "<!-- wp:")
	text = w.blocks(i, text)
	text = w.shortcodes(i, text)
	if !blocks {
		text = w.paragraphs(text)
	}
	return w.markdown(i.at, text, w.base)
}

// blocks takes out the remarks that part blocks, and notes the blocks that have
// no text of their own: WordPress makes them while it shows the page.
func (w *wpExport) blocks(i *wpItem, text string) string {
	mark := w.re(`(?s)<!--\s*(/?)wp:([a-z0-9/-]+).*?-->`)
	return mark.ReplaceAllStringFunc(text, func(s string) string {
		if m := mark.FindStringSubmatch(s); m[1] == "" && strings.HasSuffix(strings.TrimSuffix(s, "-->"), "/") && !silent(m[2]) {
			w.note(i.at, CodeElement, "wp:"+m[2])
		}
		return ""
	})
}

// silent blocks show nothing.
func silent(block string) bool { return block == "spacer" || block == "more" || block == "nextpage" }

// shortcodes puts what the shortcodes of WordPress itself stand for in their
// place, and notes the others, which stay as they are.
func (w *wpExport) shortcodes(i *wpItem, text string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	// Between two brackets, a shortcode is shown and not run.
	const open, closing = "\ue000", "\ue001" // of private use, in the place of brackets for a moment
	text = strings.NewReplacer(open, "", closing, "").Replace(text)
	text = w.re(`\[\[((?:gallery|video|audio|playlist|caption|embed)(?:\s[^\[\]]*)?)\]\]`).ReplaceAllString(text, open+"$1"+closing)
	code := w.re(`(?s)\[(?:code|sourcecode|php|js|css|html|bash|python)(\s[^\]]*)?\](.*?)\[/(?:code|sourcecode|php|js|css|html|bash|python)\]`)
	text = code.ReplaceAllStringFunc(text, func(s string) string {
		m := code.FindStringSubmatch(s)
		class := ""
		if lang := w.attrs(m[1])["language"] + w.attrs(m[1])["lang"]; lang != "" {
			class = ` class="language-` + html.EscapeString(lang) + `"`
		}
		return "<pre><code" + class + ">" + html.EscapeString(html.UnescapeString(strings.Trim(m[2], "\n"))) + "</code></pre>"
	})
	caption := w.re(`(?s)\[caption([^\]]*)\](.*?)\[/caption\]`)
	text = caption.ReplaceAllStringFunc(text, func(s string) string {
		m := caption.FindStringSubmatch(s)
		return w.captioned(m[2], w.attrs(m[1])["caption"])
	})
	embed := w.re(`(?s)\[embed[^\]]*\]\s*(.*?)\s*\[/embed\]`)
	text = embed.ReplaceAllString(text, "<p>$1</p>")
	one := w.re(`\[(gallery|video|audio|playlist)(\s[^\]]*)?\](?:\[/(?:video|audio)\])?`)
	text = one.ReplaceAllStringFunc(text, func(s string) string {
		m := one.FindStringSubmatch(s)
		if shown := w.media(i, m[1], w.attrs(m[2])); shown != "" {
			return shown
		}
		return s
	})
	w.noteShortcodes(i, text)
	return strings.NewReplacer(open, "[", closing, "]").Replace(text)
}

// captioned is a picture with its caption, which stands after it or in an
// attribute.
func (w *wpExport) captioned(inner, caption string) string {
	image := w.re(`(?s)^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)$`).FindStringSubmatch(inner)
	if image == nil {
		return inner
	}
	if strings.TrimSpace(image[2]) != "" {
		caption = strings.TrimSpace(image[2])
	}
	return "<figure>" + image[1] + "<figcaption>" + caption + "</figcaption></figure>"
}

// media shows the files that a shortcode names, or "" for none that is known.
func (w *wpExport) media(i *wpItem, name string, attrs map[string]string) string {
	if name != "gallery" {
		for _, key := range []string{"src", "mp4", "webm", "ogv", "mp3", "m4a", "ogg", "wav"} {
			if src := attrs[key]; src != "" {
				return "<" + name + ` src="` + html.EscapeString(src) + `"></` + name + ">"
			}
		}
		return ""
	}
	ids := strings.FieldsFunc(attrs["ids"]+attrs["include"], func(r rune) bool { return r == ',' || r == ' ' })
	if len(ids) == 0 { // those that were uploaded for this post
		for _, id := range w.order {
			if w.attachments[id].parent == i.ID {
				ids = append(ids, id)
			}
		}
	}
	var b strings.Builder
	for _, id := range ids {
		a, ok := w.attachments[id]
		if !ok {
			w.note(i.at, CodeMissing, "attachment "+line(id))
			continue
		}
		b.WriteString(`<figure><img src="` + html.EscapeString(a.url) + `" alt="` + html.EscapeString(a.alt) + `">`)
		if a.caption != "" {
			b.WriteString("<figcaption>" + html.EscapeString(a.caption) + "</figcaption>")
		}
		b.WriteString("</figure>\n")
	}
	return b.String()
}

// noteShortcodes notes what looks like a shortcode: a name with attributes, one
// that is closed, or one that no word of a sentence is like.
func (w *wpExport) noteShortcodes(i *wpItem, text string) {
	closed := map[string]bool{}
	for _, m := range w.re(`\[/([a-z][a-z0-9_-]*)\]`).FindAllStringSubmatch(text, -1) {
		closed[m[1]] = true
	}
	for _, m := range w.re(`(?:^|[^\[])\[([a-z][a-z0-9_-]*)(\s+[a-z_-]+=[^\]]*)?\s*/?\]`).FindAllStringSubmatch(text, -1) {
		if m[2] != "" || strings.ContainsAny(m[1], "_-") || closed[m[1]] || m[1] == "gallery" {
			w.note(i.at, CodeShortcode, "["+m[1]+"]")
		}
	}
}

// attrs reads name="value" pairs.
func (w *wpExport) attrs(s string) map[string]string {
	attrs := map[string]string{}
	for _, m := range w.re(`([a-zA-Z_-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))`).FindAllStringSubmatch(s, -1) {
		attrs[strings.ToLower(m[1])] = m[2] + m[3] + m[4]
	}
	return attrs
}

// paragraphs makes paragraphs of what stands between empty lines, and line
// breaks of line ends, as WordPress does where it shows text without blocks.
// What is preformatted stays.
func (w *wpExport) paragraphs(text string) string {
	const blocks = `p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|figure|figcaption|section|article|aside|header|footer|address|hr|form|fieldset|details|summary`
	open := w.re(`(?i)<(?:` + blocks + `)(?:\s[^>]*)?/?>`)
	closing := w.re(`(?i)</(?:` + blocks + `)\s*>`)
	begins := w.re(`(?i)^</?(?:` + blocks + `)[\s/>]`)
	empty := w.re(`\n[ \t]*(?:\n[ \t]*)+`)
	pre := w.re(`(?is)<pre\b.*?</pre\s*>|<(?:script|style)\b.*?</(?:script|style)\s*>`)
	var b strings.Builder
	flow := func(s string) {
		s = open.ReplaceAllString(s, "\n\n$0")
		s = closing.ReplaceAllString(s, "$0\n\n")
		for _, chunk := range empty.Split(s, -1) {
			chunk = strings.TrimSpace(chunk)
			switch {
			case chunk == "":
			case begins.MatchString(chunk):
				b.WriteString(chunk + "\n")
			default:
				b.WriteString("<p>" + strings.ReplaceAll(chunk, "\n", "<br>\n") + "</p>\n")
			}
		}
	}
	for {
		loc := pre.FindStringIndex(text)
		if loc == nil {
			flow(text)
			return b.String()
		}
		flow(text[:loc[0]])
		b.WriteString(text[loc[0]:loc[1]] + "\n")
		text = text[loc[1]:]
	}
}
