package content_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/pkg/content"
)

func TestForeign_namesWhatOtherGeneratorsMean(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ body, want string }{
		{"Nothing here: {a}, <b>, 5 < 6, import duties, 1:::2 and !!!", ""},
		{"x\n\n{% include \"licenses/beerware.md\" %}\n{% endif %}\n", `foreign-liquid 6 {% include "licenses/beerware.md" %} 2`},
		{"See {{ site.url }}.", "foreign-liquid 4 {{ site.url }} 1"},
		{"Code: `{% raw %}` and\n\n```liquid\n{{ page.title }}\n```\n\n~~~\n:::note\n```\n{% x %}\n~~~\n", ""},
		{"{{< figure src=\"a.png\" >}}\n{{% note %}}", `foreign-shortcode 4 {{< figure src="a.png" >}} 2`},
		{":::info Title\ntext\n:::\n", "foreign-admonition 4 :::info Title 1"},
		{"!!! warning \"Attention\"\n    texte\n??? note\n", `foreign-admonition 4 !!! warning "Attention" 2`},
		{"import Tabs from '@theme/Tabs';\n\n<Tabs>\n<div style={{width: 1}}>", "foreign-component 4 import Tabs from '@theme/Tabs'; 3"},
		{"<https://example.org/> <Ünicode> <kbd>A</kbd>\n<A HREF=\"b\">c</A>\n<Https://example.org>", ""},
		{"<Tabs groupId=\"os\">\n</Tabs>\n<Note />", "foreign-component 4 <Tabs groupId=\"os\"> 3"},
	} {
		var got []string
		for _, f := range content.NewForeignFinder().Find([]byte(tt.body), 4) {
			got = append(got, fmt.Sprintf("%s %d %s %d", f.Code, f.Line, f.Text, f.N))
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.body, got, tt.want)
		}
	}
}
