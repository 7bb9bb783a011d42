package office_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"editorial/internal/config"
	"editorial/pkg/content"
)

// TestPermalink_hasThePartsThatPostsHave: what config.toml may say of an
// address and what a post may are one list.
func TestPermalink_hasThePartsThatPostsHave(t *testing.T) {
	t.Parallel()
	for _, part := range content.Parts() {
		if ps := siteProblems("permalink = '/:slug/:" + part + "/'"); len(ps) > 0 {
			t.Errorf(":%s: %v", part, ps)
		}
		before, name, after := content.CutPart("/a:b/:" + part + "_:slug/")
		if before != "/a:b/" || name != part || after != "_:slug/" {
			t.Errorf(":%s is cut into %q, %q, %q", part, before, name, after)
		}
	}
	for _, bad := range []string{"/:slug/:foo/", "/:slugs/", "/:year/", "/:slug", "/:slug.php", "/../:slug/", "//:slug/", ":slug/"} {
		if ps := siteProblems("permalink = '" + bad + "'"); !slices.Equal(ps, []string{"config-not-permalink"}) {
			t.Errorf("%s: %v", bad, ps)
		}
	}
	for _, good := range []string{"/:slug.html", "/:title:output_ext", "/:path/", "/:year/:i_month/:slugorfilename/", "/:sections/:contentbasename/"} {
		if ps := siteProblems("permalink = '" + good + "'"); len(ps) > 0 {
			t.Errorf("%s: %v", good, ps)
		}
	}
}

// TestPermalink_partsStandInTheReference: docs/config.md says what each part
// stands for, and of none that does not exist.
func TestPermalink_partsStandInTheReference(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "config.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "## Parts of addresses")
	section, _, _ = strings.Cut(section, "\n## ")
	var named []string
	for _, m := range regexp.MustCompile("(?m)^\\| (`.*?`) \\|").FindAllStringSubmatch(section, -1) {
		for _, part := range regexp.MustCompile("`:([a-z_]+)`").FindAllStringSubmatch(m[1], -1) {
			named = append(named, part[1])
		}
	}
	slices.Sort(named)
	if want := slices.Sorted(slices.Values(content.Parts())); !slices.Equal(named, want) {
		t.Errorf("the reference has %v, want %v", named, want)
	}
}

func siteProblems(line string) []string {
	_, _, ps := config.Parse([]byte("[site]\ntitle = 'T'\n"+line+"\n"), config.Options{})
	var codes []string
	for _, p := range ps {
		codes = append(codes, string(p.Code))
	}
	return codes
}

// TestPostKeys_neverTakeTheMeaningOfAnother: no key that means something, above
// all none that keeps a post from going out, becomes a date by configuration.
func TestPostKeys_neverTakeTheMeaningOfAnother(t *testing.T) {
	t.Parallel()
	free := []string{"date", "publishDate", "updated", "expires", "lang", "translation"}
	for _, key := range append(content.Keys(), "published", "DRAFT", "", " a") {
		ps := siteProblems("[content]\ndate_keys = ['" + key + "']")
		if want := !slices.Contains(free, key); want != (len(ps) == 1) {
			t.Errorf("%q: %v", key, ps)
		}
		for _, p := range ps {
			if !strings.HasPrefix(p, "config-not-post-key") {
				t.Errorf("%q: %s", key, p)
			}
		}
	}
}
