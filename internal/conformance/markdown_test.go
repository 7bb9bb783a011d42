package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/internal/need"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
)

// commonMark is the specification's own list of examples, as Goldmark's module
// brings it.
func commonMark() suite {
	return suite{name: "CommonMark", version: "0.31.2", exceptions: commonMarkExceptions(), cases: func(t *testing.T) []verdict {
		data, err := os.ReadFile(filepath.Join(moduleDir(t, "github.com/yuin/goldmark"), "_test", "spec.json"))
		if err != nil {
			t.Fatal(err)
		}
		var examples []struct {
			Markdown, HTML string
			Example        int
		}
		if err := json.Unmarshal(data, &examples); err != nil {
			t.Fatal(err)
		}
		p := markdown.New()
		var all []verdict
		for _, e := range examples {
			all = append(all, verdict{name: strconv.Itoa(e.Example), fault: rendersAs(p, e.Markdown, e.HTML)})
		}
		return all
	}}
}

// gfm is the examples of GitHub's extensions that Goldmark's module brings;
// what they mean is asked of GitHub's own program.
func gfm() suite {
	return suite{name: "GitHub’s extensions", version: "cmark-gfm", exceptions: gfmExceptions(), cases: func(t *testing.T) []verdict {
		program := need.Program(t, "cmark-gfm")
		p := markdown.New()
		var all []verdict
		for _, extension := range []string{"table", "strikethrough", "tasklist", "linkify"} {
			data, err := os.ReadFile(filepath.Join(moduleDir(t, "github.com/yuin/goldmark"), "extension", "_test", extension+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			for i, src := range goldmarkExamples(string(data)) {
				cmd := exec.Command(program, "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tasklist")
				cmd.Stdin = strings.NewReader(src)
				want, err := cmd.Output()
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, verdict{name: fmt.Sprintf("%s %d", extension, i+1), fault: rendersAs(p, src, string(want))})
			}
		}
		return all
	}}
}

// goldmarkExamples returns the sources of a file of examples.
func goldmarkExamples(file string) []string {
	const fence, end = "//- - - - - - - - -//\n", "//= = = = = = = = = = = = = = = = = = = = = = = =//"
	var all []string
	for example := range strings.SplitSeq(file, end) {
		if parts := strings.Split(example, fence); len(parts) == 3 {
			all = append(all, parts[1])
		}
	}
	return all
}

func moduleDir(t *testing.T, module string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// rendersAs says what is wrong where a text as the body of a post is not kept to
// the byte, or does not become the HTML that is wanted. Typography is off.
func rendersAs(p *markdown.Parser, src, want string) string {
	file := []byte("---\ntitle: x\n---\n" + src)
	post := content.Read("a.md", file, content.Defaults{})
	body := post.Body(file)
	if string(body) != src || len(post.Problems) > 0 {
		return fmt.Sprintf("the body is %q, %v", body, post.Problems)
	}
	doc, err := p.Parse(body, "zxx")
	if err != nil {
		return err.Error()
	}
	got, err := doc.HTML(markdown.Options{})
	if err != nil {
		return err.Error()
	}
	if a, b := canonical(want), canonical(got); a != b {
		return fmt.Sprintf("%q\nwant %q\ngot  %q", src, a, b)
	}
	return ""
}

// canonical is HTML in one spelling, without the ids of headings and without
// the white space that means nothing.
func canonical(s string) string {
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return err.Error()
	}
	var b bytes.Buffer
	for _, n := range nodes {
		tidy(n, false)
		if err := html.Render(&b, n); err != nil {
			return err.Error()
		}
	}
	return regexp.MustCompile(`\s*(</?(?:blockquote|body|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)\b[^>]*>)\s*`).ReplaceAllString(b.String(), "$1")
}

// tidy sorts attributes and collapses white space outside of pre.
func tidy(n *html.Node, pre bool) {
	pre = pre || n.Data == "pre"
	if n.Type == html.TextNode && !pre {
		n.Data = regexp.MustCompile(`\s+`).ReplaceAllString(n.Data, " ")
	}
	if len(n.Data) == 2 && n.Data[0] == 'h' {
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "id" })
	}
	if n.Data == "input" { // a task has a name for those who do not see it
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "aria-label" })
	}
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		tidy(c, pre)
	}
}
