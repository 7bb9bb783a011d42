package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"editorial/internal/history"
	"editorial/internal/revision"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/value"
	sentences "editorial/pkg/words"
)

// TestDocs_limitsAreThoseOfTheProgram holds docs/limits.md against the
// constants, and its codes against the words.
func TestDocs_limitsAreThoseOfTheProgram(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "limits.md"))
	if err != nil {
		t.Fatal(err)
	}
	limits := map[string]int{} // the number of each row, by the code
	for _, row := range regexp.MustCompile("(?m)^\\| .* \\| ([0-9,]+) \\| `([a-z0-9-]+)`").FindAllStringSubmatch(string(doc), -1) {
		n, err := strconv.Atoi(strings.ReplaceAll(row[1], ",", ""))
		if err != nil {
			t.Fatal(err)
		}
		limits[row[2]] = n
	}
	for code, want := range map[string]int{
		"too-many-files": content.MaxFiles, "file-too-large": content.MaxFile, "front-matter-too-large": content.MaxFrontMatter, "body-too-long": markdown.MaxBytes,
		"too-many-values": content.MaxValues, "plan-too-many": calendar.MaxItems, "document-too-large": value.MaxBytes, "document-too-deep": value.MaxDepth,
		"document-too-many": value.MaxNodes, "agreed-too-large": agreed.MaxSize, "rhythm-rule-often": rhythm.MaxOccurrences,
	} {
		if limits[code] != want {
			t.Errorf("%s: %d, the program says %d", code, limits[code], want)
		}
	}
	for what, want := range map[string]int{
		"commits, the newest first": history.MaxCommits, "changes to posts, the newest first": history.MaxChanges, "a version of a post, in bytes": history.MaxVersion,
		"all versions, in bytes": history.MaxVersions, "files of a revision": revision.MaxFiles,
		"a file of a revision whose text counts, in bytes": revision.MaxFile, "all text of a revision, in bytes": revision.MaxBytes,
	} {
		row := regexp.MustCompile("(?m)^\\| " + regexp.QuoteMeta(what) + " \\| ([0-9,]+) \\|").FindStringSubmatch(string(doc))
		if row == nil || strings.ReplaceAll(row[1], ",", "") != strconv.Itoa(want) {
			t.Errorf("%s: %q, the program says %d", what, row, want)
		}
	}
	w := sentences.New(sentences.English)
	for _, code := range regexp.MustCompile("`([a-z]+(?:-[a-z0-9]+)+)`").FindAllStringSubmatch(string(doc), -1) {
		if !w.Has("problem." + code[1]) {
			t.Errorf("%s is no problem", code[1])
		}
	}
}
