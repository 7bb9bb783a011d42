package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"editorial/pkg/problem"
)

// headRows is how far down a table its header may stand.
const headRows = 10

// row is a row of a table below its header.
type row struct {
	at    problem.Position
	cells map[column]string
}

// csv reads a table. Its first row that names a column of titles is its header.
func (b *builder) csv() error {
	src, err := b.file()
	if err != nil {
		return err
	}
	src = decode(src)
	if bytes.IndexByte(src, 0) >= 0 {
		return errNotText(b.name)
	}
	t := b.sheet(src)
	records, lines := t.records, t.lines
	head, columns := b.header(records)
	for _, line := range t.damaged {
		b.note(problem.Position{File: b.name, Line: line}, CodeDamaged, "")
	}
	if t.unclosed > 0 {
		b.fail(problem.Position{File: b.name, Line: t.unclosed}, CodeQuote, nil)
	}
	if head < 0 {
		b.fail(problem.Position{File: b.name, Line: 1}, CodeColumns, nil)
		return nil
	}
	b.unknownColumns(records[head], columns, records[head+1:], problem.Position{File: b.name, Line: lines[head]})
	var rows []row
	for i, record := range records[head+1:] {
		r := row{problem.Position{File: b.name, Line: lines[head+1+i]}, map[column]string{}}
		for j, cell := range record {
			cell = strings.TrimSpace(clean(cell))
			if j < len(columns) && columns[j] != "" && cell != "" && r.cells[columns[j]] == "" {
				r.cells[columns[j]] = cell
			}
		}
		if len(r.cells) > 0 {
			rows = append(rows, r)
		}
	}
	reader := &tableReader{builder: b, order: b.dayOrder(rows, french(records[head]))}
	return reader.rows(rows)
}

// sheet are the rows of a file, and the lines on which they begin.
type sheet struct {
	records [][]string
	lines   []int
	// damaged are the lines of rows that cannot be read.
	damaged []int
	// unclosed is the line of a quote that is closed nowhere, 0 if there is none:
	// the rows end before it.
	unclosed int
}

// sheet reads the rows of a file: with the separator that it names itself, as
// spreadsheets do, or else that with which a row names the most columns.
func (b *builder) sheet(src []byte) sheet {
	if first, rest, ok := bytes.Cut(src, []byte("\n")); ok && bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		if s := strings.TrimSpace(string(first[4:])); len(s) == 1 && strings.Contains(",;|", s) {
			return readSheet(rest, rune(s[0]), 1, MaxPosts+headRows)
		}
		src = append([]byte("\n"), rest...) // the lines keep their numbers
	}
	best, most := ',', 0
	for _, comma := range []rune{',', ';', '\t'} {
		records := readSheet(src, comma, 0, headRows).records
		if at, columns := b.header(records); at >= 0 {
			known := len(columns) - countOf(columns, "")
			if known > most {
				best, most = comma, known
			}
		}
	}
	return readSheet(src, best, 0, MaxPosts+headRows)
}

func countOf(all []column, one column) int {
	n := 0
	for _, c := range all {
		if c == one {
			n++
		}
	}
	return n
}

// readSheet reads at most so many rows; skipped is how many lines stand before
// them.
func readSheet(src []byte, comma rune, skipped, most int) sheet {
	var t sheet
	if at := openQuote(src, comma); at >= 0 {
		t.unclosed = 1 + skipped + bytes.Count(src[:at], []byte("\n"))
		src = src[:bytes.LastIndexByte(src[:at], '\n')+1]
	}
	r := csv.NewReader(bytes.NewReader(src))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	for len(t.records) <= most {
		record, err := r.Read()
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			t.damaged = append(t.damaged, parse.StartLine+skipped)
			continue
		}
		if err != nil {
			break // the end: nothing else fails in memory
		}
		line, _ := r.FieldPos(0)
		t.records, t.lines = append(t.records, record), append(t.lines, line+skipped)
	}
	return t
}

// openQuote is where a cell begins with a quote that is closed nowhere, or -1.
// As in what reads the cells, a quote ends a cell only before a separator or
// the end of its line, and stands for itself elsewhere.
func openQuote(src []byte, comma rune) int {
	for at, begins := 0, true; at < len(src); {
		switch {
		case begins && src[at] == '"':
			end := closingQuote(src, at+1, byte(comma))
			if end < 0 {
				return at
			}
			at, begins = end+1, false
			continue
		case src[at] == byte(comma), src[at] == '\n':
			begins = true
		default:
			begins = false
		}
		at++
	}
	return -1
}

// closingQuote is where a cell ends whose text begins at a place, or -1.
func closingQuote(src []byte, at int, comma byte) int {
	for {
		n := bytes.IndexByte(src[at:], '"')
		if n < 0 {
			return -1
		}
		at += n
		rest := src[at+1:]
		switch {
		case len(rest) == 0, rest[0] == comma, rest[0] == '\n', bytes.HasPrefix(rest, []byte("\r\n")), len(rest) == 1 && rest[0] == '\r':
			return at
		case rest[0] == '"':
			at++
		case src[at-1] == comma, src[at-1] == '\n':
			return -1 // another cell begins: this one was never closed
		}
		at++
	}
}

