package markdown_test

import (
	"encoding/xml"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/content/markdown"
)

// html parses and renders, and fails the test on an error.
func html(t testing.TB, p *markdown.Parser, src, lang string, opts markdown.Options) string {
	t.Helper()
	doc, err := p.Parse([]byte(src), lang)
	if err != nil {
		t.Fatalf("%.80q: %v", src, err)
	}
	out, err := doc.HTML(opts)
	if err != nil {
		t.Fatalf("%.80q: %v", src, err)
	}
	return out
}

// checkSafe reads HTML as a browser does and reports all that can run, load
// what it should not, ask for input, dress up or shadow a name. It also reads
// it as XML.
//
// It is an allow-list of its own, not the one of the package.
func checkSafe(t testing.TB, out string) {
	t.Helper()
	nodes, err := nethtml.ParseFragment(strings.NewReader(out), &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatalf("not readable as HTML: %v\n%.500s", err, out)
	}
	for _, n := range nodes {
		checkNode(t, n, out)
	}
	checkXML(t, out)
}

func checkNode(t testing.TB, n *nethtml.Node, out string) {
	t.Helper()
	if n.Type == nethtml.CommentNode || n.Type == nethtml.DoctypeNode {
		t.Errorf("a comment or declaration is left: %q in %.500q", n.Data, out)
	}
	if n.Type == nethtml.ElementNode {
		harmless := strings.Fields(`a abbr address article aside audio b bdi bdo blockquote br caption center cite code col
			colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img
			input ins kbd li main mark ol p picture pre q rp rt ruby s samp section small source span strike strong sub
			summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr`)
		if !slices.Contains(harmless, n.Data) || n.Namespace != "" {
			t.Errorf("element <%s> %s in %.500q", n.Data, n.Namespace, out)
		}
		for _, a := range n.Attr {
			checkAttr(t, n, a, out)
		}
		if n.Data == "input" && !isTaskBox(n) {
			t.Errorf("an input that is no task: %.500q", out)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		checkNode(t, c, out)
	}
}

func isTaskBox(n *nethtml.Node) bool {
	has := map[string]string{}
	for _, a := range n.Attr {
		has[a.Key] = a.Val
	}
	_, disabled := has["disabled"]
	return disabled && has["type"] == "checkbox"
}

func checkAttr(t testing.TB, n *nethtml.Node, a nethtml.Attribute, out string) {
	t.Helper()
	harmless := strings.Fields(`abbr align alt checked class cite colspan controls datetime decoding default dir disabled
		height href hreflang kind label lang loading loop media muted open poster preload reversed role rowspan scope
		sizes span src srclang srcset start title type value width`)
	switch {
	case a.Key == "id":
		own := n.Data == "sup" || n.Data == "li" || len(n.Data) == 2 && n.Data[0] == 'h'
		if !own {
			t.Errorf("id=%q on <%s> in %.500q", a.Val, n.Data, out)
		}
	case n.Data == "input" && (a.Key == "aria-label" || a.Key == "aria-hidden"):
	case !slices.Contains(harmless, a.Key) || a.Namespace != "":
		t.Errorf("attribute %s=%q on <%s> in %.500q", a.Key, a.Val, n.Data, out)
	case a.Key == "href", a.Key == "cite":
		checkScheme(t, a, "http https mailto tel sms ftp geo xmpp matrix irc ircs webcal feed", out)
	case a.Key == "src", a.Key == "poster":
		checkScheme(t, a, "http https", out)
	case a.Key == "srcset":
		for candidate := range strings.SplitSeq(a.Val, ",") {
			if f := strings.Fields(candidate); len(f) > 0 {
				checkScheme(t, nethtml.Attribute{Key: "srcset", Val: f[0]}, "http https", out)
			}
		}
	}
}

// checkScheme does to an address what a browser does before it looks for the
// scheme (URL standard, section 4.4).
func checkScheme(t testing.TB, a nethtml.Attribute, allowed, out string) {
	t.Helper()
	dest := strings.TrimLeft(a.Val, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ")
	dest = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(dest)
	scheme, _, ok := strings.Cut(dest, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") || strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" {
		return
	}
	if u, err := url.Parse(scheme + ":"); err != nil || u.Scheme == "" {
		return // no scheme: it does not begin with a letter
	}
	if !slices.Contains(strings.Fields(allowed), strings.ToLower(scheme)) {
		t.Errorf("%s=%q in %.500q", a.Key, a.Val, out)
	}
}

func checkXML(t testing.TB, out string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader("<body>" + out + "</body>"))
	for {
		if _, err := dec.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("not well-formed: %v\n%.500q", err, out)
			return
		}
	}
}
