package gitsite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/article"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "git"

const (
	// ahead is how long before its instant the repository is fetched.
	ahead = 15 * time.Minute
	// maxFiles keeps a commit readable.
	maxFiles    = 100
	defaultPath = "content/posts/:slug.md"
)

// CodeBadPath says that a post would go where git takes no file.
const CodeBadPath problem.Code = "git-bad-path"

// words is what is frozen: the text as it will stand in the file, and where it
// and the files beside it go.
type words struct {
	Path string `json:"path"`
	Text []byte `json:"text"`
	// Files are the places of the message's files, in their order.
	Files []string `json:"files,omitempty"`
	// Subject is the first line of the commit.
	Subject string `json:"subject"`
	URL     string `json:"url,omitempty"`
}

type format struct{ path, assets, form string }

func newFormat(options map[string]string) format {
	f := format{options["path"], options["assets"], options["form"]}
	if f.path == "" {
		f.path = defaultPath
	}
	return f
}

// Format returns what a post is in a repository, for previews and assisted use.
func Format() platform.Format { return newFormat(nil) }

// Caps says what git can do.
func (format) Caps() platform.Caps {
	return platform.Caps{Kind: Kind, Guarantee: platform.ExactlyOnce, Ahead: ahead, Media: maxFiles}
}

// Validate finds what keeps a post from the repository.
func (f format) Validate(p platform.Post) []problem.Problem {
	all := append(article.Validate(Kind, p), media.Whole(Kind, p)...)
	for _, at := range append([]string{f.place(p)}, f.beside(p)...) {
		if !good(at) {
			all = append(all, problem.Problem{Position: problem.Position{File: p.File}, Code: CodeBadPath, Params: problem.Params{"value": at}})
		}
	}
	return all
}

// good reports whether git takes a file there on every machine.
func good(at string) bool {
	if !fs.ValidPath(at) || at == "." || strings.ContainsFunc(at, unicode.IsControl) || strings.ContainsAny(at, `\:`) {
		return false
	}
	for _, part := range strings.Split(strings.ToLower(at), "/") {
		if strings.HasPrefix(part, ".git") || strings.HasPrefix(part, "git~") {
			return false
		}
	}
	return true
}

// Render makes the message.
func (f format) Render(p platform.Post) (platform.Message, error) {
	text, err := f.text(p)
	if err != nil {
		return platform.Message{}, err
	}
	media := p.Media[:min(len(p.Media), maxFiles)]
	title := oneLine(p.Title)
	w := words{Path: f.place(p), Text: text, Files: f.beside(p), Subject: "publish: " + title, URL: p.Canonical}
	if title == "" {
		w.Subject = "publish: " + w.Path
	}
	raw, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	return platform.Message{Kind: Kind, Title: title, Media: media, Wire: raw, Parts: []platform.Part{{Text: article.Plain(p)}}}, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(publish.Clean(s)), " ") }

// text is the file. A variant has words of its own, which are no longer the
// file that somebody wrote.
func (f format) text(p platform.Post) ([]byte, error) {
	if f.form != "yaml" && strings.TrimSpace(p.Text) == "" && len(p.Source) > 0 {
		return p.Source, nil
	}
	front := struct {
		Title       string   `yaml:"title,omitempty"`
		Date        string   `yaml:"date"`
		Slug        string   `yaml:"slug,omitempty"`
		Lang        string   `yaml:"lang,omitempty"`
		Description string   `yaml:"description,omitempty"`
		Authors     []string `yaml:"authors,omitempty"`
		Tags        []string `yaml:"tags,omitempty"`
		Licence     string   `yaml:"license,omitempty"`
	}{oneLine(p.Title), p.At.Format(time.RFC3339), p.Slug, p.Lang, oneLine(p.Summary), p.Authors, p.Tags, p.Licence}
	head, err := yaml.Marshal(front)
	if err != nil {
		return nil, fmt.Errorf("front matter: %w", err)
	}
	body := p.Markdown
	if own := strings.TrimSpace(publish.Clean(p.Text)); own != "" {
		body = own + "\n"
	}
	var b bytes.Buffer
	b.WriteString("---\n")
	b.Write(head)
	b.WriteString("---\n\n" + strings.TrimLeft(body, "\n"))
	return b.Bytes(), nil
}

// place is where the post goes.
func (f format) place(p platform.Post) string { return path.Clean(fill(f.path, p)) }

// beside are the places of its files: in the folder of the settings by their
// names, or beside the post as they stand beside it in content/.
func (f format) beside(p platform.Post) []string {
	var all []string
	for _, m := range p.Media[:min(len(p.Media), maxFiles)] {
		at := path.Join(path.Dir(f.place(p)), m.Name)
		if f.assets != "" {
			at = path.Join(fill(f.assets, p), m.Name)
		} else if near, ok := strings.CutPrefix(m.Path, path.Dir(p.File)+"/"); ok && path.Dir(p.File) != "." {
			at = path.Join(path.Dir(f.place(p)), near)
		}
		all = append(all, at)
	}
	return all
}

// fill puts the parts of a post into a pattern, as in addresses of the site.
func fill(pattern string, p platform.Post) string {
	slug := article.Slug(p.Slug)
	if slug == "" {
		slug = "post-" + p.Key.Token(10)
	}
	file := strings.TrimSuffix(path.Base(p.File), path.Ext(p.File))
	// The longest names first: ":year" before a shorter one that begins alike.
	return strings.NewReplacer(
		":filename", file, ":section", path.Dir(p.File), ":month", p.At.Format("01"), ":slug", slug, ":year", p.At.Format("2006"),
		":lang", strings.ToLower(p.Lang), ":day", p.At.Format("02"),
	).Replace(pattern)
}
