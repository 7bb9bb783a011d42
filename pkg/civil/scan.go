package civil

import "strings"

// scanner walks over a folded text. Its methods consume what they find and
// stay where they are when they do not find it.
type scanner struct {
	s string
	i int
}

// scan returns a scanner over s, folded: trimmed, spaces of every kind that
// people type in a date made one, lower case, French accents off (so that
// "Août", "aout" and a decomposed "août" are the same). ok is false where s is
// too long to be meant.
func scan(s string) (p scanner, ok bool) {
	if len(s) > maxText {
		return scanner{}, false
	}
	if folded(s) {
		return scanner{s: s}, true
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f': // no-break spaces: French typography
			space = true
			continue
		case '\u0301', '\u0300', '\u0302', '\u0327': // combining accents
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(foldRune(r))
	}
	return scanner{s: b.String()}, true
}

// folded reports a text that folding leaves as it is: most dates.
func folded(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || c == '\t' || 'A' <= c && c <= 'Z' || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	switch r {
	case 'é', 'É', 'è', 'È', 'ê', 'Ê':
		return 'e'
	case 'û', 'Û', 'ù', 'Ù':
		return 'u'
	case 'à', 'À', 'â', 'Â':
		return 'a'
	case '’':
		return '\''
	case '−': // the minus sign of typographers
		return '-'
	}
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func (p *scanner) end() bool { return p.i == len(p.s) }

// take consumes a literal.
func (p *scanner) take(lit string) bool {
	if !strings.HasPrefix(p.s[p.i:], lit) {
		return false
	}
	p.i += len(lit)
	return true
}

// number consumes all the digits that stand here, if they are from least to
// most many.
func (p *scanner) number(least, most int) (n int, ok bool) {
	j := p.i
	for ; j < len(p.s) && isDigit(p.s[j]) && j-p.i <= most; j++ {
		n = 10*n + int(p.s[j]-'0')
	}
	if j-p.i < least || j-p.i > most {
		return 0, false
	}
	p.i = j
	return n, true
}

// word consumes letters and apostrophes.
func (p *scanner) word() string {
	j := p.i
	for j < len(p.s) && (p.s[j] >= 'a' && p.s[j] <= 'z' || p.s[j] == '\'') {
		j++
	}
	w := p.s[p.i:j]
	p.i = j
	return w
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
