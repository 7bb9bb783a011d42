package content

import (
	"path"
	"strings"

	"editorial/pkg/civil"
)

// Place is what the path of a post says of it.
type Place struct {
	// Dirs are the folders from the top, without those that say the language
	// and without Jekyll's _posts and _drafts.
	Dirs []string
	// Base is the file's name without its extension and language, or that of
	// its folder for an index.md; Stem is Base without the date.
	Base, Stem string
	// Date is the day in the name or among the folders; Clock the time after it.
	Date     civil.Date
	Clock    civil.Clock
	HasClock bool
	// Lang is the language of the form velo.fr.md, or of a folder; or "".
	Lang string
	// Jekyll reports a post below _posts or _drafts.
	Jekyll bool
	// Categories are the folders above _posts.
	Categories []string
}

// Place takes the path of a post apart. Names of folders are languages where
// they are those of the dialect.
func (d Defaults) Place(name string) Place {
	var p Place
	p.Dirs = folders(name)
	p.Base = strings.TrimSuffix(path.Base(name), path.Ext(name))
	if stem, lang, ok := cutLang(p.Base); ok {
		p.Base, p.Lang = stem, lang
	}
	p.cutLangFolder(d.Dialect)
	p.cutCollection()
	index := p.Base == "index" && len(p.Dirs) > 0
	if index {
		p.Base, p.Dirs = p.Dirs[len(p.Dirs)-1], p.Dirs[:len(p.Dirs)-1]
	}
	p.Stem = p.Base
	_ = p.datedName() || p.datedFolders(index)
	return p
}

// folders are the names of the folders above a file, from the top.
func folders(name string) []string {
	dir := path.Dir(name)
	if dir == "." || dir == "/" {
		return nil
	}
	return strings.Split(strings.Trim(dir, "/"), "/")
}

// cutLangFolder takes out the last folder that says a language. The suffix of
// the file counts more.
func (p *Place) cutLangFolder(d *Dialect) {
	if d == nil {
		return
	}
	for i := len(p.Dirs) - 1; i >= 0; i-- {
		lang, ok := d.folder(p.Dirs[i])
		if !ok {
			continue
		}
		if p.Lang == "" {
			p.Lang = lang
		}
		p.Dirs = append(p.Dirs[:i:i], p.Dirs[i+1:]...)
		return
	}
}

// cutCollection takes out the folder in which Jekyll has its posts.
func (p *Place) cutCollection() {
	for i, dir := range p.Dirs {
		if dir == "_posts" || dir == "_drafts" {
			p.Jekyll = true
			p.Categories = p.Dirs[:i:i]
			p.Dirs = append(p.Dirs[:i:i], p.Dirs[i+1:]...)
			return
		}
	}
}

// datedName reads a date off the beginning of the name: 2026-07-14-velo,
// 2026-07-14_velo, 2026-7-14 velo, 2026-07-14T09-30-00-velo, or 2026-07-14
// alone, which stays the stem.
func (p *Place) datedName() bool {
	date, rest, ok := cutDate(p.Base)
	if !ok {
		return false
	}
	p.Date = date
	if clock, after, ok := cutClock(rest); ok {
		p.Clock, p.HasClock, rest = clock, true, after
	}
	if rest = strings.TrimLeft(rest, " -_"); rest != "" {
		p.Stem = rest
	}
	return true
}

// datedFolders reads a date off the folders: 2026/07/14/velo, 2026/07/14/index
// and 2026-07-14/velo, the folder nearest the file first. A 14-velo in
// 2026/07 may be fourteen of something: it has no date.
func (p *Place) datedFolders(index bool) bool {
	dirs := p.Dirs
	if n := len(dirs); index && n >= 2 {
		if date, ok := dayOf(dirs[n-2], dirs[n-1], p.Base); ok {
			p.Date, p.Stem = date, date.String()
			return true
		}
	}
	for i := len(dirs) - 1; i >= 0; i-- {
		if date, _, ok := cutDate(dirs[i]); ok {
			p.Date = date
			return true
		}
		if i >= 2 {
			if date, ok := dayOf(dirs[i-2], dirs[i-1], dirs[i]); ok {
				p.Date = date
				return true
			}
		}
	}
	return false
}

