package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// entry is a post as the limit knows it.
type entry struct {
	path, title, date string
	body, html        []byte
}

// limit does the least that a program with Goldmark can do to make a feed of
// the newest posts below dir, or of all if newest is 0: it reads every file,
// splits it, takes title and date by two regular expressions, renders what the
// feed shows and writes one RSS file. It checks nothing.
func limit(dir, out string, newest int) error {
	var entries []*entry
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			entries = append(entries, &entry{path: path})
		}
		return err
	})
	if err != nil {
		return err
	}
	title := regexp.MustCompile(`(?m)^title(?: =|:) "(.*)"$`)
	date := regexp.MustCompile(`(?m)^date(?: =|:) (.*)$`)
	if err := each(entries, func(e *entry) error {
		src, err := os.ReadFile(e.path)
		if err != nil {
			return err
		}
		fence := src[:3]
		end := bytes.Index(src[3:], fence)
		if end < 0 {
			return fmt.Errorf("%s: no front matter", e.path)
		}
		front := src[:3+end]
		e.body = src[6+end:]
		if m := title.FindSubmatch(front); m != nil {
			e.title = string(m[1])
		}
		if m := date.FindSubmatch(front); m != nil {
			e.date = strings.Replace(string(m[1]), " ", "T", 1)
		}
		return nil
	}); err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b *entry) int { return strings.Compare(b.date, a.date) })
	if newest > 0 && len(entries) > newest {
		entries = entries[:newest]
	}
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := each(entries, func(e *entry) error {
		var b bytes.Buffer
		if err := md.Convert(e.body, &b); err != nil {
			return err
		}
		e.html = b.Bytes()
		return nil
	}); err != nil {
		return err
	}
	return os.WriteFile(out, rss(entries), 0o644)
}

func rss(entries []*entry) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>limit</title>` + "\n")
	for _, e := range entries {
		at, _ := time.Parse("2006-01-02T15:04:05", e.date)
		b.WriteString("<item><title>")
		_ = xml.EscapeText(&b, []byte(e.title)) // a buffer takes everything
		fmt.Fprintf(&b, "</title><pubDate>%s</pubDate><content:encoded>", at.Format(time.RFC1123Z))
		_ = xml.EscapeText(&b, e.html)
		b.WriteString("</content:encoded></item>\n")
	}
	b.WriteString("</channel></rss>\n")
	return b.Bytes()
}

// each calls do for all, on every processor, and returns one of the errors.
func each(entries []*entry, do func(*entry) error) error {
	var wg sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	errs := make([]error, n)
	for k := range n {
		wg.Go(func() {
			for i := k; i < len(entries); i += n {
				if err := do(entries[i]); err != nil {
					errs[k] = err
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
