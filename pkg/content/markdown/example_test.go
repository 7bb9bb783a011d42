package markdown_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"editorial/pkg/content/markdown"
)

func Example() {
	parser := markdown.New()
	doc, err := parser.Parse([]byte("# L'été\n\nLire [le *guide*](/guide/) \"en ligne\" ! <script>x</script>\n"), "fr")
	if err != nil {
		fmt.Println(err)
		return
	}
	site, _ := url.Parse("https://example.org/blog/")
	absolute := func(dest string) string {
		if u, err := site.Parse(dest); err == nil {
			return u.String()
		}
		return dest
	}
	html, err := doc.HTML(markdown.Options{Resolve: absolute, HeadingShift: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(html)
	fmt.Print(doc.Text(60, absolute))
	// Output:
	// <h2 id="l-ete">L’été</h2>
	// <p>Lire <a href="https://example.org/guide/">le <em>guide</em></a> « en ligne » ! &lt;script&gt;x&lt;/script&gt;</p>
	// L’été
	// =====
	//
	// Lire le guide <https://example.org/guide/> « en ligne » !
	// <script>x</script>
}

func ExampleError() {
	_, err := markdown.New().Parse([]byte("fine\n\n"+strings.Repeat("> ", 200)+"too deep"), "en")
	var e *markdown.Error
	if errors.As(err, &e) {
		fmt.Println(errors.Is(err, markdown.ErrTooComplex), e.Problem("posts/a.md", 7))
	}
	// Output:
	// true posts/a.md:9: body-too-complex what="> - 1."
}
