package words

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"editorial/pkg/problem"
)

//go:embed en/*.toml fr/*.toml
var files embed.FS

// Lang is a language that the program speaks.
type Lang string

const (
	English Lang = "en"
	French  Lang = "fr"
)

// Langs returns the languages the program speaks.
func Langs() []Lang { return []Lang{English, French} }

// Parse returns the language of a BCP 47 tag or a POSIX locale ("fr",
// "fr-CA", "fr_FR.UTF-8") if the program speaks it.
func Parse(tag string) (Lang, bool) {
	name, _, _ := strings.Cut(strings.ToLower(tag), ".")
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	l := Lang(name)
	return l, slices.Contains(Langs(), l)
}

// Words are the sentences of one language. Areas are read when first asked
// for; a Words may be used by several goroutines.
type Words struct {
	lang  Lang
	mu    sync.Mutex
	areas map[string]map[string]string
}

// New returns the sentences of a language; an unknown one means English.
func New(lang Lang) *Words {
	if !slices.Contains(Langs(), lang) {
		lang = English
	}
	return &Words{lang: lang, areas: map[string]map[string]string{}}
}

// Lang returns the language.
func (w *Words) Lang() Lang { return w.lang }

// Say words the key, its parameters filled in. A key that has no words is
// said as it stands, so that a gap is seen and harms nothing; a test holds
// that there is none.
func (w *Words) Say(key string, params problem.Params) string {
	sentence, ok := w.find(key, params)
	if !ok {
		return key
	}
	return w.fill(sentence, params)
}

// Problem words a finding: its sentence, and a hint that may be empty. Where no
// name is near, the hint is that of ".hint.far", if there is one.
func (w *Words) Problem(p problem.Problem) (sentence, hint string) {
	key := "problem." + string(p.Code)
	if s, ok := w.find(key+".hint", p.Params); ok {
		hint = w.fill(s, p.Params)
	}
	if s, ok := w.find(key+".hint.far", p.Params); ok && p.Params["near"] == "" {
		hint = w.fill(s, p.Params)
	}
	return w.Say(key, p.Params), hint
}

// Whole words a key. It reports false where there are no words for it, or where
// they take a parameter that is not given: nobody reads a sentence with holes.
func (w *Words) Whole(key string, params problem.Params) (string, bool) {
	sentence, ok := w.find(key, params)
	for rest := sentence; ok; {
		var name string
		if _, rest, ok = strings.Cut(rest, "{"); !ok {
			return w.fill(sentence, params), true
		}
		name, rest, _ = strings.Cut(rest, "}")
		_, ok = params[name]
	}
	return "", false
}

// Has reports whether the key is worded in this language.
func (w *Words) Has(key string) bool {
	_, ok := w.find(key, nil)
	return ok
}

func (w *Words) find(key string, params problem.Params) (string, bool) {
	area, name, ok := strings.Cut(key, ".")
	if !ok {
		return "", false
	}
	sentences := w.area(area)
	if w.singular(params["n"]) {
		if s, ok := sentences[name+".one"]; ok {
			return s, true
		}
	}
	s, ok := sentences[name]
	return s, ok
}

func (w *Words) singular(n string) bool {
	v, err := strconv.Atoi(n)
	if err != nil {
		return false
	}
	return v == 1 || w.lang == French && v == 0
}

func (w *Words) area(name string) map[string]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m, ok := w.areas[name]; ok {
		return m
	}
	m := map[string]string{}
	if data, err := files.ReadFile(path.Join(string(w.lang), name+".toml")); err == nil {
		if err := toml.Unmarshal(data, &m); err != nil {
			// Embedded and held by a test: this cannot reach a user.
			m = map[string]string{}
		}
	}
	w.areas[name] = m
	return m
}

// fill puts the parameters into a sentence. A parameter's own braces are not
// looked at again. {name:size} is a number of bytes as [Words.Size] says it,
// {name:room} one that is a limit: it is rounded down, so that what does not fit
// reads larger.
func (w *Words) fill(sentence string, params problem.Params) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteString("{" + rest)
			return b.String()
		}
		b.WriteString(w.param(name, params))
		sentence = after
	}
}

// Inert returns s as one line that a terminal shows and does not obey: control
// characters and bidirectional overrides stand as \u escapes.
func Inert(s string) string {
	if !strings.ContainsFunc(s, harmful) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case harmful(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// InertJSON returns a JSON document that says the same in characters that a
// terminal shows and does not obey: those that [Inert] escapes stand in JSON's
// own escapes. An encoder escapes no more of them than those below space.
func InertJSON(doc []byte) []byte {
	if bytes.IndexFunc(doc, func(r rune) bool { return r != '\n' && harmful(r) }) < 0 {
		return doc
	}
	var b bytes.Buffer
	for _, r := range string(doc) {
		if r != '\n' && harmful(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.Bytes()
}

func harmful(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || // C0, DEL, C1
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || // bidirectional overrides, isolates
		r == 0x200e || r == 0x200f || r == 0x061c || r == 0x2028 || r == 0x2029
}
