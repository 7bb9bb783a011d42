package asset_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"editorial/pkg/content/asset"
)

// FuzzActive: a picture that is let through has nothing that another reader of
// markup takes for a script, a handler or a page.
func FuzzActive(f *testing.F) {
	for _, s := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`, `<svg><script>x</script></svg>`, `<svg onload="x"/>`, `<a href="java&#9;script:x"/>`, `<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>`,
		`<svg><![CDATA[<script>]]></svg>`, `<svg><!-- <script> --></svg>`, `<?xml-stylesheet href="x"?><svg/>`, "<svg\x00onload=x>", `<x:script xmlns:x="y"/>`, `<svg><foreignObject/></svg>`, "\xff\xfe<", `<svg a=b/>`,
		`<svg><title><img src=x onerror=y></title></svg>`, `<svg><style><img onerror=x></style></svg>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{"a.svg", "b.XML"} {
			if asset.Active(fstest.MapFS{name: {Data: []byte(s)}}, name) {
				continue
			}
			z := html.NewTokenizer(strings.NewReader(s))
			for z.Next() != html.ErrorToken {
				tok := z.Token()
				if tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken {
					continue
				}
				_, local, found := strings.Cut(tok.Data, ":")
				if !found {
					local = tok.Data
				}
				if slices.Contains(strings.Fields("script foreignobject iframe object embed base meta handler"), local) {
					t.Errorf("%q lets <%s> through", s, tok.Data)
				}
				for _, a := range tok.Attr {
					plain := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
					if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(plain, "javascript:") {
						t.Errorf("%q lets %s=%q through", s, a.Key, a.Val)
					}
				}
			}
		}
	})
}
