package content

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Stage is where a post is in production.
type Stage string

const (
	Idea      Stage = "idea"
	Draft     Stage = "draft"
	Review    Stage = "review"
	Ready     Stage = "ready"
	Published Stage = "published"
	Archived  Stage = "archived"
)

// Stages returns the stages in the order of production.
func Stages() []Stage { return []Stage{Idea, Draft, Review, Ready, Published, Archived} }

// Post is one Markdown file with its front matter, as read: nothing in it
// depends on the clock. Strings are "" and moments zero where the post says
// nothing.
type Post struct {
	// Path is the file's path inside the corpus, with forward slashes.
	Path string
	// ID never changes, whatever becomes of title, slug or file name. It is
	// the front matter's id, or one derived from the path (IDDerived).
	ID string

	// What readers see.
	Title   string
	Slug    string
	Lang    string // BCP 47
	Summary string
	Authors []string
	Tags    []string // those of the categories among them
	// Categories are what other programs build addresses of.
	Categories []string
	Image      Image
	// Translation is the key that the translations of one text share.
	Translation string
	// Address is the path of the post's page that it asks for itself, from the
	// top of the site with a slash in front; it may have the parts of
	// site.permalink (":slug"). It ends with a slash, or names an .html file.
	Address string
	// Aliases are former addresses, of the same form without parts: readers who
	// come there are led to the page.
	Aliases []string
	// Canonical is the address of the original, where this is a copy.
	Canonical string
	// Question and Invite are what the post asks its readers, and asks them to do.
	Question, Invite string

	// When. Date is when the author wants the post out (publishDate, or date);
	// Updated when the text last changed for readers. Embargo and NotBefore:
	// not earlier (the embargo on every output). Deadline: no use after.
	// Expires: taken out of feeds.
	Date, Updated                         civil.Moment
	Embargo, NotBefore, Deadline, Expires civil.Moment

	// Production.
	Stage Stage
	// Effort is the minutes of work that the post itself takes, by person, and
	// Logged those done; the person "" stands for whoever is free. Nil: what
	// config.toml says for the format.
	Effort, Logged map[string]int
	Assignee       string
	// Format is what is made (article, video, photo, …): it has a default effort.
	Format string
	// Approval is the hash of the content that somebody approved.
	Approval string

	// Strategy.
	Platforms []string // nil: the site's default
	Priority  int      // 1 to 5, 5 the highest; 3 unless the post says so
	Pillar    string
	Intent    string
	Audience  string
	Objective string
	Campaign  string
	// Series and Part place the post in an ordered family; Part counts from 1.
	Series string
	Part   int
	// Repeat asks for further occurrences on the same platforms.
	Repeat Repeat
	// Variants say, by platform, what differs there.
	Variants map[string]Variant
	// Edition makes this file the introduction of the newsletter's edition of
	// that day; such a file is no post of its own.
	Edition civil.Date

	// Sum is the SHA-256 of the file, zero if it could not be read. BodyAt is
	// the byte of the file at which the Markdown after the front matter
	// begins, BodyLine its line, from 1.
	Sum              [sha256.Size]byte
	BodyAt, BodyLine int

	// Dialect is how the post was read, nil as everywhere.
	Dialect *Dialect
	// Syntax is the language of the front matter, "" if there is none; Extra
	// are the keys that mean nothing here.
	Syntax Format
	Extra  []value.Member

	// Problems found in this post.
	Problems []problem.Problem

	// head is the front matter as it stands in the file, from headLine on.
	head string
	// heading is the one with which the text begins; nil: none.
	heading *heading
	// places are where the fields stand.
	places []fieldPlace

	// IDDerived says that the front matter has no id, Blank that the file has no
	// Markdown, whole that nothing is to be said of it. Small values stand side
	// by side: thousands of posts are in memory at a time.
	IDDerived, Blank, whole bool
	headLine                int32
}

// At returns where a field stands: its value, or an item of it ("platforms",
// "0"), or of a table in it ("variants", "x", "date"). A field that the post
// does not have stands at the beginning of the file.
func (p *Post) At(field string, path ...string) problem.Position {
	if len(path) == 0 {
		for _, at := range p.places {
			if at.field == field {
				return problem.Position{File: p.Path, Line: int(at.line), Col: int(at.col)}
			}
		}
		return problem.Position{File: p.Path, Line: 1, Col: 1}
	}
	best, rank, found := value.Value{}, 0, false
	for _, m := range p.Front().Map {
		if f, r, ok := p.Dialect.fieldOf(m.Key); ok && f == field && (!found || r < rank) {
			best, rank, found = m.Value, r, true
		}
	}
	if !found {
		return problem.Position{File: p.Path, Line: 1, Col: 1}
	}
	for _, key := range path {
		if i, err := strconv.Atoi(key); err == nil && best.Kind == value.List && i >= 0 && i < len(best.List) {
			best = best.List[i]
			continue
		}
		next, ok := best.Get(key)
		if !ok {
			break
		}
		best = next
	}
	return best.At
}

// Has reports whether the front matter has a field, by whatever name.
func (p *Post) Has(field string) bool {
	return slices.ContainsFunc(p.places, func(at fieldPlace) bool { return at.field == field })
}

// fieldPlace is where the value of a field stands in the file.
type fieldPlace struct {
	field     string
	line, col int32
}

// Image is a picture that stands for the post.
type Image struct {
	Src, Alt, Credit, Licence string
}

// Repeat is further occurrences: Times in all (0 and 1 mean once), each at
// least Every after the one before.
type Repeat struct {
	Times int
	Every civil.Span
}

// Variant is what a post says on one platform.
type Variant struct {
	// Text may be several posts that answer each other: see [Variant.Parts].
	Text, Title string
	// Thread asks for the whole text of the post as such posts, where it says
	// none of its own.
	Thread bool
	// Numbered ends each of several posts with its number: " 1/4".
	Numbered bool
	// FirstComment is what is said under the post once it is out.
	FirstComment string
	// Date pins the item of this platform.
	Date civil.Moment
	// Effort and Logged are minutes by person for this platform's version.
	Effort, Logged map[string]int
}

// Parts are the posts of a thread that the text is: lines of three hyphens or
// more divide them. It is nil where none does.
func (v Variant) Parts() []string {
	var parts []string
	part, divided := "", false
	for line := range strings.Lines(v.Text) {
		if rule := strings.TrimSpace(line); len(rule) < 3 || strings.Trim(rule, "-") != "" {
			part += line
			continue
		}
		divided = true
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
		part = ""
	}
	if part = strings.TrimSpace(part); part != "" {
		parts = append(parts, part)
	}
	if !divided {
		return nil
	}
	return parts
}

// Read reports whether the file of the post could be read.
func (p *Post) Read() bool { return p.Sum != [sha256.Size]byte{} }

// HasErrors reports whether a problem holds the post back.
func (p *Post) HasErrors() bool { return problem.Errors(p.Problems) > 0 }
