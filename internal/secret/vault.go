package secret

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"editorial/pkg/publish/platform"
)

// Options say where an office keeps its secrets.
type Options struct {
	// Dir is the folder of the office's state: it gets secrets.age and the locks.
	Dir string
	// Office is the folder of the office, absolute: its name in a keyring.
	Office string
	// Ring is the keyring; nil: there is none.
	Ring Ring
	// Identity opens the encrypted file.
	Identity Identity
	// Locks are those of all programs on the office; nil: files below Dir.
	Locks Locker
	// Now is the present.
	Now func() time.Time
	// Tell hears every secret that is read or written, so that it can be kept
	// out of what people see; nil: nobody does.
	Tell func(...string)
}

// Vault keeps the records of an office, by the names of its platforms. It may be
// used by several goroutines.
type Vault struct {
	places []place // the first is where new records go
	locks  Locker
	marks  marks
	now    func() time.Time
	tell   func(...string)

	mu sync.Mutex
	// unsaved are records that no place would take: newer than what they hold.
	unsaved map[string]Record
	// insisted are the tokens, by their sums, that were given back once although
	// whoever asked called them stale.
	insisted map[string]bool

	step func(string) // tests end the program here
}

// Open returns the vault of an office. It touches nothing.
func Open(opts Options) *Vault {
	v := &Vault{
		locks: opts.Locks, marks: marks{filepath.Join(opts.Dir, "locks")}, now: opts.Now, tell: opts.Tell,
		unsaved: map[string]Record{}, insisted: map[string]bool{}, step: func(string) {},
	}
	if v.locks == nil {
		v.locks = FileLocks{filepath.Join(opts.Dir, "locks")}
	}
	if v.tell == nil {
		v.tell = func(...string) {}
	}
	if opts.Ring != nil {
		v.places = append(v.places, ring{opts.Ring, opts.Office})
	}
	v.places = append(v.places, &file{path: filepath.Join(opts.Dir, "secrets.age"), id: opts.Identity, locks: v.locks})
	return v
}

// Get returns the record of a platform and where it is kept; ok is false where
// there is none. The error says which place could not be asked, unless another
// has the record.
func (v *Vault) Get(ctx context.Context, name string) (r Record, at Where, ok bool, err error) {
	if waiting, has := v.waiting(name); has {
		return waiting, "", true, nil
	}
	var errs []error
	for _, p := range v.places {
		got, err := p.get(ctx, name)
		switch {
		case errors.Is(err, errNone):
		case err != nil:
			errs = append(errs, err)
		case !ok || got.At.After(r.At):
			r, at, ok = got, p.where(), true
		}
	}
	if ok {
		v.tell(r.hides()...)
		return r, at, true, nil
	}
	return Record{}, "", false, errors.Join(errs...)
}

// Put keeps a record in the first place that takes it, and reads it back. It
// replaces what any place has of the platform.
func (v *Vault) Put(ctx context.Context, name string, r Record) (Where, error) {
	unlock, err := v.locks.Lock(ctx, lockName(name))
	if err != nil {
		return "", err
	}
	defer func() { _ = unlock() }()
	at, err := v.keep(ctx, name, r, "")
	if err == nil {
		v.marks.clear(name)
	}
	return at, err
}

// Remove forgets a platform everywhere. What a place that does not answer still
// has, it cannot take away: the error says so.
func (v *Vault) Remove(ctx context.Context, name string) error {
	unlock, err := v.locks.Lock(ctx, lockName(name))
	if err != nil {
		return err
	}
	defer func() { _ = unlock() }()
	var errs []error
	for _, p := range v.places {
		errs = append(errs, p.remove(ctx, name))
	}
	v.mu.Lock()
	delete(v.unsaved, name)
	v.mu.Unlock()
	v.marks.clear(name)
	return errors.Join(errs...)
}

// keep writes a record and reads it back: into the place of that name if it takes
// it, else into the others in their order. Whoever calls holds the lock.
func (v *Vault) keep(ctx context.Context, name string, r Record, first Where) (Where, error) {
	v.tell(r.hides()...)
	r.At = v.now().UTC().Truncate(time.Millisecond)
	if old, _, ok, _ := v.Get(ctx, name); ok && !r.At.After(old.At) { // a clock that goes back
		r.At = old.At.Add(time.Millisecond)
	}
	places := slices.Clone(v.places)
	slices.SortStableFunc(places, func(a, b place) int {
		return rank(b.where() == first) - rank(a.where() == first)
	})
	var errs []error
	for i, p := range places {
		if err := p.put(ctx, name, r); err != nil {
			errs = append(errs, err)
			continue
		}
		v.step("written")
		if back, err := p.get(ctx, name); err != nil || sum(back.Token) != sum(r.Token) || !back.At.Equal(r.At) {
			errs = append(errs, errors.Join(errNotKept, err))
			continue
		}
		v.step("read back")
		v.mu.Lock()
		delete(v.unsaved, name)
		v.mu.Unlock()
		for j, other := range places {
			if j != i {
				_ = other.remove(ctx, name) // the later one counts in any case
			}
		}
		return p.where(), nil
	}
	return "", errors.Join(errs...)
}

// errNotKept: a place took a record and gives another back.
var errNotKept = errors.New("what was kept does not read as it was written")

func rank(first bool) int {
	if first {
		return 1
	}
	return 0
}

func (v *Vault) waiting(name string) (Record, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	r, ok := v.unsaved[name]
	return r, ok
}

// lockName is a name for a file.
func lockName(name string) string { return "account-" + url.PathEscape(name) }

// refuse is an error of the vault, as publishers know them.
func refuse(class platform.Class, code string, err error) error {
	return &platform.Error{Class: class, Code: code, Err: err}
}
