package cli_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/cli"
)

// TestHostile_frontMatterIsRefusedByName: what is too deep, too much or two
// things at once is said at its place, and every other post is read.
func TestHostile_frontMatterIsRefusedByName(t *testing.T) {
	t.Parallel()
	deep := func(s string) string { return strings.Repeat(s, 30_000) }
	var laughs strings.Builder
	laughs.WriteString("---\ntitle: x\na0: &a0 [x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&laughs, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	laughs.WriteString("---\n")
	merges := "---\ntitle: x\nb: &b {x: 1}\n" + strings.Repeat("c: {<<: ["+strings.TrimSuffix(strings.Repeat("*b,", 2000), ",")+"]}\n", 1) + "---\n"
	for name, tt := range map[string]struct {
		post string
		want []string // codes
	}{
		"a YAML list of lists":      {"---\ntitle: x\na: " + deep("[") + "\n---\n", []string{"syntax"}},
		"a YAML map of maps":        {"---\ntitle: x\na: " + strings.Repeat("{a: ", 60) + strings.Repeat("}", 60) + "\n---\n", []string{"document-too-deep"}},
		"a billion laughs":          {laughs.String(), []string{"document-too-many"}},
		"an alias of itself":        {"---\ntitle: x\na: &a [*a]\n---\n", []string{"document-too-deep"}},
		"a merge of itself":         {"---\ntitle: x\na: &a {<<: *a}\n---\n", []string{"document-too-deep", "unsupported-yaml"}},
		"a title that is an alias":  {"---\na: &a x\ntitle: *a\n---\n", nil},
		"thousands of merges":       {merges, nil},
		"TOML tables in tables":     {"+++\ntitle = 'x'\na = " + strings.Repeat("{a=", 10_000) + "\n+++\n", []string{"syntax"}},
		"TOML lists in lists":       {"+++\ntitle = 'x'\na = " + strings.Repeat("[", 60) + strings.Repeat("]", 60) + "\n+++\n", []string{"document-too-deep"}},
		"a TOML key of dots":        {"+++\ntitle = 'x'\n" + deep("a.") + "b = 1\n+++\n", []string{"document-too-deep"}},
		"a TOML header of dots":     {"+++\ntitle = 'x'\n[" + deep("a.") + "b]\n+++\n", []string{"document-too-deep"}},
		"JSON lists in lists":       {`{"title": "x", "a": ` + deep("[") + "}\n", []string{"document-too-deep"}},
		"JSON, closed":              {`{"title": "x", "a": ` + strings.Repeat("[", 60) + strings.Repeat("]", 60) + "}\n", []string{"document-too-deep"}},
		"70 kB of front matter":     {"+++\ntitle = 'x'\n# " + strings.Repeat("x", 70_000) + "\n+++\n", []string{"front-matter-too-large"}},
		"a fence that never closes": {"+++\ntitle = 'x'\n" + strings.Repeat("x\n", 100_000), []string{"unclosed-front-matter"}},
		"thousands of tags":         {"+++\ntitle = 'x'\ntags = '" + strings.Repeat("é,", 9) + manyWords(5000) + "'\n+++\n", []string{"too-many-values"}},
		"thousands of authors":      {"---\ntitle: x\nauthors: [" + manyWords(5000) + "]\n---\n", []string{"too-many-values"}},
		"a thousand keys unknown":   {"---\ntitle: x\n" + strings.ReplaceAll(manyWords(3000), ",", ": 1\n") + ": 1\n---\n", nil},
		"UTF-16":                    {"\xff\xfe+\x00+\x00+\x00", []string{"utf16"}},
		"NUL":                       {"---\ntitle: a\x00b\n---\n", []string{"syntax"}},
		"half surrogates":           {`{"title": "\ud83d x \udeb2", "stage": "published", "date": "2026-01-01"}` + "\n", nil},
		"two documents":             {"---\ntitle: x\n---\n---\ntitle: y\n---\n", nil},
		"a number for a title":      {"+++\ntitle = 1\n+++\n", []string{"not-text"}},
		"a date of year 99999":      {"+++\ntitle = 'x'\ndate = '99999-01-01'\n+++\n", []string{"bad-date"}},
		"a number beyond all":       {"---\ntitle: x\npriority: 1" + deep("0") + "\n---\n", []string{"not-integer"}},
		"repeat without end":        {"+++\ntitle = 'x'\nrepeat = { times = 1000000000, every = '1m' }\n+++\n", []string{"out-of-range"}},
		"a slug that climbs":        {"+++\ntitle = 'x'\nslug = '../../etc/passwd'\n+++\n", []string{"bad-slug"}},
		"a slug with controls":      {"+++\ntitle = 'x'\nslug = \"a\\u001b[31m\"\n+++\n", []string{"bad-slug"}},
		"a slug of a device":        {"+++\ntitle = 'x'\nslug = 'con'\n+++\n", []string{"bad-slug"}},
		"an id that climbs":         {"+++\ntitle = 'x'\nid = '../x'\n+++\n", []string{"bad-id"}},
		"an id of many lines":       {"+++\ntitle = 'x'\nid = \"x\\n2026-01-01T10:00 blog y#blog#1\"\n+++\n", []string{"bad-id"}},
		"a canonical that runs":     {"+++\ntitle = 'x'\ncanonical = 'javascript:alert(1)'\n+++\n", []string{"bad-url"}},
		"a translation of all":      {"+++\ntitle = 'x'\nlang = '" + strings.Repeat("fr-", 40) + "'\n+++\n", []string{"bad-lang"}},
		"Git's marks of a conflict": {"+++\n<<<<<<< HEAD\ntitle = 'x'\n=======\ntitle = 'y'\n>>>>>>> b\n+++\n", []string{"post-conflict"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := hostileOffice(t, map[string]string{"content/a.md": tt.post, "content/good.md": outPost("", "x\n")})
			var got []string
			for _, f := range checked(t, dir) {
				file, code, _ := strings.Cut(f, ": ")
				if file != "content/a.md" {
					t.Errorf("it is said of %s", f)
				}
				if len(got) == 0 || got[len(got)-1] != code {
					got = append(got, code)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if d := does(t, dir, "build"); d.code != cli.ExitOK {
				t.Errorf("nothing was built: %s", d.errOut)
			}
		})
	}
}

func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "w%d,", i)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// TestHostile_bodies: what no reader could take is refused by name; the rest
// of the office goes out.
func TestHostile_bodies(t *testing.T) {
	t.Parallel()
	const n = 100_000
	for name, tt := range map[string]struct{ body, want string }{
		"quotes in quotes":        {strings.Repeat(">", n) + "x\n", "body-too-complex"},
		"lists in lists":          {strings.Repeat("- ", n) + "x\n", "body-too-complex"},
		"brackets":                {strings.Repeat("[", n), ""},
		"images in images":        {strings.Repeat("![", n), ""},
		"stars":                   {strings.Repeat("*a_ ", n), "body-too-complex"},
		"a table without end":     {strings.Repeat("|a", n/2) + "|\n" + strings.Repeat("|-", n/2) + "|\n" + strings.Repeat("|\n", 1000), "body-too-complex"},
		"raw tags in one another": {strings.Repeat("<div>", n/2), ""},
		"more than a mebibyte":    {strings.Repeat("x ", 1<<19) + "yz", "body-too-long"},
		"one word of 900 kB":      {strings.Repeat("x", 900_000), ""},
		"900 kB of line ends":     {strings.Repeat("\n", 900_000), ""},
		"zalgo":                   {"Z" + strings.Repeat("\u0351", n), ""},
		"emoji families":          {strings.Repeat("👨\u200d👩\u200d👧\u200d", n/10), ""},
		"entities":                {strings.Repeat("&amp;", n), ""},
		"definitions":             {strings.Repeat("[a]: b\n", n/10) + "\n[a]\n", "body-too-complex"},
		"footnotes":               {strings.Repeat("[^1]", n/10) + "\n\n[^1]: x\n", "body-too-complex"},
		"code without an end":     {"```\n" + strings.Repeat("`", n), ""},
		"backticks":               {strings.Repeat("`a ``b ", n/7), ""},
		"links to one page":       {strings.Repeat("[a](other.md) ", n/14), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := hostileOffice(t, map[string]string{"content/a.md": outPost("", tt.body), "content/other.md": outPost("", "x\n")})
			found := strings.Join(checked(t, dir), "\n")
			if !strings.Contains(found, tt.want) || tt.want == "" && strings.Contains(found, "content/a.md: body-") {
				t.Errorf("got %s, want %q", found, tt.want)
			}
			if d := does(t, dir, "build"); d.code != cli.ExitOK {
				t.Errorf("nothing was built: %s", d.errOut)
			}
			for page, want := range map[string]bool{"a": tt.want == "", "other": true} {
				if _, err := os.Stat(filepath.Join(dir, "public", page, "index.html")); (err == nil) != want {
					t.Errorf("page %s: %v", page, err)
				}
			}
		})
	}
}

// chunk is a chunk of a PNG file.
func chunk(name string, data []byte) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// hugePNG is the head of a PNG that claims to be so large, and n bytes more.
func hugePNG(w, h uint32, n int) string {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return "\x89PNG\r\n\x1a\n" + chunk("IHDR", append(head, 8, 2, 0, 0, 0)) + chunk("IDAT", make([]byte, n)) + chunk("IEND", nil)
}

// TestHostile_pictures: a picture that is none, or claims what it is not, is
// shown as it lies there, without a size, and costs nothing.
func TestHostile_pictures(t *testing.T) {
	t.Parallel()
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, image.NewGray(image.Rect(0, 0, 8, 6)), nil); err != nil {
		t.Fatal(err)
	}
	// EXIF whose directory is the next one of itself, and one whose value lies
	// on itself.
	exif := func(tiff string) string {
		body := "Exif\x00\x00" + tiff
		return jpg.String()[:2] + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))) + body + jpg.String()[2:]
	}
	entry := "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
	for name, tt := range map[string]struct{ file, size string }{
		"bomb.png":      {hugePNG(60000, 60000, 1000), `width="60000" height="60000"`},
		"beyond.png":    {hugePNG(1<<31-1, 1<<31-1, 10), ""},
		"zero.png":      {hugePNG(0, 5, 10), ""},
		"cut.png":       {hugePNG(5, 5, 0)[:20], ""},
		"jpeg.png":      {jpg.String(), ""},
		"page.jpg":      {"<script>alert(1)</script>", ""},
		"good.jpg":      {jpg.String(), `width="8" height="6"`},
		"cut.jpg":       {jpg.String()[:30], ""},
		"loop.jpg":      {exif("MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + "\x00\x00\x00\x08"), `width="6" height="8"`},
		"itself.jpg":    {exif("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x08\x00\x00\x00\x00"), `width="8" height="6"`},
		"liar.jpg":      {exif("MM\x00\x2a\x00\x00\x00\x08\xff\xff" + entry), `width="6" height="8"`},
		"outside.jpg":   {exif("MM\x00\x2a\xff\xff\xff\xf0"), `width="8" height="6"`},
		"large.jpg":     {exif("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x02\x7f\xff\xff\xff\x00\x00\x00\x08\x00\x00\x00\x00"), `width="8" height="6"`},
		"lengths.gif":   {"GIF89a\xff\xff\xff\xff\x00\x00\x00", `width="65535" height="65535"`},
		"cut.gif":       {"GIF89a\x05", ""},
		"cut.webp":      {"RIFF\x10\x00\x00\x00WEBPVP8L\x05", ""},
		"liar.webp":     {"RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff" + strings.Repeat("\xff", 40), ""},
		"endless.webp":  {"RIFF\xff\xff\xff\x7fWEBP" + strings.Repeat("JUNK\x00\x00\x00\x00", 2000), ""},
		"cut.avif":      {"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", ""},
		"zero.avif":     {"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf" + strings.Repeat("\x00\x00\x00\x00meta", 500), ""},
		"liar.avif":     {"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf\xff\xff\xff\xffmeta\x00\x00\x00\x00\x00\x00\x00\x01iloc\xff\xff\xff\xff\xff\xff\xff\xff", ""},
		"script.svg":    {"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""},
		"entities.svg":  {"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><svg>&b;</svg>", ""},
		"depth.svg":     {"<svg xmlns='http://www.w3.org/2000/svg'>" + strings.Repeat("<g>", 100_000), ""},
		"empty.jpg":     {"", ""},
		"capital.JPG":   {jpg.String(), `width="8" height="6"`},
		"dots..png":     {hugePNG(3, 4, 1), `width="3" height="4"`},
		"no-ending":     {"x", ""},
		"page.html":     {"<script>alert(1)</script>", ""},
		"run.js":        {"alert(1)", ""},
		"sheet.xsl":     {"<x/>", ""},
		"zipped.svgz":   {"\x1f\x8b", ""},
		"video.mp4":     {strings.Repeat("\xff", 100), ""},
		"quicktime.mov": {"\x00\x00\x00\x00moov", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := hostileOffice(t, map[string]string{
				"content/a.md": outPost("", "![alt](pic/"+name+") [link](pic/"+name+")\n"), "content/pic/" + name: tt.file,
			})
			if d := does(t, dir, "build"); d.code != cli.ExitOK {
				t.Fatalf("nothing was built: %s", d.errOut)
			}
			page, err := os.ReadFile(filepath.Join(dir, "public", "a", "index.html"))
			if err != nil {
				t.Fatal(err)
			}
			_, img, _ := strings.Cut(string(page), "<img ")
			img, _, _ = strings.Cut(img, ">")
			if tt.size == "" && strings.Contains(img, "width=") || !strings.Contains(img, tt.size) {
				t.Errorf("<img %s>, want %q", img, tt.size)
			}
			// What a browser could run does not lie on the site.
			active := slices.Contains(strings.Fields("script.svg entities.svg page.html run.js sheet.xsl zipped.svgz"), name)
			copied, err := os.ReadFile(filepath.Join(dir, "public", "pic", name))
			if active == (err == nil) || err == nil && string(copied) != tt.file {
				t.Errorf("copied: %v", err)
			}
		})
	}
}
