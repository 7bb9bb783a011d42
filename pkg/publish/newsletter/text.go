package newsletter

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// textWidth is the columns of plain text: quoted twice it still fits 80.
const textWidth = 72

// text lays a letter out as plain text. It says all that the HTML says and
// carries all its links.
func (p *press) text(l *letter) []byte {
	var w textWriter
	w.wrap(l.Name)
	w.wrap(join(" · ", l.Number, l.Date.Text))
	w.gap()
	w.title(l.Title, "=")
	for _, n := range l.Also {
		w.gap()
		w.wrap(n.Text)
	}
	w.block(wrapped(l.lead))
	w.block(l.introText)
	for _, s := range l.Sections {
		if s.Heading != "" {
			w.rule()
			w.title(s.Heading, "=")
		}
		for i, x := range s.Pieces {
			if s.Heading == "" || i > 0 {
				w.rule()
			} else {
				w.gap()
			}
			p.textPiece(&w, x)
		}
	}
	w.rule()
	colon := l.say("colon")
	for _, line := range []string{l.Why, l.Postal} {
		if line != "" {
			w.wrap(line)
			w.gap()
		}
	}
	w.link(l.Site+colon, l.Home)
	w.link(l.say("online")+colon, l.Online)
	w.link(l.say("archive")+colon, l.Archive)
	w.link(l.say("unsubscribe")+colon, l.Unsubscribe)
	for _, n := range l.Leave {
		w.link(n.Text+n.Colon, l.Unsubscribe)
	}
	return []byte(w.String())
}

func (p *press) textPiece(w *textWriter, x piece) {
	if !x.Untitled {
		w.title(x.Title, "-")
	}
	if x.Authors != "" {
		w.wrap(x.Authors)
	}
	w.block(x.text)
	w.block(wrapped(x.Summary))
	if f := x.Figure; f != nil && f.Alt+f.Credit != "" {
		w.gap()
		if f.Alt != "" {
			w.wrap("[" + f.Alt + "]")
		}
		w.wrap(f.Credit)
	}
	if x.Href != "" {
		w.gap()
		w.link(x.More+x.Say("colon"), x.Href)
	}
	if x.Question+x.Invite != "" {
		w.gap()
		w.wrap(join(" ", x.Say("ask")+x.Say("colon"), x.Question, x.Invite))
		if x.Reply != "" {
			w.link(x.Say("reply")+x.Say("colon"), readable(p.reply()))
		}
	}
}

// join joins the texts that are not empty.
func join(separator string, texts ...string) string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return strings.Join(all, separator)
}

type textWriter struct{ strings.Builder }

func (w *textWriter) line(s string) {
	w.WriteString(s)
	w.WriteByte('\n')
}

// gap writes an empty line, unless there is one.
func (w *textWriter) gap() {
	if s := w.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		w.WriteByte('\n')
	}
}

func (w *textWriter) wrap(s string) { w.WriteString(wrapped(s)) }

// block writes lines that are wrapped already.
func (w *textWriter) block(s string) {
	if s != "" {
		w.gap()
		w.WriteString(s)
	}
}

// title writes a title and a line under it.
func (w *textWriter) title(s, under string) {
	lines := wrapped(s)
	widest := 0
	for line := range strings.Lines(lines) {
		widest = max(widest, displaywidth.String(strings.TrimSuffix(line, "\n")))
	}
	w.WriteString(lines)
	w.line(strings.Repeat(under, min(widest, textWidth)))
}

func (w *textWriter) rule() {
	w.gap()
	w.line(strings.Repeat("_", textWidth))
	w.gap()
}

// link writes where something leads. The address has a line of its own where
// it does not fit beside the words, and is never broken.
func (w *textWriter) link(words, address string) {
	switch {
	case address == "":
	case displaywidth.String(words)+1+len(address) > textWidth:
		w.wrap(words)
		w.line(address)
	default:
		w.line(words + " " + address)
	}
}

// wrapped breaks a line between words.
func wrapped(s string) string {
	var b strings.Builder
	used := 0
	for word := range strings.SplitSeq(s, " ") {
		n := displaywidth.String(word)
		switch {
		case word == "":
			continue
		case used > 0 && used+1+n > textWidth:
			b.WriteByte('\n')
			used = 0
		case used > 0:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	if used > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}
