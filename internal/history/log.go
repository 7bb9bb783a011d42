package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is what happened to a file.
type Kind byte

const (
	Added   Kind = 'A'
	Changed Kind = 'M'
	Renamed Kind = 'R'
	Deleted Kind = 'D'
)

// Change is what one commit did to one file.
type Change struct {
	// At is when the author made the commit.
	At time.Time
	// Commit counts the commits that were read, from 0, oldest first.
	Commit int
	// Root says that nothing is known of what was before the commit: it is the
	// first, or the first that a shallow clone has.
	Root bool
	Kind Kind
	// Path is the file below the folder, with forward slashes; From is what it
	// was called before a rename. Both are whatever bytes somebody chose.
	Path, From string
	// Version is what the file became; "" of a deleted one.
	Version Version
}

// Log is what was read of a history.
type Log struct {
	// Changes are oldest first: none of a commit before those of its parents.
	Changes []Change
	Commits int
	// Cut says that older commits were left out, as there are too many.
	Cut bool
}

// errEnough ends a log that is longer than is read.
var errEnough = errors.New("enough")

// Log reads what happened to the regular files below a folder, which is named
// as below the one that the repository was opened at. Merges are passed over:
// what they bring together was changed in its own commits.
func (r *Repository) Log(ctx context.Context, folder string) (Log, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := r.command(ctx, "log",
		"--max-count="+strconv.Itoa(r.limits.commits+1), "--topo-order",
		"--format=tformat:commit %H %at %P", "--raw", "-z", "--no-abbrev", "--relative",
		"-M", "-l1000", "-O/dev/null", "--diff-merges=off", "--ignore-submodules=all",
		"--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--no-decorate", "--no-color",
		"HEAD", "--", folder)
	errs := &head{most: 4096}
	cmd.Stderr = errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		return Log{}, fmt.Errorf("git log: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return Log{}, fmt.Errorf("git log: %w", err)
	}
	p := parser{from: newReader(out), folder: folder + "/", most: r.limits}
	err = p.read()
	if err != nil {
		cancel()
	}
	ended := cmd.Wait()
	switch {
	case errors.Is(err, errEnough):
		p.log.Cut = true
	case err != nil:
		return Log{}, fmt.Errorf("git log: %w", err)
	case ended != nil:
		return Log{}, failed("log", ended, errs)
	}
	p.log.turn()
	return p.log, nil
}

// turn makes the oldest come first.
func (l *Log) turn() {
	slices.Reverse(l.Changes)
	for i := range l.Changes {
		l.Changes[i].Commit = l.Commits - 1 - l.Changes[i].Commit
	}
}

// maxPart is the most bytes of a name, or of the line of a commit with all its
// parents.
const maxPart = 1 << 20

// parser reads the log, newest first: parts that end with NUL. A commit is "commit HASH TIME
// PARENTS"; each change below it is ":MODES VERSIONS KIND" and then a name, or
// two for a rename. The first change of a commit has a line feed before it.
type parser struct {
	from   *reader
	folder string
	most   limits
	log    Log

	at   time.Time
	root bool
}

func (p *parser) read() error {
	for {
		part, err := p.from.until(0, maxPart)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if raw, ok := strings.CutPrefix(strings.TrimPrefix(part, "\n"), ":"); ok {
			err = p.change(raw)
		} else {
			err = p.commit(part)
		}
		if err != nil {
			return err
		}
	}
}

var errUnreadable = errors.New("unreadable answer")

func (p *parser) commit(line string) error {
	fields := strings.Fields(line)
	if len(fields) < 3 || fields[0] != "commit" {
		return errUnreadable
	}
	seconds, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return errUnreadable
	}
	if p.log.Commits == p.most.commits {
		return errEnough
	}
	p.at, p.root = time.Unix(bounded(seconds), 0).UTC(), len(fields) == 3
	p.log.Commits++
	return nil
}

// bounded keeps a time that somebody made up where calendars end.
func bounded(seconds int64) int64 {
	const last = 253402300799 // 9999-12-31
	return max(0, min(seconds, last))
}

func (p *parser) change(raw string) error {
	f := strings.Fields(raw)
	if len(f) != 5 || f[4] == "" || p.log.Commits == 0 {
		return errUnreadable
	}
	c := Change{At: p.at, Commit: p.log.Commits - 1, Root: p.root, Kind: Kind(f[4][0]), Version: Version(f[3])}
	names := make([]string, 1, 2)
	if c.Kind == Renamed || c.Kind == 'C' {
		names = append(names, "")
	}
	for i := range names {
		name, err := p.from.until(0, maxPart)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		names[i] = name
	}
	was, is := regular(f[0]), regular(f[1])
	var inside, fromInside bool
	c.Path, inside = strings.CutPrefix(names[len(names)-1], p.folder)
	if len(names) == 2 {
		c.From, fromInside = strings.CutPrefix(names[0], p.folder)
	}
	switch {
	case !inside:
		return nil
	case c.Kind == Deleted || was && !is:
		c.Kind, c.Version = Deleted, ""
		if !was {
			return nil
		}
	case !is:
		return nil // a link, or a repository of its own
	case c.Kind == 'C' || c.Kind == Renamed && !fromInside, !was:
		c.Kind, c.From = Added, ""
	case c.Kind != Added && c.Kind != Renamed:
		c.Kind = Changed
	}
	if len(p.log.Changes) == p.most.changes {
		return errEnough
	}
	p.log.Changes = append(p.log.Changes, c)
	return nil
}

// regular reports the mode of a regular file, in octal.
func regular(mode string) bool { return mode == "100644" || mode == "100755" || mode == "100664" }
