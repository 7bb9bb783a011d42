package courier

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"editorial/internal/config"
	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// source is the office as the worker sees it: loaded once, and anew when its
// files are no longer those that were read. Where nothing is due for a while it is
// let go of.
type source struct {
	dir  string
	load func(context.Context) (*office.Office, error)
	now  func() time.Time

	mu     sync.Mutex
	office *office.Office       // nil while it is not loaded
	orders map[platform.Key]int // in list
	list   []office.Order       // by instant
	marks  []mark
	// used: somebody asked since the last rest. dues are the instants of all
	// placements in order, kept while the office is not.
	used bool
	dues []time.Time
}

// mark is what a file was when the office was read.
type mark struct {
	size int64
	at   time.Time
	info fs.FileInfo
}

// marksOf are those of the files that say what is due.
func marksOf(dir string) []mark {
	names := []string{config.FileName, office.AgreedFile}
	marks := make([]mark, len(names))
	for i, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			marks[i] = mark{info.Size(), info.ModTime(), info}
		}
	}
	return marks
}

func (m mark) same(n mark) bool {
	if m.info == nil || n.info == nil {
		return m.info == n.info
	}
	return m.size == n.size && m.at.Equal(n.at) && os.SameFile(m.info, n.info)
}

// renew loads the office anew. What is due meanwhile does not wait: it is asked of
// the office as it was, but for the files that say what is due and for the post
// itself.
func (s *source) renew(ctx context.Context) (*office.Office, error) {
	marks := marksOf(s.dir)
	o, err := s.load(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		err = s.take(o, marks)
	}
	if err != nil {
		s.office = nil // whoever asks next hears why, or finds it mended
		return nil, err
	}
	return o, nil
}

// read loads the office, if it is not the one that was loaded. The caller has
// the lock.
func (s *source) read(ctx context.Context) error {
	s.used = true
	marks := marksOf(s.dir)
	if s.office != nil {
		fresh := true
		for i := range marks {
			fresh = fresh && marks[i].same(s.marks[i])
		}
		if fresh {
			return nil
		}
	}
	o, err := s.load(ctx)
	if err != nil {
		return err
	}
	return s.take(o, marks)
}

// begin takes over an office that was loaded already. One that cannot say its
// orders is loaded when it is asked for them.
func (s *source) begin(o *office.Office, marks []mark) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.take(o, marks) != nil {
		s.office = nil
	}
}

// take makes an office the one that is asked. The caller has the lock.
func (s *source) take(o *office.Office, marks []mark) error {
	list, err := o.Orders()
	if err != nil {
		return err
	}
	s.orders, s.dues = make(map[platform.Key]int, len(list)), make([]time.Time, len(list))
	for i, order := range list {
		s.orders[order.Key], s.dues[i] = i, order.At
	}
	s.office, s.list, s.marks = o, list, marks
	return nil
}

// nearby is how long before an instant the office is there: what is due then
// must not wait for it.
const nearby = 3 * time.Minute

// rest lets go of the office where nothing is due soon and nobody asked for it
// since the last rest, and has it back in time. It is to be called more often
// than every nearby. freed reports that there is memory to give back.
func (s *source) rest(ctx context.Context) (freed bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	next, _ := slices.BinarySearchFunc(s.dues, now.Add(-nearby), time.Time.Compare)
	switch {
	case next < len(s.dues) && !s.dues[next].After(now.Add(nearby)):
		return false, s.read(ctx)
	case s.used, s.office == nil:
		s.used = false
		return false, nil
	}
	s.office, s.orders, s.list = nil, nil, nil
	return true, nil
}

// find returns the order of a key. The caller has the lock, and has read.
func (s *source) find(key platform.Key) (office.Order, error) {
	i, ok := s.orders[key]
	if !ok {
		return office.Order{}, fmt.Errorf("%s: %w", key, delivery.ErrGone)
	}
	return s.list[i], nil
}

// Orders are all placements of the agreed calendar.
func (s *source) Orders(ctx context.Context) ([]delivery.Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	all := make([]delivery.Order, 0, len(s.list))
	for _, o := range s.list {
		d := delivery.Order{Key: o.Key, Platform: o.Platform, Kind: string(s.office.Config.Platforms[o.Platform].Kind), Post: o.ID, Due: o.At}
		switch {
		case o.Post != nil:
			d.File, d.Title = o.Post.Path, o.Post.Title
		case o.Edition:
			d.Title = o.ID
		}
		all = append(all, d)
	}
	return all, nil
}

// Ready says how a placement stands at this moment.
func (s *source) Ready(ctx context.Context, key platform.Key) (delivery.Ready, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.read(ctx); err != nil {
		return delivery.Ready{}, err
	}
	order, err := s.find(key)
	if err != nil {
		return delivery.Ready{}, err
	}
	changed, err := s.changed(order)
	if err != nil {
		return delivery.Ready{}, err
	}
	if changed {
		s.office = nil
		if err := s.read(ctx); err != nil {
			return delivery.Ready{}, err
		}
		if order, err = s.find(key); err != nil {
			return delivery.Ready{}, err
		}
	}
	ready := delivery.Ready{}
	if ready.Hold, ready.Detail, ready.Again = s.office.HoldOf(order, s.now()); ready.Hold != "" {
		return ready, nil
	}
	ready.Post, err = s.office.PostFor(ctx, order)
	var found problem.Problem
	if errors.As(err, &found) { // a file of it is gone, say: it waits for that to be mended
		return delivery.Ready{Hold: journal.NotReady, Detail: string(found.Code)}, nil
	}
	return ready, err
}

// changed reports whether a post of an order was written since it was read.
func (s *source) changed(o office.Order) (bool, error) {
	posts := o.Posts
	if o.Post != nil {
		posts = append(posts, o.Post)
	}
	for _, p := range posts {
		if changed, err := s.office.Changed(p); changed || err != nil {
			return changed, err
		}
	}
	return false, nil
}
