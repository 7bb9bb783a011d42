package office

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// Below [StateDir]: the last good texts, many in a file, and the list of the
// SHA-256 of each by its post. One changed post rewrites one of the files, and
// ten thousand posts make a few hundred of them.
const (
	goodDir   = "good"
	goodIndex = "good.txt"
	goodForm  = "# texts with their sums" // the first line of the list
)

// lastGood remembers the text of every post that is out, as it was when it
// last could be read and rendered. A post that breaks later is shown as it was
// then: an error holds back what is new, and never takes back what is out.
type lastGood struct {
	// state is where texts are kept; nil keeps them in memory.
	state *folder
	// before and now are the SHA-256 of texts in hex, by the post's path.
	before, now map[string]string
	// memory are the texts of before by their SHA-256, where there is no state.
	memory map[string][]byte
}

func newLastGood() *lastGood {
	return &lastGood{before: map[string]string{}, now: map[string]string{}, memory: map[string][]byte{}}
}

// openLastGood reads the list below the state's folder. A damaged line is as
// good as none.
func openLastGood(state *folder) (*lastGood, error) {
	g := newLastGood()
	g.state = state
	data, err := state.read(goodIndex)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read list of last good texts: %w", err)
	}
	list, ok := strings.CutPrefix(string(data), goodForm+"\n")
	if !ok {
		return g, nil // of another form: every text is kept anew
	}
	for line := range strings.Lines(list) {
		if sum, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok && isSum(sum) {
			g.before[path] = sum
		}
	}
	return g, nil
}

