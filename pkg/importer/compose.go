package importer

import (
	"bytes"
	"fmt"
	"time"

	"github.com/BurntSushi/toml"

	"editorial/pkg/content"
)

// entry is a post of a source that has no files, before it is one of ours. What
// is zero is left out.
type entry struct {
	Title       string   `toml:"title"`
	Slug        string   `toml:"slug,omitempty"`
	Lang        string   `toml:"lang,omitempty"`
	Date        string   `toml:"date,omitempty"`
	Updated     string   `toml:"updated,omitempty"`
	Deadline    string   `toml:"deadline,omitempty"`
	Draft       bool     `toml:"draft,omitempty"`
	Stage       string   `toml:"stage,omitempty"`
	Summary     string   `toml:"summary,omitempty"`
	Authors     []string `toml:"authors,omitempty"`
	Assignee    string   `toml:"assignee,omitempty"`
	Tags        []string `toml:"tags,omitempty"`
	Categories  []string `toml:"categories,omitempty"`
	Pillar      string   `toml:"pillar,omitempty"`
	Campaign    string   `toml:"campaign,omitempty"`
	Objective   string   `toml:"objective,omitempty"`
	Audience    string   `toml:"audience,omitempty"`
	Format      string   `toml:"format,omitempty"`
	Question    string   `toml:"question,omitempty"`
	Translation string   `toml:"translation,omitempty"`
	Canonical   string   `toml:"canonical,omitempty"`
	Aliases     []string `toml:"aliases,omitempty"`
	Priority    int      `toml:"priority,omitzero"`
	Effort      string   `toml:"effort,omitempty"`
	// Platforms: nil is left out, an empty list means nowhere.
	Platforms *[]string          `toml:"platforms,omitempty"`
	Image     *picture           `toml:"image,omitempty"`
	Variants  map[string]variant `toml:"variants,omitempty"`

	body string
}

type picture struct {
	Src string `toml:"src"`
	Alt string `toml:"alt,omitempty"`
}

type variant struct {
	Date  string `toml:"date,omitempty"`
	Text  string `toml:"text,omitempty"`
	Title string `toml:"title,omitempty"`
}

// file is the post as bytes.
func (e entry) file() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("+++\n")
	enc := toml.NewEncoder(&b)
	enc.Indent = ""
	if err := enc.Encode(e); err != nil {
		return nil, fmt.Errorf("encode front matter: %w", err)
	}
	// The encoder writes a header for the table of tables, too.
	src := bytes.Replace(b.Bytes(), []byte("\n[variants]\n"), []byte("\n"), 1)
	return append(append(src, "+++\n"...), e.body...), nil
}

// shrink keeps front matter below the bound that posts have.
func (e *entry) shrink() {
	const text, list = 4000, 200
	cut := func(s *string, most int) {
		if r := []rune(*s); len(r) > most {
			*s = string(r[:most-1]) + "…"
		}
	}
	cut(&e.Title, text/4)
	cut(&e.Summary, text)
	for _, names := range [][]string{e.Tags, e.Categories, e.Authors} {
		for i := range names {
			cut(&names[i], 100)
		}
	}
	e.Tags, e.Categories, e.Authors = first(e.Tags, list), first(e.Categories, list), first(e.Authors, list)
}

func first(all []string, n int) []string { return all[:min(n, len(all))] }

// pathFor is where a post of a day goes: posts/2024-05-01-name.md.
func pathFor(folder, date, name string) string {
	if len(date) >= len(time.DateOnly) {
		name = date[:len(time.DateOnly)] + "-" + name
	}
	if folder != "" {
		folder += "/"
	}
	return folder + name + ".md"
}

// knownLang returns a language as posts name it: what content reads as one.
func knownLang(tag string) string {
	if tag == "" {
		return ""
	}
	src, err := entry{Title: "x", Lang: tag}.file()
	if p := content.Read("x.md", src, content.Defaults{}); err == nil && !p.HasErrors() {
		return p.Lang
	}
	return ""
}
