package asset_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"editorial/pkg/content/asset"
)

func TestActive(t *testing.T) {
	t.Parallel()
	const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">`
	for name, tt := range map[string]struct {
		file, text string
		want       bool
	}{
		"page":              {"a.html", "", true},
		"a server runs it":  {"a.PHP", "", true},
		"orders":            {"x/_redirects", "", true},
		"orders of IIS":     {"Web.config", "<configuration/>", true},
		"program to fetch":  {"a.py", "print(1)", false},
		"page in capitals":  {"a.HTM", "", true},
		"script":            {"a.mjs", "", true},
		"picture":           {"a.png", "<script>", false},
		"words":             {"a.txt", "<script>", false},
		"plain":             {"a.svg", head + `<title>On &amp; off</title><style>a{fill:red}</style><a href="https://x.example/"><path d="M0 0"/></a></svg>`, false},
		"with a head":       {"a.svg", `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><!-- <script> -->` + head + `</svg>`, false},
		"script inside":     {"a.svg", head + `<script>alert(1)</script></svg>`, true},
		"with a prefix":     {"a.svg", head + `<s:script xmlns:s="http://www.w3.org/2000/svg" href="x.js"/></svg>`, true},
		"capitals":          {"A.SVG", head + `<SCRIPT/></svg>`, true},
		"event":             {"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, true},
		"event inside":      {"a.svg", head + `<g><rect ONCLICK='x'/></g></svg>`, true},
		"link":              {"a.svg", head + `<a xlink:href="&#106;ava&#10;script:alert(1)"><text>x</text></a></svg>`, true},
		"animated link":     {"a.svg", head + `<a><animate attributeName="href" values="#;javascript:alert(1)"/></a></svg>`, true},
		"page inside":       {"a.svg", head + `<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>`, true},
		"entities":          {"a.svg", `<!DOCTYPE svg [<!ENTITY x "&#60;script>alert(1)&#60;/script>">]>` + head + `&x;</svg>`, true},
		"default attribute": {"a.svg", `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>` + head + `</svg>`, true},
		"style sheet":       {"a.svg", `<?xml-stylesheet type="text/xsl" href="x.xsl"?>` + head + `</svg>`, true},
		"broken":            {"a.svg", head + `<g`, true},
		"other letters":     {"a.svg", `<?xml version="1.0" encoding="UTF-7"?>` + head + `</svg>`, true},
		"too long to read":  {"a.svg", head + strings.Repeat(" ", 1<<20) + `<script/></svg>`, true},
		"other XML":         {"a.xml", `<p xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></p>`, true},
		"data":              {"a.xml", `<gpx><trk/></gpx>`, false},
	} {
		if got := asset.Active(fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.file); got != tt.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	if !asset.Active(fstest.MapFS{}, "gone.svg") {
		t.Error("what cannot be opened is trusted")
	}
}
