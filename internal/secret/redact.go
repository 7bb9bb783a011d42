package secret

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// shortest is the length, in bytes, from which on a text is taken out: shorter
// ones stand in ordinary words.
const shortest = 5

// Redactor takes known secrets out of texts, in the forms in which they travel.
// It is the last net, not the first: no error and no answer should hold one. It
// may be used by several goroutines; the zero Redactor knows none.
type Redactor struct {
	mu    sync.RWMutex
	known map[string]bool
	forms [][]byte // the longest first
}

// Add makes secrets known.
func (r *Redactor) Add(secrets ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range secrets {
		if len(s) < shortest || r.known[s] {
			continue
		}
		if r.known == nil {
			r.known = map[string]bool{}
		}
		r.known[s] = true
		for _, form := range Forms(s) {
			r.forms = append(r.forms, []byte(form))
		}
	}
	slices.SortFunc(r.forms, func(a, b []byte) int { return cmp.Or(len(b)-len(a), bytes.Compare(a, b)) })
	r.forms = slices.CompactFunc(r.forms, bytes.Equal)
}

// Clean returns the text with "***" in the place of every known secret.
func (r *Redactor) Clean(text []byte) []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, form := range r.forms {
		if bytes.Contains(text, form) {
			text = bytes.ReplaceAll(text, form, []byte("***"))
		}
	}
	return text
}

// String is Clean for a text.
func (r *Redactor) String(text string) string { return string(r.Clean([]byte(text))) }

// Writer cleans what is written through it. A text must come in one piece, as a
// line of a log does.
func (r *Redactor) Writer(to io.Writer) io.Writer { return cleaner{r, to} }

type cleaner struct {
	by *Redactor
	to io.Writer
}

// Write writes all of p, cleaned.
func (c cleaner) Write(p []byte) (int, error) {
	if _, err := c.to.Write(c.by.Clean(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Forms are the ways in which a secret may stand in a text: as it is, in an
// address, in JSON or HTML, in hexadecimal, and in base64 wherever it begins
// within it, as behind "user:" in a header.
func Forms(s string) []string {
	forms := []string{s, url.QueryEscape(s), url.PathEscape(s), lowerEscapes(url.QueryEscape(s)), lowerEscapes(url.PathEscape(s)), html.EscapeString(s), hex.EncodeToString([]byte(s)), strings.ToUpper(hex.EncodeToString([]byte(s)))}
	if data, err := json.Marshal(s); err == nil {
		forms = append(forms, string(data[1:len(data)-1]))
	}
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) == nil {
		forms = append(forms, strings.Trim(plain.String(), "\"\n"))
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			forms = append(forms, within(enc, s, before))
		}
	}
	forms = slices.DeleteFunc(forms, func(f string) bool { return len(f) < shortest })
	slices.Sort(forms)
	return slices.Compact(forms)
}

// within is the part of a base64 text that depends on the secret alone, which
// begins after so many bytes of something else, modulo three.
func within(enc *base64.Encoding, s string, before int) string {
	all := enc.EncodeToString(append(make([]byte, before), s...))
	from, to := (before*8+5)/6, (before+len(s))*8/6
	return all[from:to]
}

// lowerEscapes writes "%3A" as "%3a", as some do.
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], bytes.ToLower(b[i+1:i+3]))
		}
	}
	return string(b)
}