// header returns which row is the header, or -1, and what its columns are.
func (b *builder) header(records [][]string) (at int, columns []column) {
	for i, record := range records[:min(len(records), headRows)] {
		columns = columns[:0]
		known := 0
		for _, cell := range record {
			c := columnOf(cell)
			if c != "" && slices.Contains(columns, c) && c != colTags && c != colPlatform {
				c = "" // the first of two counts
			}
			columns = append(columns, c)
			if c != "" {
				known++
			}
		}
		if slices.Contains(columns, colTitle) && (known > 1 || len(record) == 1) {
			return i, columns
		}
	}
	return -1, nil
}

// unknownColumns notes columns that have no counterpart, with the number of
// their cells that are not empty.
func (b *builder) unknownColumns(head []string, columns []column, records [][]string, at problem.Position) {
	for j, name := range head {
		if columns[j] != "" {
			continue
		}
		n := 0
		for _, record := range records {
			if j < len(record) && strings.TrimSpace(record[j]) != "" {
				n++
			}
		}
		if name = line(name); name == "" {
			name = "…"
		}
		b.noteN(at, CodeField, name, n)
	}
}

// column is what a column of a table holds.
type column string

const (
	colTitle     column = "title"
	colDate      column = "date"
	colTime      column = "time"
	colDeadline  column = "deadline"
	colPlatform  column = "platform"
	colTags      column = "tags"
	colCategory  column = "category"
	colAuthor    column = "author"
	colAssignee  column = "assignee"
	colBody      column = "body"
	colSummary   column = "summary"
	colStatus    column = "status"
	colLang      column = "lang"
	colSlug      column = "slug"
	colURL       column = "url"
	colFormat    column = "format"
	colPillar    column = "pillar"
	colCampaign  column = "campaign"
	colAudience  column = "audience"
	colObjective column = "objective"
	colImage     column = "image"
	colPriority  column = "priority"
	colEffort    column = "effort"
	colQuestion  column = "question"
	colID        column = "id"
)

// columnWords are the names of columns that people write, in both languages,
// folded.
func columnWords() map[column][]string {
	return map[column][]string{
		colTitle:     {"title", "titre", "sujet", "subject", "headline", "intitule", "nom", "name", "post", "article", "topic", "titre du post", "titre de l article", "post title", "billet", "publication"},
		colDate:      {"date", "date de publication", "publication date", "publish date", "publishdate", "date de parution", "parution", "publie le", "publish on", "jour", "day", "quand", "when", "date prevue", "planned date", "scheduled", "scheduled date", "date de diffusion", "go live", "go live date"},
		colTime:      {"time", "heure", "hour", "publish time", "heure de publication"},
		colDeadline:  {"deadline", "echeance", "date limite", "due", "due date", "a rendre", "a rendre le", "rendu"},
		colPlatform:  {"platform", "platforms", "plateforme", "plateformes", "plate forme", "canal", "canaux", "channel", "channels", "reseau", "reseaux", "network", "networks", "reseau social", "reseaux sociaux", "social network", "support", "diffusion"},
		colTags:      {"tags", "tag", "etiquettes", "etiquette", "mots cles", "mot cle", "keywords", "keyword", "hashtags", "hashtag"},
		colCategory:  {"category", "categories", "categorie", "rubrique", "rubriques", "section"},
		colAuthor:    {"author", "authors", "auteur", "auteurs", "auteure", "autrice", "auteur rice", "redacteur", "redactrice", "redaction", "writer", "ecrit par", "written by", "by", "par"},
		colAssignee:  {"assignee", "assigned to", "responsable", "assigne a", "owner", "qui", "who", "en charge", "charge de", "pilote"},
		colBody:      {"body", "content", "contenu", "texte", "text", "copy", "message", "legende", "caption", "corps"},
		colSummary:   {"summary", "resume", "description", "chapo", "chapeau", "excerpt", "extrait", "accroche", "teaser"},
		colStatus:    {"status", "statut", "state", "stage", "etape", "etat", "avancement"},
		colLang:      {"language", "lang", "langue", "locale"},
		colSlug:      {"slug"},
		colURL:       {"url", "lien", "link", "address", "adresse", "permalink", "permalien"},
		colFormat:    {"format", "type", "type de contenu", "content type"},
		colPillar:    {"pillar", "pilier", "theme", "thematique", "content pillar"},
		colCampaign:  {"campaign", "campagne"},
		colAudience:  {"audience", "public", "cible", "target", "persona"},
		colObjective: {"objective", "objectif", "goal", "but"},
		colImage:     {"image", "visuel", "photo", "picture", "illustration"},
		colPriority:  {"priority", "priorite"},
		colEffort:    {"effort", "duree", "temps", "hours", "heures", "charge"},
		colQuestion:  {"question"},
		colID:        {"id", "guid", "ref", "reference", "identifiant"},
	}
}

// columnOf is what a column of that name holds, "" if nobody knows.
func columnOf(name string) column {
	name = folded(name)
	for c, words := range columnWords() {
		if slices.Contains(words, name) {
			return c
		}
	}
	return ""
}

// french reports a header in French: one of its words is no English one.
func french(head []string) bool {
	for _, name := range head {
		switch folded(name) {
		case "titre", "sujet", "date de publication", "plateforme", "plateformes", "canal", "canaux", "reseau", "auteur", "auteurs", "autrice",
			"contenu", "texte", "statut", "etape", "etat", "langue", "echeance", "rubrique", "mots cles", "etiquettes", "heure", "jour", "responsable", "intitule":
			return true
		}
	}
	return false
}

// folded is a name without case, accents and what parts its words.
func folded(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(clean(s))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), " "):
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}
