package courier

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"editorial/internal/config"
	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/pkg/publish/platform"
)

// source is the office as the worker sees it: loaded once, and anew when its
// files are no longer those that were read.
type source struct {
	dir  string
	load func(context.Context) (*office.Office, error)
	now  func() time.Time

	mu     sync.Mutex
	office *office.Office
	orders map[platform.Key]office.Order
	list   []office.Order
	marks  []mark
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

// Reload has the office read again before it is asked next.
func (s *source) Reload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.office = nil
}

// Office returns the office as it is now.
func (s *source) Office(ctx context.Context) (*office.Office, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.read(ctx)
	return s.office, err
}

// read loads the office, if it is not the one that was loaded. The caller has
// the lock.
func (s *source) read(ctx context.Context) error {
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
	list, err := o.Orders()
	if err != nil {
		return err
	}
	s.orders = make(map[platform.Key]office.Order, len(list))
	for _, order := range list {
		s.orders[order.Key] = order
	}
	s.office, s.list, s.marks = o, list, marks
	return nil
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
	order, ok := s.orders[key]
	if !ok {
		return delivery.Ready{}, fmt.Errorf("%s: %w", key, delivery.ErrGone)
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
		if order, ok = s.orders[key]; !ok {
			return delivery.Ready{}, fmt.Errorf("%s: %w", key, delivery.ErrGone)
		}
	}
	ready := delivery.Ready{}
	if ready.Hold, ready.Detail, ready.Again = s.office.HoldOf(order, s.now()); ready.Hold != "" {
		return ready, nil
	}
	ready.Post, err = s.office.PostFor(ctx, order)
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
