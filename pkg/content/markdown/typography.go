package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

const (
	narrow  = '\u202f' // narrow no-break space
	noBreak = '\u00a0'
	opaque  = 'x' // stands for what is not text: code, an address
)

// typist writes the texts of one leaf block after the source: escapes and
// entities undone, typography done. What an author escaped stays as it is.
type typist struct {
	special *[256]bool
	french  bool
	off     bool // no typography: the text is of no language
	// insert says whether a French space that is missing is put in; in
	// Canada none is wanted before ; ! and ?.
	insert bool

	buf  []byte
	runs []run
	// start, broken and hidden are lengths of buf: where the block begins,
	// where the last line ended, where the last opaque run stood.
	start, broken, hidden int
	from                  int       // where the present text begins
	last                  *ast.Text // the text before it
	open                  []byte    // quotation marks that are open, the innermost last
}

// run is a text, or something else (nil) that is no text.
type run struct {
	text *ast.Text
	// literal texts are addresses: only escapes are undone.
	literal bool
}

func newTypist(special *[256]bool, lang string, buf []byte) *typist {
	primary, region, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	return &typist{special: special, french: primary == "fr", off: primary == "zxx", insert: region != "ca", buf: buf}
}

// specialBytes are those at which a typist stops.
func specialBytes() (t [256]bool) {
	for _, c := range []byte("\\&'\"-.!?;:\xc2") {
		t[c] = true
	}
	return t
}

// block writes the runs of a leaf block.
func (t *typist) block() {
	t.start, t.broken, t.hidden, t.last, t.open = len(t.buf), -1, -1, nil, t.open[:0]
	for i, r := range t.runs {
		if r.text == nil {
			t.hidden = len(t.buf)
			continue
		}
		src := value(t.buf, r.text.Segment)
		t.from = len(t.buf)
		if r.literal || t.off {
			t.buf = append(t.buf, decode(src)...)
		} else {
			t.write(src, i)
		}
		if r.text.SoftLineBreak() || r.text.HardLineBreak() {
			for t.prev() == ' ' && t.trimSpace() {
			}
		}
		r.text.Segment.Start, r.text.Segment.Stop, r.text.Segment.Padding = t.from, len(t.buf), 0
		t.last = r.text
		if r.text.SoftLineBreak() || r.text.HardLineBreak() {
			t.broken = len(t.buf)
		}
	}
	t.runs = t.runs[:0]
}

func (t *typist) write(s []byte, index int) {
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && !t.special[s[j]] {
			j++
		}
		t.buf = append(t.buf, s[i:j]...)
		if i = j; i == len(s) {
			return
		}
		n := 0
		switch s[i] {
		case '\\', '&':
			t.buf, n = appendDecoded(t.buf, s[i:])
		case '-', '.':
			n = t.repeated(s, i)
		case '"':
			n = t.double(t.next(s, i+1, index))
		case '\'':
			n = t.single(s[i+1:], t.next(s, i+1, index))
		case 0xc2:
			if t.french && i+1 < len(s) {
				n = t.guillemet(s[i+1], t.next(s, i+2, index))
			}
			if n == 0 {
				_, n = utf8.DecodeRune(s[i:])
				t.buf = append(t.buf, s[i:i+n]...)
			} else if s[i+1] == 0xab { // the author's own space after «
				n += spaceLen(s[i+2:])
			}
		default:
			if t.french {
				t.space(s[i], t.next(s, i+1, index))
			}
		}
		if n == 0 {
			t.buf, n = append(t.buf, s[i]), 1
		}
		i += n
	}
}

// prev returns the character before the end of what is written: 0 at the
// beginning of the block, a line end after one.
func (t *typist) prev() rune {
	switch len(t.buf) {
	case t.hidden:
		return opaque
	case t.broken:
		return '\n'
	case t.start:
		return 0
	}
	r, _ := utf8.DecodeLastRune(t.buf)
	return r
}

// next returns the character at s[i:], in the run of that index or behind it.
func (t *typist) next(s []byte, i, index int) rune {
	for {
		if i < len(s) {
			r, _ := utf8.DecodeRune(s[i:])
			return r
		}
		if n := t.runs[index].text; n != nil && (n.SoftLineBreak() || n.HardLineBreak()) {
			return '\n'
		}
		if index++; index >= len(t.runs) {
			return 0
		}
		if t.runs[index].text == nil {
			return opaque
		}
		s, i = value(t.buf, t.runs[index].text.Segment), 0
	}
}

// repeated writes -- and --- as dashes and ... as an ellipsis. Longer rows,
// and the two hyphens before an option (--help), stay.
func (t *typist) repeated(s []byte, i int) int {
	n := len(s[i:]) - len(bytes.TrimLeft(s[i:], string(s[i])))
	switch {
	case s[i] == '.' && n == 3:
		t.put('…')
	case s[i] == '-' && n == 3:
		t.put('—')
	case s[i] == '-' && n == 2:
		r, _ := utf8.DecodeRune(s[i+2:])
		if blank(t.prev()) && unicode.IsLetter(r) {
			t.buf = append(t.buf, "--"...)
		} else {
			t.put('–')
		}
	default:
		t.buf = append(t.buf, s[i:i+n]...)
	}
	return n
}

