package office

import (
	"errors"
	"fmt"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// CodeAgreedBroken: the agreed calendar has lines that cannot be read.
const CodeAgreedBroken problem.Code = "agreed-broken"

// Agreement is what agreeing a proposal did.
type Agreement struct {
	// Placements to come, in the file.
	Placements int
	Changed    bool
	// IDs is the number of posts that got their id written.
	IDs int
}

// Agree writes the proposal to the agreed calendar, and into every post that
// is placed its id, where it has none of its own. A line of the past stays;
// one to come stays only if the plan has it. The calendar is written last: if
// anything fails before, nothing is agreed.
func (o *Office) Agree(p *Proposal) (Agreement, error) {
	var a Agreement
	if o.agreedBroken {
		return a, problem.Problem{Position: problem.Position{File: AgreedFile}, Code: CodeAgreedBroken}
	}
	list := o.Agreed
	for _, x := range p.Removed {
		list = list.Remove(agreedKeyOf(x.Key))
	}
	ids := map[*content.Post]bool{}
	for _, x := range p.Placements {
		if x.State == StatePublished && o.agreedBy[agreedKeyOf(x.Key)].Platform == "" {
			continue // it went out without ever having been agreed
		}
		entry := agreed.Entry{Key: agreedKeyOf(x.Key), Platform: x.Platform, At: o.Zone.Moment(o.Zone.DateTime(x.At)), Pin: x.Pinned}
		if old, ok := o.agreedBy[entry.Key]; ok {
			if old.At.Instant.Equal(x.At) {
				entry = old
			} else {
				entry.Pin = entry.Pin || old.Pin
			}
		}
		if x.Post != nil {
			entry.Note = x.Post.Slug
			if x.Post.IDDerived {
				ids[x.Post] = true
			}
		}
		if !x.At.Before(o.Now) {
			a.Placements++
		}
		list = list.Put(entry)
	}
	f, err := openFolder(o.Dir, publicFile, publicDir)
	if err != nil {
		return a, err
	}
	defer f.close()
	f.sync = true
	for _, post := range o.Corpus.Posts {
		if ids[post] {
			if err := writeID(f, post); err != nil {
				return a, err
			}
			a.IDs++
		}
	}
	a.Changed, err = f.replace(AgreedFile, list.Format())
	if err != nil {
		return a, fmt.Errorf("write agreed calendar: %w", err)
	}
	return a, nil
}

func agreedKeyOf(k calendar.Key) agreed.Key {
	return agreed.Key{Post: k.Post, Connection: k.Platform, Occurrence: k.Occurrence}
}

// errNotWritable is wrapped when a post's front matter cannot take a field.
var errNotWritable = errors.New("front matter cannot take the id")

// writeID adds id to the front matter of a post: one line after the opening
// fence. The result must read back as the same post with that id.
func writeID(f *folder, p *content.Post) error {
	name := ContentDir + "/" + p.Path
	src, err := f.root.ReadFile(name)
	if err != nil {
		return fmt.Errorf("write id: %w", err)
	}
	out, ok := insertID(src, p.ID)
	if !ok {
		return fmt.Errorf("%s: %w", name, errNotWritable)
	}
	again := content.Read(p.Path, out, content.Defaults{Zone: civil.UTC(), Lang: p.Lang})
	if again.ID != p.ID || again.IDDerived || again.Title != p.Title || string(again.Body) != string(p.Body) {
		return fmt.Errorf("%s: %w", name, errNotWritable)
	}
	_, err = f.replace(name, out)
	return err
}

// insertID returns the file with an id line after the opening fence.
func insertID(src []byte, id string) ([]byte, bool) {
	text := string(src)
	bom := ""
	if len(text) >= 3 && text[:3] == "\ufeff" {
		bom, text = text[:3], text[3:]
	}
	for _, form := range []struct{ fence, line string }{
		{"+++\n", "id = %q\n"}, {"+++\r\n", "id = %q\r\n"}, {"---\n", "id: %s\n"}, {"---\r\n", "id: %s\r\n"}, {"{", "\n  \"id\": %q,"},
	} {
		if len(text) >= len(form.fence) && text[:len(form.fence)] == form.fence {
			return []byte(bom + form.fence + fmt.Sprintf(form.line, id) + text[len(form.fence):]), true
		}
	}
	return nil, false
}
