package markdown

// tag is an element that is open.
type tag struct {
	name string
	// ours is made from Markdown: raw HTML cannot close it.
	ours bool
	// hidden was left out, and so will be its end tag.
	hidden bool
}

// maxRaw is how deep raw HTML may stand in itself. Deeper tags are left out.
const maxRaw = 100

// open writes a start tag of ours; name is what close takes.
func (w *htmlWriter) open(name, start string) {
	if w.doc.raw != nil {
		if w.p.elements[name] == block {
			w.endParagraph()
		}
		w.stack = append(w.stack, tag{name: name, ours: true})
	}
	w.str(start)
}

// close writes the end tag of our innermost element, and first those of the
// raw HTML that is open in it.
func (w *htmlWriter) close(end string) {
	for n := len(w.stack); n > 0; n = len(w.stack) {
		t := w.stack[n-1]
		w.stack = w.stack[:n-1]
		if t.ours {
			break
		}
		w.rawEnd(t)
	}
	w.str(end)
}

// closeAll ends what raw HTML left open.
func (w *htmlWriter) closeAll() { w.closeTo(0) }

// closeTo ends the elements above a height of the stack, all of them raw.
func (w *htmlWriter) closeTo(height int) {
	for n := len(w.stack); n > height; n = len(w.stack) {
		t := w.stack[n-1]
		w.stack = w.stack[:n-1]
		w.rawEnd(t)
	}
}

func (w *htmlWriter) rawEnd(t tag) {
	if t.hidden {
		return
	}
	w.raws--
	if t.name == "a" {
		w.inLink = false
	}
	w.str("</")
	w.str(shift(t.name, w.opts.HeadingShift))
	w.str(">")
}

// find returns the height of the innermost open raw element of one of these
// names that our elements do not hide, or -1. The search ends at an element
// named in until.
func (w *htmlWriter) find(names, until string) int {
	for i := len(w.stack) - 1; i >= 0 && !w.stack[i].ours; i-- {
		if one(w.stack[i].name, names) {
			return i
		}
		if one(w.stack[i].name, until) {
			return -1
		}
	}
	return -1
}

// endParagraph ends a raw <p>, as every block does.
func (w *htmlWriter) endParagraph() {
	if i := w.find("p", "td th li dd div blockquote figure"); i >= 0 {
		w.closeTo(i)
	}
}

// inParagraph reports whether our innermost block holds a line of text only.
func (w *htmlWriter) inParagraph() bool {
	for i := len(w.stack) - 1; i >= 0; i-- {
		if w.stack[i].ours && w.p.elements[w.stack[i].name] == block {
			return one(w.stack[i].name, "p h1 h2 h3 h4 h5 h6")
		}
	}
	return false
}

// pieces writes sanitised raw HTML.
func (w *htmlWriter) pieces(ps []piece) {
	for _, p := range ps {
		switch p.kind {
		case pieceText:
			w.text([]byte(p.text))
		case pieceEnd:
			if i := w.find(p.name, ""); i >= 0 {
				w.closeTo(i)
			}
		case pieceStart:
			w.rawStart(p)
		}
	}
}

func (w *htmlWriter) rawStart(p piece) {
	kind := w.p.elements[p.name]
	if kind == void {
		if p.name != "hr" || !w.inParagraph() {
			w.rawTag(p)
		}
		return
	}
	t := tag{name: p.name}
	switch {
	case w.raws >= maxRaw, kind == block && w.inParagraph(), p.name == "a" && w.inLink:
		t.hidden = true
	case kind == block:
		w.endParagraph()
		w.endSibling(p.name)
	}
	if len(w.stack) > 8*maxRaw { // nothing but hidden tags stands so deep
		return
	}
	w.stack = append(w.stack, t)
	if t.hidden {
		return
	}
	w.raws++
	if p.name == "a" {
		w.inLink = true
	}
	w.rawTag(p)
}

// endSibling ends what a start tag of this name ends by itself (HTML
// standard, section 13.1.2.4).
func (w *htmlWriter) endSibling(name string) {
	siblings, until := "", ""
	switch name {
	case "li":
		siblings, until = "li", "ul ol"
	case "dt", "dd":
		siblings, until = "dt dd", "dl"
	case "td", "th":
		siblings, until = "td th", "table tr"
	case "tr":
		siblings, until = "tr", "table"
	case "thead", "tbody", "tfoot":
		siblings, until = "thead tbody tfoot", "table"
	default:
		return
	}
	if i := w.find(siblings, until); i >= 0 {
		w.closeTo(i)
	}
}

// rawTag writes a start tag with its attributes.
func (w *htmlWriter) rawTag(p piece) {
	if p.name == "img" {
		w.image(p.get("src"), p.get("alt"), p.get("title"), p.attrs)
		return
	}
	w.str("<")
	w.str(shift(p.name, w.opts.HeadingShift))
	for _, a := range p.attrs {
		w.rawAttr(a)
	}
	if (p.name == "video" || p.name == "audio") && p.get("controls") == "" {
		w.str(` controls="controls"`)
	}
	if w.p.elements[p.name] == void {
		w.str(" />")
	} else {
		w.str(">")
	}
}

func (w *htmlWriter) rawAttr(a attr) {
	switch a.key {
	case "href", "cite":
		if dest, ok := w.href(a.value); ok {
			w.attr(a.key, dest)
		}
	case "src", "poster":
		if dest, ok := w.source(a.value); ok {
			w.attr(a.key, dest)
		}
	case "srcset":
		if set := srcset(a.value, w.source); set != "" {
			w.str(` srcset="`)
			w.text([]byte(set))
			w.str(`"`)
		}
	default:
		w.str(" " + a.key + `="`)
		w.text([]byte(a.value))
		w.str(`"`)
	}
}

// shift returns the name of a heading so many levels lower.
func shift(name string, by int) string {
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		return "h" + string('0'+byte(max(1, min(6, int(name[1]-'0')+by))))
	}
	return name
}
