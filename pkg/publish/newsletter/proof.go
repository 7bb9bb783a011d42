package newsletter

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/publish"
	"editorial/pkg/publish/newsletter/lint"
)

// proof turns the body of a post into what mail programs show: a film, a sound
// and a picture of a kind that not all of them know become links, a box to
// tick becomes a sign, and every picture has a width, a height and an alt.
type proof struct {
	say sayer
	// hidden are the addresses of pictures of a type that is not shown.
	hidden map[string]bool
}

// body returns the HTML of a body. What cannot be parsed stays as it is.
func (p *proof) body(src string) string {
	nodes, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return src
	}
	top := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		top.AppendChild(n)
	}
	p.children(top)
	var b strings.Builder
	for n := range top.ChildNodes() {
		if err := html.Render(&b, n); err != nil {
			return src
		}
	}
	return b.String()
}

func (p *proof) children(parent *html.Node) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode {
			p.element(n)
		}
		n = next
	}
}

func (p *proof) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Img:
		p.picture(n)
	case atom.Video, atom.Audio:
		p.media(n)
	case atom.Source, atom.Track:
		n.Parent.RemoveChild(n)
	case atom.Input:
		sign := "☐"
		if _, ok := find(n, "checked"); ok {
			sign = "☑"
		}
		replace(n, &html.Node{Type: html.TextNode, Data: sign})
	default:
		p.children(n)
	}
}

// picture gives a picture what it needs, or puts a link in its place.
func (p *proof) picture(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == "loading" || a.Key == "decoding" || a.Key == "srcset" || a.Key == "sizes"
	})
	src, _ := find(n, "src")
	alt, ok := find(n, "alt")
	if !ok {
		n.Attr = append(n.Attr, html.Attribute{Key: "alt"})
	}
	if p.hidden[src] || !shown(src) {
		p.link(n, src, cmp.Or(publish.Line(alt), p.say("picture")))
		return
	}
	size(n)
	slices.SortStableFunc(n.Attr, func(a, b html.Attribute) int { return cmp.Compare(rank(a.Key), rank(b.Key)) })
}

// shown reports whether mail programs show a picture, by its address.
func shown(src string) bool {
	u, err := url.Parse(src)
	return err == nil && lint.Shows(strings.ToLower(path.Ext(u.Path)))
}

// rank is the order in which a picture's attributes are written.
func rank(key string) int {
	return slices.Index([]string{"src", "alt", "width", "height", "style"}, key)
}

// size gives a picture a width and a height, no wider than the column. Of one
// that lies elsewhere nobody knows them: "auto" leaves it to the program. The
// width of the column is for Outlook for Windows alone, which would let it pass
// that; others read the style.
func size(n *html.Node) {
	width, height := pixels(n, "width"), pixels(n, "height")
	if width > textColumn {
		height = (height*textColumn + width/2) / width
		width = textColumn
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "width" || a.Key == "height" })
	if width == 0 && height == 0 {
		width = textColumn
		n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: "width:auto"})
	}
	for _, x := range []struct {
		key string
		n   int
	}{{"width", width}, {"height", height}} {
		value := "auto"
		if x.n > 0 {
			value = strconv.Itoa(x.n)
		}
		n.Attr = append(n.Attr, html.Attribute{Key: x.key, Val: value})
	}
}

// pixels reads a size; 0 is unknown.
func pixels(n *html.Node, key string) int {
	value, _ := find(n, key)
	size, err := strconv.Atoi(value)
	if err != nil || size < 0 || size > 1e5 {
		return 0
	}
	return size
}

// media puts a link in place of a film or a sound.
func (p *proof) media(n *html.Node) {
	src, _ := find(n, "src")
	for c := range n.Descendants() {
		if src == "" && c.DataAtom == atom.Source {
			src, _ = find(c, "src")
		}
	}
	key := "film"
	if n.DataAtom == atom.Audio {
		key = "sound"
	}
	title, _ := find(n, "title")
	p.link(n, src, cmp.Or(publish.Line(title), p.say(key)))
}

// link puts a link in place of an element, or its words alone where there is
// no address or it is in a link already.
func (p *proof) link(n *html.Node, to, text string) {
	words := &html.Node{Type: html.TextNode, Data: text}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.A {
			to = ""
		}
	}
	if to == "" {
		replace(n, words)
		return
	}
	a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: to}}}
	a.AppendChild(words)
	replace(n, a)
}

func replace(n, with *html.Node) {
	n.Parent.InsertBefore(with, n)
	n.Parent.RemoveChild(n)
}

func find(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}
