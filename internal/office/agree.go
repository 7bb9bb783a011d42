package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// CodeAgreedBroken says that the agreed calendar has lines that cannot be read.
const CodeAgreedBroken problem.Code = "agreed-broken"

// CodeAgreedChanged says that somebody wrote the agreed calendar after it was
// read.
const CodeAgreedChanged problem.Code = "agreed-changed"

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
//
// A calendar that somebody else changed since it was read is left alone.
func (o *Office) Agree(ctx context.Context, p *Proposal) (Agreement, error) {
	var a Agreement
	if o.agreedBroken {
		return a, problem.Problem{Position: problem.Position{File: AgreedFile}, Code: CodeAgreedBroken}
	}
	list, ids, a := o.agreeing(p)
	var err error
	a.Changed, err = o.writeAgreed(ctx, list, ids)
	return a, err
}

// agreeing is the agreed calendar that a proposal makes, and the posts that get
// their id written.
func (o *Office) agreeing(p *Proposal) (list agreed.List, write []*content.Post, a Agreement) {
	list = o.Agreed
	for _, x := range p.Removed {
		list = list.Remove(agreedKeyOf(x.Key))
	}
	ids := map[*content.Post]bool{}
	var entries []agreed.Entry
	for _, x := range p.Placements {
		if x.State == StatePublished && o.agreedBy[agreedKeyOf(x.Key)].Platform == "" {
			continue // it went out without ever having been agreed
		}
		entry := agreed.Entry{Key: agreedKeyOf(x.Key), Platform: x.Platform, At: o.moment(x.At)}
		if old, ok := o.agreedBy[entry.Key]; ok && sameMinute(old.At.Instant, x.At) {
			entry = old // with its mark; a date in the post pins without one
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
		entries = append(entries, entry)
	}
	list = list.Put(entries...)
	for _, post := range o.Corpus.Posts {
		if ids[post] {
			write = append(write, post)
		}
	}
	a.IDs = len(write)
	return list, write, a
}

// writeAgreed writes the ids into posts that have none of their own, then the
// agreed calendar: one program at a time, and only over the very bytes that
// were read.
func (o *Office) writeAgreed(ctx context.Context, list agreed.List, ids []*content.Post) (changed bool, err error) {
	state, err := openIn(o.Dir, StateDir, privateFile, privateDir)
	if err != nil {
		return false, err
	}
	defer state.close()
	unlock, err := lock(ctx, filepath.Join(o.Dir, StateDir, agreedLock))
	if err != nil {
		return false, err
	}
	defer unlock()
	f, err := openFolder(o.Dir, publicFile, publicDir)
	if err != nil {
		return false, err
	}
	defer f.close()
	f.sync = true
	now, err := config.ReadRegular(f.root.FS(), AgreedFile, agreedMax)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("read agreed calendar: %w", f.told(err, AgreedFile))
	}
	if !bytes.Equal(now, o.agreedSource) {
		return false, problem.Problem{Position: problem.Position{File: AgreedFile}, Code: CodeAgreedChanged}
	}
	for _, post := range ids {
		if err := writeID(f, post); err != nil {
			return false, err
		}
	}
	if changed, err = f.replace(AgreedFile, list.Format()); err != nil {
		return changed, fmt.Errorf("write agreed calendar: %w", f.told(err, AgreedFile))
	}
	return changed, nil
}

// moment is an instant as the agreed calendar writes it: of a time that comes
// twice on the wall, the one that is meant.
func (o *Office) moment(t time.Time) civil.Moment {
	return civil.Moment{Local: o.Zone.DateTime(t), HasClock: true, Instant: o.local(t)}
}

func agreedKeyOf(k calendar.Key) agreed.Key {
	return agreed.Key{Post: k.Post, Connection: k.Platform, Occurrence: k.Occurrence}
}

// writeID writes the id of a post into its front matter; no other byte changes.
func writeID(f *folder, p *content.Post) error {
	name := ContentDir + "/" + p.Path
	src, err := f.read(name)
	if err != nil {
		return fmt.Errorf("write id: %w", err)
	}
	out, err := content.Set(src, []string{"id"}, content.Text(p.ID))
	if err != nil {
		return fmt.Errorf("write id: %s: %w", name, err)
	}
	_, err = f.replace(name, out)
	return f.told(err, name)
}
