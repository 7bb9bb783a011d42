package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"editorial/internal/config"
	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// CodeLinkEarly says that a post is told of before its page is there.
const CodeLinkEarly problem.Code = "platform-link-early"

// Message returns what a post is to say where a placement has it: its variant
// for the platform, or itself, with absolute links and its files. Nothing in it
// depends on the clock: the same files and the same placement give the same
// values.
//
// The problems are those of saying it there: a text that cannot be rendered (an
// error: there is then no text), files that cannot be read, a link that is early.
// The error wraps [ErrNoPage] for the introduction of an edition, and
// [ErrChanged]. Several goroutines may ask.
func (o *Office) Message(ctx context.Context, post *content.Post, x Placement) (platform.Post, []problem.Problem, error) {
	page, _ := o.pageAt(post, x.At)
	return o.messageWith(ctx, post, x, page)
}

// messageWith is Message for a post whose page is public from an instant, zero
// if it has none.
func (o *Office) messageWith(ctx context.Context, post *content.Post, x Placement, page time.Time) (platform.Post, []problem.Problem, error) {
	if !post.Edition.IsZero() {
		return platform.Post{}, nil, ErrNoPage
	}
	if o.said != nil {
		o.said.one.Lock()
		defer o.said.one.Unlock()
	}
	bodies, done, err := o.openBodies()
	if err != nil {
		return platform.Post{}, nil, err
	}
	defer done()
	later := o.asOf(x.At)
	t := teller{later, bodies, later.linksWith(post, page), true}
	return t.message(ctx, post, x, page)
}

// said is what messages have in common, and what is known of the files beside
// posts that they carry.
type said struct {
	one sync.Mutex // messages are made one after the other
	// lead are the links of the messages before, under one.
	lead [2]lead

	mu   sync.Mutex
	sums map[string]summed
}

type summed struct {
	mark mark
	sum  string
}

// teller makes messages of posts.
type teller struct {
	*Office
	bodies *bodies
	links  *publish.Links
	// sums reads files for their SHA-256.
	sums bool
}

// message makes the message of a placement; page is when the post's page is
// public, zero if it has none.
func (t teller) message(ctx context.Context, post *content.Post, x Placement, page time.Time) (platform.Post, []problem.Problem, error) {
	v := post.Variants[x.Platform]
	m := platform.Post{
		Key: platform.NewKey(x.Key.Post, x.Key.Platform, x.Key.Occurrence), At: x.At, Lang: post.Lang,
		Text: strings.TrimSpace(v.Text), Texts: v.Parts(), Thread: v.Thread || v.Parts() != nil, Numbered: v.Numbered, FirstComment: strings.TrimSpace(v.FirstComment),
		Question: post.Question, Invite: post.Invite, Tags: slices.Clone(post.Tags), Slug: post.Slug, Licence: t.Config.Site.Licence, File: post.Path,
	}
	if m.Texts != nil { // where there are no threads the parts are paragraphs
		m.Text = strings.Join(m.Texts, "\n\n")
	}
	for _, author := range post.Authors {
		m.Authors = append(m.Authors, t.PersonName(author))
	}
	var problems []problem.Problem
	find := func(code problem.Code, severity problem.Severity) {
		problems = append(problems, problem.Problem{
			Position: problem.Position{File: ContentDir + "/" + post.Path}, Code: code, Severity: severity, Params: problem.Params{"platform": x.Platform},
		})
	}
	if !page.IsZero() {
		m.Canonical = t.entry(post, page).URL
		if page.After(x.At) {
			find(CodeLinkEarly, problem.Warning)
		}
		m.Link = t.tagged(m.Canonical, post, x.Platform)
	} else {
		m.Canonical, m.Link = post.Canonical, post.Canonical
	}
	var err error
	if m.Source, err = t.bodies.source(post); err != nil {
		return m, problems, err
	}
	doc := t.bodies.Document(post)
	if doc == nil {
		if found, ok := t.bodies.problem(post); ok {
			problems = append(problems, found)
		}
		return m, problems, nil
	}
	if err := t.write(&m, post, v, doc); err != nil {
		return m, append(problems, bodyProblem(post, err)), nil
	}
	media, found, err := t.media(ctx, post, doc)
	m.Media = media
	for i := range found { // nothing is sent without a file that it should have
		if !t.makes(x.Platform) {
			found[i].Severity = problem.Error
		}
	}
	return m, append(problems, found...), err
}

// write fills in what the text of the post says.
func (t teller) write(m *platform.Post, post *content.Post, v content.Variant, doc *markdown.Document) (err error) {
	excerpt := doc.Excerpt(publish.SummaryRunes)
	m.Title = strings.TrimSpace(v.Title)
	if m.Title == "" {
		m.Title = publish.Headline(post, excerpt)
	}
	m.Summary = whole(publish.Summary(post, excerpt, publish.SummaryRunes))
	m.Markdown = string(post.Body(m.Source))
	m.Plain = doc.TextWith(markdown.TextOptions{Resolve: func(string) string { return "" }})
	m.HTML, err = doc.HTML(markdown.Options{Resolve: t.links.Absolute(post), Image: t.links.Size(post)})
	return err
}

// whole takes from a summary that was cut what comes after its last sentence.
func whole(s string) string {
	cut, ok := strings.CutSuffix(s, "…")
	if !ok {
		return s
	}
	end := 0
	for _, stop := range []string{". ", "! ", "? ", "… "} {
		if i := strings.LastIndex(cut, stop); i >= 0 {
			end = max(end, i+len(stop)-1)
		}
	}
	if end == 0 {
		return s
	}
	return cut[:end]
}

