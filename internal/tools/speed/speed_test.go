package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"editorial/internal/tools/corpus"
)

// TestMain lets the test binary be the limit, as the tool itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "limit" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestLimit_makesTheFeedOfTheNewest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := corpus.Write(dir, 30, 1); err != nil {
		t.Fatal(err)
	}
	for newest, want := range map[int]int{7: 7, 0: 30} {
		out := filepath.Join(dir, "feed.xml")
		if err := limit(filepath.Join(dir, "content"), out, newest); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		feed, err := gofeed.NewParser().ParseString(string(data))
		if err != nil {
			t.Fatal(err)
		}
		if len(feed.Items) != want {
			t.Errorf("newest %d: %d items, want %d", newest, len(feed.Items), want)
		}
		for i, item := range feed.Items {
			if item.Title == "" || len(item.Content) < 2000 || !strings.Contains(item.Content, "<p>") {
				t.Errorf("item %d %q: %d bytes", i, item.Title, len(item.Content))
			}
			if i > 0 && item.PublishedParsed.After(*feed.Items[i-1].PublishedParsed) {
				t.Errorf("item %d is newer than the one before", i)
			}
		}
	}
}

func TestRun_printsARatioForEachProgram(t *testing.T) {
	t.Parallel()
	editorial := filepath.Join(t.TempDir(), "editorial")
	if out, err := exec.Command("go", "build", "-o", editorial, "editorial/cmd/editorial").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-editorial", editorial, "-posts", "20,30", "-runs", "1"}, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if want := 2 + 2*3*4; len(lines) != want {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), want, &out)
	}
	for i, line := range lines {
		if strings.Count(line, " | ") != strings.Count(lines[0], " | ") {
			t.Errorf("line %d has other columns: %s", i+1, line)
		}
		if limit := strings.Contains(line, "| limit"); limit != strings.Contains(line, "| 1.00 | 1.00 | 1.00 |") && limit {
			t.Errorf("the limit is not 1 to itself: %s", line)
		}
	}
}

func TestRun_saysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-posts", "many"}, {"-posts", "0"}, {"-nothing"}, {"-editorial", "/nonexistent", "-posts", "1"}} {
		if err := run(t.Context(), args, &bytes.Buffer{}); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
