package office

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"maps"
	"slices"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// cacheMagic begins a file of this form.
const cacheMagic = "editorial cache 3\n"

// encode writes the cache as it goes: the magic, the program, the rest as
// numbers and texts with their lengths, and the SHA-256 of it all.
func (c *cache) encode(to io.Writer) error {
	sum := sha256.New()
	w := &cacheWriter{bufio.NewWriterSize(io.MultiWriter(to, sum), 32<<10)}
	w.bytes([]byte(cacheMagic))
	w.text(c.program)
	for _, s := range []stamp{c.stamp, c.ended} {
		w.int(s.at)
		w.int(s.dev)
	}
	w.int(int64(len(c.posts)))
	for _, name := range slices.Sorted(maps.Keys(c.posts)) {
		p := c.posts[name]
		w.text(name)
		w.mark(p.mark)
		w.bytes(p.head.Sum[:])
		w.text(string(p.head.Syntax))
		w.text(p.head.Front)
		w.int(int64(p.head.Line))
		w.int(int64(p.head.BodyAt))
		w.int(int64(p.head.BodyLine))
		w.bool(p.head.Blank)
		w.text(p.head.Heading)
		w.int(int64(p.head.Below))
		w.int(int64(p.head.BelowLine))
	}
	w.int(int64(len(c.assets)))
	for _, name := range slices.Sorted(maps.Keys(c.assets)) {
		a := c.assets[name]
		w.text(name)
		w.mark(a.mark)
		w.bool(a.active)
		w.int(int64(a.width))
		w.int(int64(a.height))
	}
	w.int(int64(len(c.known.facts)))
	for key, f := range c.known.facts {
		w.bytes(key.sum[:])
		w.text(key.lang)
		w.facts(f)
	}
	w.int(int64(len(c.known.strange)))
	for sum, all := range c.known.strange {
		w.bytes(sum[:])
		w.int(int64(len(all)))
		for _, f := range all {
			w.text(string(f.Code))
			w.int(int64(f.Line))
			w.text(f.Text)
			w.int(int64(f.N))
		}
	}
	w.int(int64(len(c.known.broken)))
	for key := range c.known.broken {
		w.bytes(key.sum[:])
		w.text(key.lang)
	}
	w.int(int64(len(c.files)))
	for name, f := range c.files {
		w.text(name)
		w.mark(f.mark)
		w.bytes(f.key[:])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := to.Write(sum.Sum(nil))
	return err
}

// decodeCache reads what encode wrote, for the same program. It is empty if a
// single byte is not as it was.
func decodeCache(data []byte, program string) *cache {
	end := len(data) - sha256.Size
	if end < len(cacheMagic) || string(data[:len(cacheMagic)]) != cacheMagic || sha256.Sum256(data[:end]) != [sha256.Size]byte(data[end:]) {
		return newCache()
	}
	r := &cacheReader{s: string(data[len(cacheMagic):end])}
	if r.text() != program {
		return newCache()
	}
	c := newCache()
	c.stamp, c.ended = stamp{r.int(), r.int()}, stamp{r.int(), r.int()}
	for range r.count() {
		name, p := r.text(), &cachedPost{mark: r.mark()}
		p.head = content.Head{
			Sum: r.sum(), Syntax: content.Format(r.text()), Front: r.text(), Line: int(r.int()),
			BodyAt: int(r.int()), BodyLine: int(r.int()), Blank: r.bool(),
			Heading: r.text(), Below: int(r.int()), BelowLine: int(r.int()),
		}
		c.posts[name] = p
	}
	for range r.count() {
		c.assets[r.text()] = cachedAsset{r.mark(), r.bool(), int(r.int()), int(r.int())}
	}
	for range r.count() {
		c.known.facts[bodyKey{r.sum(), r.text()}] = r.facts()
	}
	for range r.count() {
		sum, all := r.sum(), make([]content.Foreign, 0)
		for range r.count() {
			all = append(all, content.Foreign{Code: problem.Code(r.text()), Line: int(r.int()), Text: r.text(), N: int(r.int())})
		}
		c.known.strange[sum] = all
	}
	for range r.count() {
		c.known.broken[bodyKey{r.sum(), r.text()}] = true
	}
	for range r.count() {
		c.files[r.text()] = cachedFile{r.mark(), r.sum()}
	}
	if r.bad || r.s != "" {
		return newCache()
	}
	return c
}

// cacheWriter writes numbers and texts. What goes wrong, its Flush says.
type cacheWriter struct{ *bufio.Writer }

func (w *cacheWriter) int(n int64) { w.bytes(binary.AppendVarint(w.AvailableBuffer(), n)) }

func (w *cacheWriter) bytes(b []byte) { _, _ = w.Write(b) }

func (w *cacheWriter) text(s string) {
	w.int(int64(len(s)))
	_, _ = w.WriteString(s)
}

func (w *cacheWriter) bool(v bool) {
	n := byte(0)
	if v {
		n = 1
	}
	_ = w.WriteByte(n)
}

func (w *cacheWriter) mark(m mark) {
	for _, n := range m.numbers() {
		w.int(n)
	}
}

func (w *cacheWriter) facts(f publish.Facts) {
	w.text(f.Teaser)
	w.text(f.Summary)
	w.int(int64(f.Words))
	w.bool(f.Title)
	for _, all := range [][]publish.Mention{f.Links, f.Images, f.Sources} {
		w.int(int64(len(all)))
		for _, m := range all {
			w.text(m.Dest)
			w.int(int64(m.Line))
			w.bool(m.Bare)
		}
	}
}

// cacheReader reads what a cacheWriter wrote; bad, once it makes no sense.
// Texts are parts of what it reads.
type cacheReader struct {
	s   string
	bad bool
}

// fail ends the reading.
func (r *cacheReader) fail() { r.bad, r.s = true, "" }

// int reads a number as [binary.AppendVarint] writes it.
func (r *cacheReader) int() int64 {
	var v uint64
	for i := 0; i < len(r.s) && i < binary.MaxVarintLen64; i++ {
		b := r.s[i]
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.s = r.s[i+1:]
			return int64(v>>1) ^ -int64(v&1)
		}
	}
	r.fail()
	return 0
}

// count is a number of things, each of at least a byte.
func (r *cacheReader) count() int {
	n := r.int()
	if n < 0 || n > int64(len(r.s)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *cacheReader) text() string {
	n := r.count()
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *cacheReader) bool() bool {
	if r.s == "" {
		r.fail()
		return false
	}
	v := r.s[0]
	r.s = r.s[1:]
	return v == 1
}

func (r *cacheReader) sum() (sum [sha256.Size]byte) {
	if len(r.s) < len(sum) {
		r.fail()
		return sum
	}
	copy(sum[:], r.s)
	r.s = r.s[len(sum):]
	return sum
}

func (r *cacheReader) mark() mark { return mark{r.int(), r.int(), r.int(), r.int(), r.int()} }

func (r *cacheReader) facts() publish.Facts {
	f := publish.Facts{Teaser: r.text(), Summary: r.text(), Words: int(r.int()), Title: r.bool()}
	for _, all := range []*[]publish.Mention{&f.Links, &f.Images, &f.Sources} {
		n := r.count()
		if n > 0 {
			*all = make([]publish.Mention, n)
		}
		for i := range *all {
			(*all)[i] = publish.Mention{Dest: r.text(), Line: int(r.int()), Bare: r.bool()}
		}
	}
	return f
}