// media are the files that the post shows, its own picture first, each once.
// Those that lie elsewhere on the web are none.
func (t teller) media(ctx context.Context, post *content.Post, doc *markdown.Document) ([]platform.Media, []problem.Problem, error) {
	var all []platform.Media
	var problems []problem.Problem
	var err error
	add := func(dest, alt string, linked bool) {
		x := t.links.Target(post, dest)
		if (!linked || playable(dest)) && missing(t.links, post, dest) {
			problems = append(problems, problem.Problem{
				Position: problem.Position{File: ContentDir + "/" + post.Path}, Code: absent(dest), Severity: problem.Warning, Params: problem.Params{"value": dest},
			})
		}
		if err != nil || x.Source == "" || slices.ContainsFunc(all, func(m platform.Media) bool { return m.Path == x.Source }) {
			return
		}
		if linked && !strings.HasPrefix(x.Asset.Type, "video/") && !strings.HasPrefix(x.Asset.Type, "audio/") {
			return
		}
		m := platform.Media{
			Path: x.Source, Name: path.Base(x.Source), Type: x.Asset.Type, Alt: publish.Line(alt),
			Width: x.Asset.Width, Height: x.Asset.Height, Bytes: x.Asset.Bytes, URL: reachable(x.URL),
		}
		if t.bodies.files != nil && strings.HasPrefix(m.Type, "video/") {
			// A film that does not say its size is sent without one.
			if shape, failed := asset.Film(t.bodies.files, x.Source); failed == nil {
				m.Width, m.Height, m.Seconds = shape.Width, shape.Height, shape.Seconds
			}
		}
		if t.sums {
			sum, failed := t.sum(ctx, x.Source)
			if failed != nil {
				if err = ctx.Err(); err == nil {
					problems = append(problems, cannotOpen(x.Source, failed))
				}
				return
			}
			m.Sum = sum
		}
		all = append(all, m)
	}
	if post.Image.Src != "" {
		add(post.Image.Src, post.Image.Alt, false)
	}
	for _, i := range doc.Images() {
		add(i.Dest, i.Alt, false)
	}
	for _, s := range doc.Sources() {
		add(s.Dest, "", false)
	}
	for _, l := range doc.Links() {
		add(l.Dest, l.Text, true)
	}
	return all, problems, err
}

// reachable is an address that everybody can fetch, or "".
func reachable(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost") {
		return ""
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()) {
		return ""
	}
	return address
}

// sum returns the SHA-256 of a file beside the posts. It is read once, as long as
// it does not change.
func (t teller) sum(ctx context.Context, name string) (string, error) {
	if t.bodies.files == nil {
		return "", fmt.Errorf("read %s: no posts", name)
	}
	f, err := t.bodies.files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	m, sure := markOf(info)
	if sure && t.said != nil {
		t.said.mu.Lock()
		known, ok := t.said.sums[name]
		t.said.mu.Unlock()
		if ok && known.mark == m {
			return known.sum, nil
		}
	}
	h := sha256.New()
	if _, err := io.Copy(h, patient{ctx, f}); err != nil {
		return "", err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	if sure && t.said != nil {
		t.said.mu.Lock()
		t.said.sums[name] = summed{m, sum}
		t.said.mu.Unlock()
	}
	return sum, nil
}

// patient reads until its context ends.
type patient struct {
	ctx context.Context
	io.Reader
}

// Read reads on.
func (r patient) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// pageAt returns when the page of a post is public: since it is out, from its
// agreed placement on the blog, from its own date, or by an instant at which
// something leads there; false if it has none. In an office without a blog only
// posts that are out have one.
func (o *Office) pageAt(p *content.Post, at time.Time) (time.Time, bool) {
	if t, ok := o.asOf(at).out(p); ok {
		return t, true
	}
	if !o.hasBlog() { // only what is said to be out is on the site, by its date
		if p.Stage != content.Published || p.Date.IsZero() || p.HasErrors() {
			return time.Time{}, false
		}
		return p.Date.Instant, true
	}
	made := false
	for _, name := range o.platformsOf(p) {
		if o.Config.Platforms[name].Kind != config.KindBlog {
			continue
		}
		if e, ok := o.agreedOn(p.ID, name); ok {
			return e.At.Instant, true
		}
		made = true
	}
	switch {
	case !made:
		return time.Time{}, false
	case !p.Date.IsZero():
		return p.Date.Instant, true
	}
	return at, true
}

// asOf is the office at an instant, if all goes as agreed: what is said then does
// not depend on when it is asked for.
func (o *Office) asOf(at time.Time) *Office {
	o.assets() // read once for all
	later := *o
	later.Now = at
	return &later
}

// tagged is a link to a page of the site as it stands on a platform.
func (o *Office) tagged(address string, post *content.Post, name string) string {
	p, u := o.Config.Platforms[name], o.Config.UTM
	if !p.UTM {
		return address
	}
	fill := strings.NewReplacer(
		":platform", name, ":kind", string(p.Kind), ":slug", post.Slug, ":campaign", post.Campaign, ":pillar", post.Pillar, ":lang", post.Lang,
	).Replace
	return publish.Tagged(address, publish.UTM{Source: fill(u.Source), Medium: fill(u.Medium), Campaign: fill(u.Campaign)})
}