func isSum(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// sheaf is the name of the file that holds the text of a post.
func sheaf(path string) string { return goodDir + "/" + sumOf([]byte(path))[:2] }

// bind writes texts into one file: before each a line of its length, its
// SHA-256 and its path, so that no text needs the list to be trusted.
func bind(paths []string, texts map[string][]byte) []byte {
	var b bytes.Buffer
	for _, path := range paths {
		fmt.Fprintf(&b, "%d %s %s\n", len(texts[path]), sumOf(texts[path]), path)
		b.Write(texts[path])
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// unbind returns the texts of what [bind] wrote that are as they were written,
// up to where no more can be made out.
func unbind(data []byte) map[string][]byte {
	texts := map[string][]byte{}
	for {
		head, rest, ok := bytes.Cut(data, []byte("\n"))
		length, after, _ := strings.Cut(string(head), " ")
		sum, name, _ := strings.Cut(after, " ")
		n, err := strconv.Atoi(length)
		if !ok || err != nil || n < 0 || n >= len(rest) {
			return texts
		}
		if sumOf(rest[:n]) == sum {
			texts[name] = rest[:n]
		}
		data = rest[n+1:]
	}
}

// post returns the last good text of a post, or nil. What is not exactly what
// was kept is not trusted.
func (g *lastGood) post(path string, d content.Defaults) (*content.Post, []byte) {
	// The list may be older than the text: a build that was stopped has written
	// the one and not the other.
	text, ok := g.memory[g.before[path]]
	if g.state != nil {
		text, ok = g.texts(sheaf(path))[path]
	}
	if !ok {
		return nil, nil
	}
	if p := content.Read(path, text, d); !p.HasErrors() {
		return p, text
	}
	return nil, nil
}

// mayStand reports whether a post broke, so that what it was is asked for.
func (o *Office) mayStand() bool {
	return problem.Errors(o.Corpus.Found) > 0 || slices.ContainsFunc(o.Corpus.Posts, (*content.Post).HasErrors)
}

// stand looks up the last good texts of the posts that have errors now, and of
// those whose file can no longer be read as a post at all.
func (o *Office) stand(g *lastGood) {
	o.forgetLinks()
	if o.standing == nil {
		o.standing = map[string]*content.Post{}
	}
	sound := sync.OnceValue(o.soundIDs)
	there := make(map[string]bool, len(o.Corpus.Posts))
	for _, p := range o.Corpus.Posts {
		there[p.Path] = true
		if p.HasErrors() {
			if q := o.standIn(g, p.Path, sound); q != nil {
				q.Translation = cmp.Or(q.Translation, p.Translation) // what the paths say of both
			}
		}
	}
	for _, found := range o.Corpus.Found {
		if found.Severity != problem.Error || there[found.File] {
			continue
		}
		if q := o.standIn(g, found.File, sound); q != nil {
			there[q.Path] = true
			lost := *q
			lost.Problems = []problem.Problem{found}
			o.Corpus.Posts = append(o.Corpus.Posts, &lost)
		}
	}
	slices.SortFunc(o.Corpus.Posts, func(a, b *content.Post) int { return strings.Compare(a.Path, b.Path) })
}

// standIn puts the last good text of a post in its place, if there is one.
func (o *Office) standIn(g *lastGood, path string, sound func() map[string]string) *content.Post {
	q, text := g.post(path, o.defaults())
	if q == nil || elsewhere(q, sound()) {
		return nil
	}
	o.standing[path], o.byID[q.ID], o.brokenIDs[q.ID] = q, q, true
	o.keep(q, text)
	return q
}

// soundIDs returns the paths of the posts without errors by their ids, in lower
// case: no two of them have one.
func (o *Office) soundIDs() map[string]string {
	sound := make(map[string]string, len(o.Corpus.Posts))
	for _, p := range o.Corpus.Posts {
		if !p.HasErrors() {
			sound[strings.ToLower(p.ID)] = p.Path
		}
	}
	return sound
}

// elsewhere reports whether a sound post of another path has the id of a last
// good text: its file was renamed, and what took its name broke. Nothing goes
// out twice.
func elsewhere(q *content.Post, sound map[string]string) bool {
	path, ok := sound[strings.ToLower(q.ID)]
	return ok && path != q.Path
}

// keep keeps the text of a post that is not shown as its file has it.
func (o *Office) keep(q *content.Post, text []byte) { o.kept[q.Sum] = text }

// asItStands returns a post as it may be shown: the last good one in place of
// one that broke.
func (o *Office) asItStands(p *content.Post) *content.Post { return cmp.Or(o.standing[p.Path], p) }

// keep notes a post that is out and could be rendered.
func (g *lastGood) keep(p *content.Post) { g.now[p.Path] = hex.EncodeToString(p.Sum[:]) }

// save writes the files in which something changed, then the list, and removes
// the files in which nothing is left. text returns the text of a post.
func (g *lastGood) save(text func(path string) []byte) error {
	names := g.changed()
	var mu sync.Mutex // of g.now
	if err := publish.Each(len(names), func(i int) error {
		paths := names[i].paths
		texts := g.texts(names[i].file)
		for _, path := range paths {
			if sumOf(texts[path]) != g.now[path] {
				texts[path] = text(path)
			}
		}
		mu.Lock()
		for _, path := range paths {
			if sumOf(texts[path]) != g.now[path] { // changed under our hands
				delete(g.now, path)
			}
		}
		paths = slices.DeleteFunc(paths, func(path string) bool { return g.now[path] == "" })
		mu.Unlock()
		if len(paths) == 0 {
			return nil
		}
		_, err := g.state.replace(names[i].file, bind(paths, texts))
		return err
	}); err != nil {
		return fmt.Errorf("keep last good texts: %w", err)
	}
	var list bytes.Buffer
	list.WriteString(goodForm + "\n")
	for _, path := range slices.Sorted(maps.Keys(g.now)) {
		list.WriteString(g.now[path] + " " + path + "\n")
	}
	if _, err := g.state.replace(goodIndex, list.Bytes()); err != nil {
		return fmt.Errorf("write list of last good texts: %w", err)
	}
	for _, name := range names {
		if len(name.paths) == 0 {
			if err := g.state.remove(name.file); err != nil {
				return fmt.Errorf("remove last good texts: %w", err)
			}
		}
	}
	return nil
}

// kept is a file of texts, and the posts whose texts it is to hold, in order.
type kept struct {
	file  string
	paths []string
}

// changed returns the files in which something changed.
func (g *lastGood) changed() []kept {
	changed := map[string]bool{}
	for path, sum := range g.now {
		if g.before[path] != sum {
			changed[sheaf(path)] = true
		}
	}
	for path := range g.before {
		if g.now[path] == "" {
			changed[sheaf(path)] = true
		}
	}
	if len(changed) == 0 {
		return nil
	}
	paths := map[string][]string{}
	for _, path := range slices.Sorted(maps.Keys(g.now)) {
		if name := sheaf(path); changed[name] {
			paths[name] = append(paths[name], path)
		}
	}
	var all []kept
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		all = append(all, kept{name, paths[name]})
	}
	return all
}

// texts returns the texts that a file holds, as far as it can be read.
func (g *lastGood) texts(file string) map[string][]byte {
	data, err := g.state.read(file)
	if err != nil {
		return map[string][]byte{}
	}
	return unbind(data)
}
