package table_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/internal/need"
	"editorial/internal/need/hostile"
	"editorial/internal/table"
	"editorial/internal/term"
	"editorial/pkg/words"
)

func TestCell_noSpreadsheetComputesIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Régler ses freins":            "Régler ses freins",
		"2026-10-20":                   "2026-10-20",
		"a-b=c":                        "a-b=c",
		"=1+1":                         "'=1+1",
		"+33 6 12":                     "'+33 6 12",
		"-":                            "'-",
		"@cmd":                         "'@cmd",
		"\t=1":                         "' =1",
		"\r\n=1":                       "'  =1",
		"  \u00a0=1":                   "'  \u00a0=1",
		"＝1":                           "'＝1",
		`"=1`:                          `'"=1`,
		"x;=1;y":                       "x;'=1;y",
		`x; "=1"`:                      `x;' "=1"`,
		"Prix ; - cher":                "Prix ;' - cher",
		"'=1":                          "''=1",
		"":                             "",
		"=cmd|' /C calc'!A0;@x;\u202e": `'=cmd|' /C calc'!A0;'@x;\u202e`,
	} {
		if got := table.Cell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCSV_isWhatRFC4180Says(t *testing.T) {
	t.Parallel()
	got, err := table.Table{Head: []string{"a", "b"}, Rows: [][]string{{`x "y", z`, ""}, {"é", "1\n2"}}}.CSV()
	if want := table.BOM + "a,b\r\n\"x \"\"y\"\", z\",\r\né,1 2\r\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}

// hostileTable has every hostile text in every column.
func hostileTable() table.Table {
	t := table.Table{Head: []string{"First", "Second", "=Third"}}
	texts := slices.Concat(hostile.Terminal(), []string{
		"=1+1", "a|b\\|c", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](https://e.example/p.png)", "www.e.example", "WWW.e.example",
		"https://e.example/", "me@e.example", "mailto:me@e.example", "@octocat #12 GH-1", "`code`", "**b** _i_ ~~s~~ ~x~", "&lt;b&gt; Q&A", "$x$ :smile: :+1:", "\\", "| --- |", "---", "# h", "<!-- -->", "a\\", "日本語 テスト", "שלום עולם",
	})
	for i, text := range texts {
		t.Rows = append(t.Rows, []string{text, fmt.Sprint(i), text})
	}
	return t
}

func TestCSV_isReadBackByOthers(t *testing.T) {
	t.Parallel()
	in := hostileTable()
	data, err := in.CSV()
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(table.BOM))))
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, in, all)
	// Python counts the cells of each line for itself, and gives them back parted
	// by characters that no cell has.
	script := `import csv, sys
for row in csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), strict=True):
    sys.stdout.buffer.write(("\x1f".join(row) + "\x1e").encode())`
	file := t.TempDir() + "/t.csv"
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(need.Program(t, "python3"), "-c", script, file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var python [][]string
	for line := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x1e"), "\x1e") {
		python = append(python, strings.Split(line, "\x1f"))
	}
	checkRows(t, in, python)
}

// checkRows holds that rows say what a table says, and that no spreadsheet
// computes any of it, whether it parts cells at commas or at semicolons.
func checkRows(t *testing.T, in table.Table, rows [][]string) {
	t.Helper()
	if len(rows) != len(in.Rows)+1 {
		t.Fatalf("%d rows of %d", len(rows), len(in.Rows)+1)
	}
	bare := func(s string) string { return strings.ReplaceAll(s, "'", "") }
	for i, row := range rows {
		want := slices.Concat([][]string{in.Head}, in.Rows)[i]
		if len(row) != len(want) {
			t.Errorf("row %d: %d cells", i, len(row))
			continue
		}
		for j, cell := range row {
			if bare(cell) != bare(words.Inert(want[j])) {
				t.Errorf("row %d: %q is no longer %q", i, cell, want[j])
			}
			for part := range strings.SplitSeq(cell, ";") {
				if strings.ContainsAny(first(part), "=+-@＝＋－＠") {
					t.Errorf("row %d: %q is computed", i, part)
				}
			}
		}
	}
}

// first is the first character of a cell that a spreadsheet looks at.
func first(cell string) string {
	for _, r := range cell {
		if !unicode.IsSpace(r) && r != '"' {
			return string(r)
		}
	}
	return ""
}

func TestMarkdown_isATableOfLetters(t *testing.T) {
	t.Parallel()
	in := hostileTable()
	source := in.Markdown()
	cmd := exec.Command(need.Program(t, "cmark-gfm"), "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tagfilter")
	cmd.Stdin = strings.NewReader(source)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	rows := htmlRows(t, string(out))
	if len(rows) != len(in.Rows)+1 {
		t.Fatalf("%d rows of %d", len(rows), len(in.Rows)+1)
	}
	for i, row := range rows {
		want := slices.Concat([][]string{in.Head}, in.Rows)[i]
		for j := range want {
			if got := strings.ReplaceAll(row[j], "\u2060", ""); got != strings.TrimSpace(words.Inert(want[j])) {
				t.Errorf("row %d: got %q, want %q", i, got, want[j])
			}
		}
	}
	// What is no longer than a column stands below its head.
	for line := range strings.Lines(source) {
		if term.Width(line) < 60 && !strings.HasSuffix(line, "|\n") {
			t.Errorf("%q", line)
		}
	}
}

// htmlRows returns the cells of a table in HTML, and holds that there is
// nothing in it but text.
func htmlRows(t *testing.T, source string) [][]string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, node := range nodes {
		for n := range node.Descendants() {
			switch {
			case n.Type == html.CommentNode:
				t.Errorf("a comment: %q", n.Data)
			case n.Type == html.ElementNode && n.DataAtom == atom.Tr:
				rows = append(rows, nil)
			case n.Type == html.ElementNode && (n.DataAtom == atom.Td || n.DataAtom == atom.Th):
				text := ""
				for c := range n.Descendants() {
					if c.Type == html.TextNode {
						text += c.Data
					} else {
						t.Errorf("<%s> in %q", c.Data, text)
					}
				}
				rows[len(rows)-1] = append(rows[len(rows)-1], strings.TrimSpace(text))
			}
		}
	}
	return rows
}

// FuzzCell: no cell is computed, and nothing of its text is lost.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"", "=1", " ;=1", "a;\"'@", "\u00a0+", "’=", "a\n-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := table.Cell(s)
		checkRows(t, table.Table{Head: []string{s}}, [][]string{{got}})
		if table.Cell(got) != got && !strings.Contains(got, "'") {
			t.Errorf("%q becomes %q", got, table.Cell(got))
		}
	})
}
