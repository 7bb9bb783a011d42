package conformance

import (
	"fmt"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// asPost says what is wrong where a document between fences is read as
// something else than alone, or where setting the post's title changes its
// body. A document that has a fence of its own is none of front matter.
func asPost(format string, src []byte) string {
	fence, body := "---", "\nDu texte,  et\tdes blancs. \r\n"
	if format == "toml" {
		fence = "+++"
	}
	doc := strings.TrimPrefix(string(src), "\ufeff")
	if !strings.HasSuffix(doc, "\n") {
		doc += "\n"
	}
	for line := range strings.Lines(doc) {
		switch strings.TrimRight(line, " \t\r\n") {
		case "---", "...", "+++":
			return ""
		}
	}
	file := fence + "\n" + doc + fence + "\n" + body
	post := content.Read("a.md", []byte(file), content.Defaults{})
	want, _ := parse(format, []byte(doc))
	if d := cmp.Diff(want, post.Front(), cmpopts.IgnoreTypes(problem.Position{}), cmpopts.EquateNaNs()); d != "" {
		return "as front matter it is something else: " + d
	}
	out, err := content.Set([]byte(file), []string{"title"}, content.Text("Un titre : le sien"))
	if err != nil {
		return ""
	}
	again := content.Read("a.md", out, content.Defaults{})
	if again.Title != "Un titre : le sien" || string(again.Body(out)) != body {
		return fmt.Sprintf("setting the title gives %q and the body %q", again.Title, again.Body(out))
	}
	return ""
}