// dayOf is the day of a year, a month and a day in digits.
func dayOf(year, month, day string) (civil.Date, bool) {
	if len(year) != 4 || len(month) == 0 || len(month) > 2 || len(day) == 0 || len(day) > 2 {
		return civil.Date{}, false
	}
	if len(month) == 1 {
		month = "0" + month
	}
	if len(day) == 1 {
		day = "0" + day
	}
	date, err := civil.ParseDate(year + "-" + month + "-" + day)
	return date, err == nil
}

// cutDate cuts 2026-07-14 or 2026-7-4 off the beginning of a name. What
// follows begins with no digit.
func cutDate(name string) (date civil.Date, rest string, ok bool) {
	year, after, ok1 := strings.Cut(name, "-")
	month, after, ok2 := strings.Cut(after, "-")
	n := 0
	for n < len(after) && isDigit(after[n]) {
		n++
	}
	if !ok1 || !ok2 {
		return date, "", false
	}
	date, ok = dayOf(year, month, after[:n])
	rest = after[n:]
	if ok && rest != "" && !strings.ContainsRune(" -_Tt", rune(rest[0])) {
		return civil.Date{}, "", false
	}
	if _, _, timed := cutClock(rest); ok && rest != "" && (rest[0] == 'T' || rest[0] == 't') && !timed {
		return civil.Date{}, "", false
	}
	return date, rest, ok
}

// dayInName returns what looks like a day at the beginning of a name: 2026-02-30
// or 2026-2-30, whether there is such a day or not; "" where nothing does.
func dayInName(base string) string {
	parts := strings.SplitN(base, "-", 3)
	if len(parts) < 3 || len(parts[0]) != 4 {
		return ""
	}
	digits := func(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
	n := digits(parts[2])
	if digits(parts[0]) != 4 || digits(parts[1]) != len(parts[1]) || len(parts[1]) > 2 || parts[1] == "" || n == 0 || n > 2 {
		return ""
	}
	if rest := parts[2][n:]; rest != "" && !strings.ContainsRune(" -_", rune(rest[0])) {
		return ""
	}
	return strings.Join([]string{parts[0], parts[1], parts[2][:n]}, "-")
}

// cutClock cuts a time such as T09-30-00, T09:30:00Z or -09-30-00 off what
// follows a date.
func cutClock(rest string) (clock civil.Clock, after string, ok bool) {
	const form = "?09-30-00"
	if len(rest) < len(form) || !strings.ContainsRune("Tt_ -", rune(rest[0])) {
		return clock, "", false
	}
	number := func(at, most int) (n int) {
		if !isDigit(rest[at]) || !isDigit(rest[at+1]) {
			return -1
		}
		if n = int(rest[at]-'0')*10 + int(rest[at+1]-'0'); n > most {
			return -1
		}
		return n
	}
	joins := func(c byte) bool { return c == '-' || c == ':' || c == '_' }
	h, m, s := number(1, 23), number(4, 59), number(7, 59)
	after = rest[len(form):]
	if h < 0 || m < 0 || s < 0 || !joins(rest[3]) || rest[3] != rest[6] || after != "" && !strings.ContainsRune(" -_Z", rune(after[0])) {
		return clock, "", false
	}
	return civil.Clock{Hour: h, Minute: m, Second: s}, strings.TrimPrefix(after, "Z"), true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// Segment is the name of a folder or a file as a part of an address: as it is
// where that can be, else made a slug; "" where nothing of it could be said.
func Segment(name string) string {
	if goodSlug(name) {
		return name
	}
	slug := deriveSlug(name)
	if slug != "" && !goodSlug(slug) { // a device of Windows
		return "post-" + slug
	}
	return slug
}