// double writes a straight double quotation mark.
func (t *typist) double(next rune) int {
	prev := t.prev()
	outer := bytes.IndexByte(t.open, '"') < 0
	switch {
	case (opening(prev) || t.french && prev == '’') && !blank(next):
		t.opened('"')
		if t.french && outer {
			t.put('«')
			t.put(narrow)
		} else {
			t.put('“')
		}
	case !t.close('"'):
		if unicode.IsDigit(prev) || blank(prev) {
			t.put('"') // inches, or nothing that we understand
		} else {
			t.put('”')
		}
	case t.french && bytes.IndexByte(t.open, '"') < 0:
		t.trimSpace()
		t.put(narrow)
		t.put('»')
	default:
		t.put('”')
	}
	return 1
}

// single writes a straight single quotation mark or an apostrophe.
func (t *typist) single(after []byte, next rune) int {
	prev := t.prev()
	word := unicode.IsLetter(prev) || unicode.IsDigit(prev)
	switch {
	case word && (unicode.IsLetter(next) || unicode.IsDigit(next)):
		t.put('’')
	case opening(prev) && !blank(next):
		if elided(after) {
			t.put('’')
			break
		}
		t.opened('\'')
		t.put('‘')
	case t.close('\''):
		t.put('’')
	case unicode.IsDigit(prev) || blank(prev):
		t.put('\'') // feet, minutes
	default:
		t.put('’')
	}
	return 1
}

// opened notes a quotation mark. Of more than anybody can follow the outermost
// are forgotten.
func (t *typist) opened(mark byte) {
	if len(t.open) >= 16 {
		t.open = t.open[:copy(t.open, t.open[8:])]
	}
	t.open = append(t.open, mark)
}

// close closes the innermost open quotation mark of a kind, and those that
// were left open in it.
func (t *typist) close(mark byte) bool {
	i := bytes.LastIndexByte(t.open, mark)
	if i >= 0 {
		t.open = t.open[:i]
	}
	return i >= 0
}

// elided reports whether an apostrophe stands for what is missing at the
// beginning of an English word: '90s, 'tis.
func elided(after []byte) bool {
	n := 0
	for n < len(after) && (after[n]|0x20 >= 'a' && after[n]|0x20 <= 'z' || after[n] >= '0' && after[n] <= '9') {
		n++
	}
	switch strings.ToLower(string(after[:n])) {
	case "tis", "twas", "em", "til", "cause", "n", "bout", "round":
		return true
	}
	return n >= 2 && after[0] >= '0' && after[0] <= '9' && after[1] >= '0' && after[1] <= '9' && (n == 2 || n == 3 && after[2] == 's')
}

// guillemet writes « or » (second byte c) with its space.
func (t *typist) guillemet(c byte, next rune) int {
	switch c {
	case 0xab:
		t.put('«')
		if next != 0 && next != '\n' {
			t.put(narrow)
		}
		return 2
	case 0xbb:
		if p := t.prev(); p != 0 && p != '\n' {
			t.trimSpace()
			t.put(narrow)
		}
		t.put('»')
		return 2
	}
	return 0
}

// spaceLen returns the length of a space at the beginning of s, which may be
// an entity.
func spaceLen(s []byte) int {
	decoded, n := appendDecoded(nil, s)
	if n == 0 {
		decoded, n = s, 0
	}
	r, size := utf8.DecodeRune(decoded)
	switch {
	case r != ' ' && r != noBreak && r != narrow:
		return 0
	case n > 0:
		return n
	}
	return size
}

// shortcode reports whether what is written ends like :smile, an emoji's name.
func (t *typist) shortcode() bool {
	word := t.buf[t.start:]
	i := bytes.LastIndexAny(word, ": \n")
	return i >= 0 && word[i] == ':' && len(word)-i > 1 && len(word)-i < 40
}

// space writes the space before a French ; ! ? or :, unless the sign is none
// of the sentence (10:30, a?b=c, :smile:).
func (t *typist) space(sign byte, next rune) {
	with := rune(narrow)
	if sign == ':' {
		with = noBreak
	}
	inWord := unicode.IsLetter(next) || unicode.IsDigit(next)
	switch prev := t.prev(); {
	case prev == ' ' || prev == noBreak:
		if sign == ':' && (inWord || next == ':') {
			return
		}
		if t.trimSpace() {
			t.put(with)
		}
	case !t.insert && sign != ':', sign == ':' && t.shortcode():
	case prev == opaque && t.hidden == len(t.buf):
	case unicode.IsLetter(prev) || unicode.IsDigit(prev) || strings.ContainsRune(")]»”’…%€", prev):
		if blank(next) || sign != ':' && strings.ContainsRune("!?)]»”\"…", next) {
			t.put(with)
		}
	}
}

// trimSpace takes the space off the end of what is written and reports
// whether there was one.
func (t *typist) trimSpace() bool {
	n := 0
	switch t.prev() {
	case ' ':
		n = 1
	case noBreak, narrow:
		n = utf8.RuneLen(t.prev())
	}
	if n == 0 || len(t.buf) == t.hidden {
		return false
	}
	if t.from == len(t.buf) {
		if t.last == nil || t.last.Segment.Len() < n {
			return false
		}
		// The space belongs to the text before: that becomes shorter.
		t.last.Segment.Stop -= n
		t.from -= n
	}
	t.buf = t.buf[:len(t.buf)-n]
	return true
}

func (t *typist) put(r rune) { t.buf = utf8.AppendRune(t.buf, r) }

// blank reports whether r is white space or the edge of a block.
func blank(r rune) bool { return r == 0 || unicode.IsSpace(r) }

// opening reports whether a quotation mark after r opens.
func opening(r rune) bool {
	return blank(r) || strings.ContainsRune("([{-–—/«“‘\"'", r)
}
