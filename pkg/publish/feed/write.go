package feed

import (
	"bufio"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"editorial/pkg/publish"
)

// mostOpen is how many feeds are written at once. Files and buffers are few in
// a process; a site may have feeds of thousands of tags.
const mostOpen = 64

// bufferSize is that of the buffer of each feed being written, in bytes.
const bufferSize = 32 << 10

// errBody is wrapped by the errors of posts that cannot be rendered.
var errBody = errors.New("no body")

// encoder is how a format writes feeds.
type encoder interface {
	// head appends all that stands before the items.
	head(b []byte, c channel) []byte
	// item appends an item.
	item(f *fragment, it *item)
	// between is what stands before an item, foot what follows the last.
	between(first bool) string
	foot(empty bool) string
}

func (f Format) encoder() encoder {
	switch f {
	case RSS:
		return rss{}
	case Atom:
		return atom{}
	}
	return jsonFeed{}
}

// fragment is an item in a format, as all feeds have it: what lies between
// langFrom and langTo says the item's language and is left out in feeds of
// that language.
type fragment struct {
	text             []byte
	langFrom, langTo int
}

// piece is an item in the formats of the feeds that show it.
type piece struct {
	lang      string
	fragments map[Format]*fragment
	err       error
}

// Write makes the feeds, and the style sheets of those in XML. A feed of which
// the sink says that nothing has changed is not made, and a post that only
// such feeds show is not read.
//
// What memory holds at a time is a few rendered posts and a buffer a feed,
// however many posts there are.
func (f *Feeds) Write(s publish.Site, bodies publish.Bodies, sink publish.Sink) error {
	specs := f.specs(s)
	for _, sheet := range f.sheets(s, specs) {
		if err := sink.Put(sheet); err != nil {
			return err
		}
	}
	stale := f.stale(s, specs, sink)
	w := &writer{maker: newMaker(s), bodies: bodies, sink: sink}
	for _, some := range rounds(stale) {
		if err := w.round(some); err != nil {
			if errors.Is(err, errBody) {
				w.readAll(stale)
			}
			return err
		}
	}
	return nil
}

// stale returns the feeds that have to be made.
func (f *Feeds) stale(s publish.Site, specs []feedSpec, sink publish.Sink) []*file {
	keys := newKeys(s)
	links := publish.NewLinks(publish.Site{URL: s.URL})
	var all []*file
	for _, spec := range specs {
		c := f.channel(s, spec, links)
		key := keys.of(spec, c)
		if !sink.Has(spec.path, false, key) {
			all = append(all, &file{spec: spec, channel: c, key: key, encoder: spec.format.encoder()})
		}
	}
	return all
}

// rounds divides feeds so that in a round no more than [mostOpen] are open at
// once, from their first item to their last. A post that feeds of several
// rounds show is rendered in each.
func rounds(files []*file) [][]*file {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b *file) int { return a.first() - b.first() })
	var all [][]*file
	var open [][]int // of each round, the last items of those open
	for _, f := range files {
		at := slices.IndexFunc(open, func(lasts []int) bool {
			return len(lasts) < mostOpen || slices.Min(lasts) < f.first()
		})
		if at < 0 {
			at = len(all)
			all, open = append(all, nil), append(open, nil)
		}
		all[at] = append(all[at], f)
		open[at] = append(slices.DeleteFunc(open[at], func(last int) bool { return last < f.first() }), f.last())
	}
	return all
}

// writer writes feeds.
type writer struct {
	*maker
	bodies publish.Bodies
	sink   publish.Sink
	pool   sync.Pool // of *piece, for their buffers
}

// round writes some feeds: their posts are rendered on all processors, a few
// ahead, and written in order.
func (w *writer) round(files []*file) (err error) {
	defer func() {
		for _, f := range files {
			f.abandon() // those that are whole are closed
		}
	}()
	var specs []feedSpec
	for _, f := range files {
		specs = append(specs, f.spec)
		if len(f.spec.shown) == 0 {
			if err := errors.Join(f.open(w.sink), f.close()); err != nil {
				return err
			}
		}
	}
	wanted := shownBy(specs)
	showing := showing(wanted, files)
	return publish.InOrder(len(wanted), func(i int) *piece {
		return w.piece(wanted[i], showing[i])
	}, func(i int, p *piece) error {
		defer w.pool.Put(p)
		if p.err != nil {
			return p.err
		}
		for _, f := range showing[i] {
			if err := f.add(p, wanted[i], w.sink); err != nil {
				return err
			}
		}
		return nil
	})
}

