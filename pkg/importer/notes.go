package importer

import (
	"net/url"
	"slices"
	"strconv"

	"editorial/pkg/problem"
)

// Codes of what was not converted, or not as it was. "n" says how often, the
// position where it first stands.
const (
	// CodeShortcode: a shortcode, template tag or component that the other
	// program ran ("what"), and that stands in the text now as it was written.
	CodeShortcode problem.Code = "import-shortcode"
	// CodeElement: an HTML element ("what") that Markdown does not know.
	CodeElement problem.Code = "import-element"
	// CodeEmbed: something shown from elsewhere ("what") became a link.
	CodeEmbed problem.Code = "import-embed"
	// CodeInlined: a picture inside the text itself (data:) was left out.
	CodeInlined problem.Code = "import-inlined"
	// CodeType: entries of a type that is no post ("what").
	CodeType problem.Code = "import-type"
	// CodePage: pages; --pages takes them, too.
	CodePage problem.Code = "import-page"
	// CodeStatus: entries of a status that is not taken ("what").
	CodeStatus problem.Code = "import-status"
	// CodeComments: comments stay behind.
	CodeComments problem.Code = "import-comments"
	// CodeProtected: what only readers with a password, or members, could read
	// is a draft now.
	CodeProtected problem.Code = "import-protected"
	// CodeTaxonomy: terms of a kind ("what") that is neither tag nor category.
	CodeTaxonomy problem.Code = "import-taxonomy"
	// CodeField: a field or column ("what") without a counterpart.
	CodeField problem.Code = "import-field"
	// CodeFormat: files in a format ("what") that is not read.
	CodeFormat problem.Code = "import-format"
	// CodeDate: dates that cannot be read, or are not said; "what" is the first.
	CodeDate problem.Code = "import-date"
	// CodePast: a date of a table that is past and of nothing published.
	CodePast problem.Code = "import-past"
	// CodeDue: a deadline of a table that is before the day of publication.
	CodeDue problem.Code = "import-due"
	// CodePlatform: a platform ("what") that the office does not have.
	CodePlatform problem.Code = "import-platform"
	// CodeTruncated: an item of a feed that holds only a summary.
	CodeTruncated problem.Code = "import-summary-only"
	// CodeUntitled: the title was made of how the text begins.
	CodeUntitled problem.Code = "import-untitled"
	// CodeMissing: a file ("what") that posts show and that is not there.
	CodeMissing problem.Code = "import-missing"
	// CodeDamaged: XML or a table that cannot be read there; the rest was.
	CodeDamaged problem.Code = "import-damaged"
	// CodeQuote: a quote of a table that is closed nowhere; the rows from there
	// on stay behind.
	CodeQuote problem.Code = "import-quote"
	// CodeMended: damaged XML that was read all the same, as far as it goes.
	CodeMended problem.Code = "import-mended"
	// CodeSameGUID: a post had the guid of another, and has one of its own now.
	CodeSameGUID problem.Code = "import-guid"
	// CodeTwice: what stands twice in the source was taken once.
	CodeTwice problem.Code = "import-twice"
	// CodeColumns: no row of the table names a column of titles.
	CodeColumns problem.Code = "import-columns"
	// CodeEmptyRow: a row without a title.
	CodeEmptyRow problem.Code = "import-empty-row"
	// CodeTooManyPosts: the rest was not read.
	CodeTooManyPosts problem.Code = "import-too-many"
	// CodeConfig: the other program's configuration cannot be read, so that
	// old addresses are not known.
	CodeConfig problem.Code = "import-config"
	// CodeTooDeep: HTML nested too deeply, or too long; the post stays behind.
	CodeTooDeep problem.Code = "import-too-deep"
)

type noteKey struct {
	code problem.Code
	what string
}

// note counts something that was not converted.
func (b *builder) note(at problem.Position, code problem.Code, what string) {
	b.noteN(at, code, what, 1)
}

func (b *builder) noteN(at problem.Position, code problem.Code, what string, n int) {
	if n == 0 {
		return
	}
	key := noteKey{code, what}
	if code == CodeDate {
		key.what = "" // each is another; the first stands for all
	}
	if b.notes == nil {
		b.notes = map[noteKey]int{}
	}
	i, ok := b.notes[key]
	if !ok {
		p := problem.Problem{Position: at, Code: code, Severity: problem.Warning, Params: problem.Params{}}
		if what != "" {
			p.Params["what"] = shorten(what)
		}
		i = len(b.batch.Notes)
		b.notes[key] = i
		b.batch.Notes = append(b.batch.Notes, p)
		b.counts = append(b.counts, 0)
	}
	b.counts[i] += n
}

// fail notes what keeps a post, or the rest of the source, from being read.
func (b *builder) fail(at problem.Position, code problem.Code, params problem.Params) {
	b.batch.Notes = append(b.batch.Notes, problem.Problem{Position: at, Code: code, Params: params})
	b.counts = append(b.counts, 1)
}

// keep notes a picture or recording that stays where it is.
func (b *builder) keep(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return
	}
	if b.media == nil {
		b.media = map[string]bool{}
	}
	b.media[address] = true
}

// finish puts the counts into the notes, and media in order.
func (b *builder) finish() {
	for i := range b.batch.Notes {
		if p := &b.batch.Notes[i]; p.Severity != problem.Error {
			p.Params["n"] = strconv.Itoa(b.counts[i])
		}
	}
	for address := range b.media {
		b.batch.Media = append(b.batch.Media, address)
	}
	slices.Sort(b.batch.Media)
}

// shorten cuts a text for a message.
func shorten(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
