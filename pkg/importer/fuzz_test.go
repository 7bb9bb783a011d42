package importer_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"editorial/pkg/content/markdown"
	"editorial/pkg/importer"
)

// FuzzRead: whatever a file holds, reading it ends, and what it makes are posts
// that obey the laws, with bodies that can be shown.
func FuzzRead(f *testing.F) {
	for _, kind := range importer.Kinds() {
		f.Add(string(kind), []byte("title,date\na,2027-01-01\n"))
	}
	sample, err := os.ReadFile(filepath.Join("testdata", "blog.wxr.xml"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("wordpress", sample)
	f.Add("feed", []byte(`<rss version="2.0"><channel><item><title>a</title><guid>1</guid><description>&lt;p&gt;x</description></item></channel></rss>`))
	f.Add("feed", []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a:b</id><title type="html">&lt;</title><content type="text">a</content></entry></feed>`))
	f.Add("feed", []byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"content_text":"a\n\nb"}]}`))
	f.Add("csv", []byte("Titre;Date;Plateforme;Texte\n\"a\";01/02/2027;blog, x;\"b\nc\"\n"))
	f.Add("jekyll", []byte("---\ntitle: a\ntags: a b\n---\n{% raw %}{{ x }}{% endraw %}{% highlight go %}a{% endhighlight %}![a](/b.png){: .c}\n"))
	f.Add("hugo", []byte("+++\ntitle = 'a'\ndate = 2024-01-01T09:00:00\n+++\n{{< figure src=\"a\" >}}{{% ref \"a\" %}}`{{< x >}}`\n"))
	o := options(f)
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, kind string, src []byte) {
		fsys, name := fstest.MapFS{"in": {Data: src}}, "in"
		switch importer.Kind(kind) {
		case importer.Hugo:
			fsys, name = fstest.MapFS{"hugo.toml": {Data: src}, "content/posts/2024-01-01-a.md": {Data: src}, "content/posts/b.html": {Data: src}}, "."
		case importer.Jekyll:
			fsys, name = fstest.MapFS{"_config.yml": {Data: src}, "_posts/2024-01-01-a.md": {Data: src}, "_drafts/b.html": {Data: src}}, "."
		}
		b, err := importer.Read(context.Background(), fsys, name, importer.Kind(kind), o)
		if err != nil {
			return
		}
		laws(t, b)
		again, err := importer.Read(context.Background(), fsys, name, importer.Kind(kind), o)
		if err != nil || len(again.Posts) != len(b.Posts) {
			t.Fatalf("another time: %d posts and not %d, %v", len(again.Posts), len(b.Posts), err)
		}
		for i, p := range b.Posts {
			if string(p.Source) != string(again.Posts[i].Source) || p.Key != again.Posts[i].Key {
				t.Errorf("another time %s is another", p.Path)
			}
			if doc, err := parser.Parse(p.Source, "fr"); err == nil {
				_ = doc.Words()
			}
		}
	})
}