// showing returns, for each of the wanted entries, the feeds that show it.
func showing(wanted []int, files []*file) [][]*file {
	each := func(do func(i int, f *file)) {
		for _, f := range files {
			i := 0
			for _, at := range f.spec.shown {
				for wanted[i] != at {
					i++
				}
				do(i, f)
			}
		}
	}
	counts, total := make([]int, len(wanted)), 0
	each(func(i int, _ *file) { counts[i]++; total++ })
	all, list := make([]*file, total), make([][]*file, len(wanted)) // one array for all lists
	for i, n := range counts {
		list[i], all = all[:0:n], all[n:]
	}
	each(func(i int, f *file) { list[i] = append(list[i], f) })
	return list
}

// piece renders a post for the feeds that show it.
func (w *writer) piece(at int, files []*file) *piece {
	p, _ := w.pool.Get().(*piece)
	if p == nil {
		p = &piece{fragments: map[Format]*fragment{}}
	}
	for _, f := range p.fragments {
		f.text = f.text[:0]
	}
	e := &w.site.Entries[at]
	doc := w.bodies.Document(e.Post)
	if doc == nil {
		p.err = fmt.Errorf("%s: %w", e.Post.Path, errBody)
		return p
	}
	it, err := w.item(e, doc)
	if p.err = err; err != nil {
		return p
	}
	p.lang = it.lang
	for _, f := range files {
		format := f.spec.format
		if p.fragments[format] == nil {
			p.fragments[format] = &fragment{}
		}
		if fragment := p.fragments[format]; len(fragment.text) == 0 {
			f.encoder.item(fragment, it)
		}
	}
	return p
}

// readAll asks for the body of every post that feeds show, so that whoever
// gives them knows all that are broken and not only the first.
func (w *writer) readAll(files []*file) {
	var specs []feedSpec
	for _, f := range files {
		specs = append(specs, f.spec)
	}
	wanted := shownBy(specs)
	_ = publish.Each(len(wanted), func(i int) error {
		w.bodies.Document(w.site.Entries[wanted[i]].Post)
		return nil
	})
}

// file is a feed on its way into the sink.
type file struct {
	spec    feedSpec
	channel channel
	key     string
	encoder encoder

	to     publish.FileWriter // nil before it is opened and after it is closed
	buffer *bufio.Writer
}

// first and last are the places of the first and the last entry among those of
// the site; -1 for a feed without.
func (f *file) first() int {
	if len(f.spec.shown) == 0 {
		return -1
	}
	return f.spec.shown[0]
}

func (f *file) last() int {
	if len(f.spec.shown) == 0 {
		return -1
	}
	return f.spec.shown[len(f.spec.shown)-1]
}

// open begins the file with its head.
func (f *file) open(sink publish.Sink) error {
	to, err := sink.Open(f.spec.path, false, f.key)
	if err != nil {
		return err
	}
	f.to, f.buffer = to, bufio.NewWriterSize(to, bufferSize)
	_, err = f.buffer.Write(f.encoder.head(nil, f.channel))
	return err
}

// add writes the item of an entry; the first opens the file, the last closes it.
func (f *file) add(p *piece, at int, sink publish.Sink) error {
	first := at == f.first()
	if first {
		if err := f.open(sink); err != nil {
			return err
		}
	}
	// The buffer keeps the first error.
	part := p.fragments[f.spec.format]
	f.buffer.WriteString(f.encoder.between(first))
	f.buffer.Write(part.text[:part.langFrom])
	if !strings.EqualFold(p.lang, f.channel.lang) {
		f.buffer.Write(part.text[part.langFrom:part.langTo])
	}
	if _, err := f.buffer.Write(part.text[part.langTo:]); err != nil {
		return fmt.Errorf("write %s: %w", f.spec.path, err)
	}
	if at == f.last() {
		return f.close()
	}
	return nil
}

// close ends the file.
func (f *file) close() error {
	if f.to == nil {
		return nil
	}
	f.buffer.WriteString(f.encoder.foot(len(f.spec.shown) == 0))
	if err := f.buffer.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", f.spec.path, err)
	}
	to := f.to
	f.to, f.buffer = nil, nil
	return to.Close()
}

// abandon gives up a file that is open still.
func (f *file) abandon() {
	if f.to != nil {
		f.to.Abandon()
		f.to, f.buffer = nil, nil
	}
}
