package site_test

import (
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/site"
)

// alternates declares what sitemaps take from XHTML: links to translations.
const alternates = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
<xs:element name="link"><xs:complexType>
<xs:attribute name="rel" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="alternate"/></xs:restriction></xs:simpleType></xs:attribute>
<xs:attribute name="hreflang" type="xs:string" use="required"/>
<xs:attribute name="href" type="xs:anyURI" use="required"/>
</xs:complexType></xs:element></xs:schema>`

// TestSitemap_isOne asks the schema of sitemaps.org.
func TestSitemap_isOne(t *testing.T) {
	t.Parallel()
	xmllint := need.Program(t, "xmllint")
	_, modules := need.Node(t, "sitemap")
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	write("xhtml.xsd", alternates)
	schema := write("all.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="`+(&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(modules, "sitemap", "schema", "sitemap.xsd"))}).String()+`"/>
<xs:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="xhtml.xsd"/></xs:schema>`)
	letters := withFeeds()
	letters.Letters = []publish.LettersLink{{Path: "newsletter/fr/"}, {Path: "newsletter/en/"}}
	for name, s := range map[string]publish.Site{
		"sample": letters, "turned": sample.Turned(), "empty": {URL: "https://x.example/", Lang: "fr", Langs: []string{"fr"}},
	} {
		file := write(name+".xml", string(build(t, site.Options{}, s)["sitemap.xml"].Data))
		if out, err := exec.Command(xmllint, "--nonet", "--noout", "--schema", schema, file).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// TestSitemap_ofManyIsSeveral: no sitemap has more addresses than it may, and
// each address is in one of them.
func TestSitemap_ofManyIsSeveral(t *testing.T) {
	t.Parallel()
	s := sample.Many(50_010)
	parsed, err := markdown.New().Parse([]byte("Text.\n"), "fr")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := site.New(site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	maps := onlyMaps{}
	if err := pages.Write(s, sample.One(parsed), &maps); err != nil {
		t.Fatal(err)
	}
	files, err := maps.Files()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, f := range files {
		if n := strings.Count(string(f.Data), "<loc>"); f.Path == "sitemap.xml" && n != 2 || n > 50_000 {
			t.Errorf("%s: %d addresses", f.Path, n)
		}
		for _, part := range strings.Split(string(f.Data), "<loc>")[1:] {
			loc, _, _ := strings.Cut(part, "</loc>")
			found[loc]++
		}
	}
	for _, e := range s.Entries {
		if found[e.URL] != 1 && e.Post.Canonical == "" {
			t.Fatalf("%s: %d times", e.URL, found[e.URL])
		}
	}
	if found[s.URL+"sitemap-1.xml"] != 1 || found[s.URL+"sitemap-2.xml"] != 1 {
		t.Error("the sitemaps are not listed")
	}
}

// onlyMaps is a sink that wants sitemaps alone.
type onlyMaps struct{ publish.Memory }

// Has reports whether nobody wants a file.
func (*onlyMaps) Has(path string, _ bool, _ string) bool { return !strings.HasPrefix(path, "sitemap") }

func TestRobots_saysWhoMayRead(t *testing.T) {
	t.Parallel()
	for robots, want := range map[site.Robots]struct{ models, others bool }{
		site.AllRobots: {true, true}, site.NoModels: {false, true}, site.NoRobots: {false, false},
	} {
		files := build(t, site.Options{Robots: robots}, withFeeds())
		text := string(files["robots.txt"].Data)
		if got := allowed(text, "GPTBot"); got != want.models {
			t.Errorf("%d: GPTBot may read: %v", robots, got)
		}
		if got := allowed(text, "Googlebot"); got != want.others {
			t.Errorf("%d: Googlebot may read: %v", robots, got)
		}
		for name, f := range files {
			page := strings.HasSuffix(name, ".html") && name != "404.html" && name != "en/old/index.html"
			if got := strings.Contains(string(f.Data), `<meta name="robots" content="noindex">`); page && got == want.others {
				t.Errorf("%d: %s: noindex %v", robots, name, got)
			}
		}
	}
}

// allowed reads a robots.txt as RFC 9309 has it: the group of the name, or that
// of all, says whether the root may be read.
func allowed(text, name string) bool {
	groups := map[string]bool{}
	var agents []string
	rules := false
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch value = strings.TrimSpace(value); strings.ToLower(key) {
		case "user-agent":
			if rules {
				agents, rules = nil, false
			}
			agents = append(agents, value)
		case "allow", "disallow":
			rules = true
			for _, a := range agents {
				groups[a] = key == "Allow" && value == "/"
			}
		}
	}
	if may, ok := groups[name]; ok {
		return may
	}
	return groups["*"]
}

// TestData_isWhatSearchEnginesAskFor: each page that has data for machines has
// all that schema.org and the search engines want of a posting or a blog.
func TestData_isWhatSearchEnginesAskFor(t *testing.T) {
	t.Parallel()
	postings := 0
	for name, f := range build(t, site.Options{}, withFeeds()) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for n := range parse(t, f).Descendants() {
			if n.Data != "script" {
				continue
			}
			var data map[string]any
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &data); err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			text := func(key string) string {
				s, _ := data[key].(string)
				return s
			}
			switch text("@type") {
			case "BlogPosting":
				postings++
				published, err := time.Parse(time.RFC3339, text("datePublished"))
				modified, err2 := time.Parse(time.RFC3339, text("dateModified"))
				if err != nil || err2 != nil || modified.Before(published) {
					t.Errorf("%s: published %s, modified %s", name, text("datePublished"), text("dateModified"))
				}
				if text("headline") == "" || text("inLanguage") == "" || !strings.HasPrefix(text("@id"), "https://") {
					t.Errorf("%s: %v", name, data)
				}
				authors, _ := data["author"].([]any)
				for _, a := range authors {
					if person, _ := a.(map[string]any); person["@type"] != "Person" || person["name"] == "" {
						t.Errorf("%s: author %v", name, a)
					}
				}
				if image, ok := data["image"].(map[string]any); ok && (image["@type"] != "ImageObject" || !strings.HasPrefix(image["url"].(string), "https://")) {
					t.Errorf("%s: image %v", name, image)
				}
			case "Blog":
				if text("name") == "" || !strings.HasPrefix(text("url"), "https://") {
					t.Errorf("%s: %v", name, data)
				}
			default:
				t.Errorf("%s: a %q", name, text("@type"))
			}
		}
	}
	if postings != 8 {
		t.Errorf("%d postings", postings)
	}
}
