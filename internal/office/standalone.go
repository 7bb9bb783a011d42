package office

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/publish"
)

// PreviewDir is the folder of previews, below the private files.
const PreviewDir = "previews"

// embedMax is the most bytes of one picture that a page carries in itself,
// embedAll those of all, one that is shown twice counted twice.
const (
	embedMax = 8 << 20
	embedAll = 32 << 20
)

// Around says where a page that stands alone leads.
type Around struct {
	// Site is the address of the site, with a slash at the end.
	Site string
	// Asset is the address of a file of the posts, by its path below
	// [ContentDir], that the page does not carry in itself.
	Asset func(path string) string
}

// Page returns the post's page as one file that can be opened from a disk or
// sent to somebody: style and pictures stand in it, and links lead to the
// site. The rest is the page that the site will have, unchanged.
func (o *Office) Page(v *Preview, around Around) ([]byte, error) {
	name := publish.PageFile(v.Entry.Path)
	files := make(map[string]publish.File, len(v.files))
	for _, f := range v.files {
		if !f.Private {
			files[f.Path] = f
		}
	}
	page, ok := files[name]
	if !ok {
		return nil, ErrNoPage
	}
	s := standalone{
		files: files, base: &url.URL{Path: "/" + v.Entry.Path}, around: around,
		read: func(f publish.File) ([]byte, error) {
			if f.Source == "" {
				return f.Data, nil
			}
			return o.readAsset(f.Source, embedMax)
		},
		left: embedAll,
	}
	return s.page(page.Data)
}

// errTooLarge: the page does not carry the file.
var errTooLarge = errors.New("too large to stand in the page")

func (o *Office) readAsset(source string, most int64) ([]byte, error) {
	f, err := o.OpenAsset(source)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, errTooLarge
	}
	return data, err
}

// standalone rewrites the addresses of one page.
type standalone struct {
	files  map[string]publish.File
	base   *url.URL // the page
	around Around
	read   func(publish.File) ([]byte, error)
	left   int64 // bytes that may still stand in the page
}

func (s *standalone) page(src []byte) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.DataAtom == atom.Link && attribute(n, "rel") == "stylesheet" {
			s.style(n)
			continue
		}
		for i := range n.Attr {
			a := &n.Attr[i]
			switch {
			case a.Key == "href" && (n.DataAtom == atom.A || n.DataAtom == atom.Link):
				a.Val = s.link(a.Val, n.DataAtom == atom.Link)
			case a.Key == "src" || a.Key == "poster":
				a.Val = s.embed(a.Val)
			}
		}
	}
	var out bytes.Buffer
	if err := html.Render(&out, doc); err != nil {
		return nil, fmt.Errorf("write page: %w", err)
	}
	return out.Bytes(), nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// target returns the path below the site that an address of the page means,
// and what follows it; ok is false for one of another site or of the page.
func (s *standalone) target(address string) (name, suffix string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return "", "", false
	}
	to := s.base.ResolveReference(&url.URL{Path: u.Path})
	if f := u.EscapedFragment(); f != "" {
		suffix = "#" + f
	}
	return strings.TrimPrefix(to.Path, "/"), suffix, true
}

// style puts a style sheet into the page.
func (s *standalone) style(n *html.Node) {
	name, _, ok := s.target(attribute(n, "href"))
	if !ok {
		return
	}
	data, err := s.read(s.files[name])
	if err != nil {
		return
	}
	n.Data, n.DataAtom, n.Attr = "style", atom.Style, nil
	n.AppendChild(&html.Node{Type: html.TextNode, Data: string(data)})
}

// link makes an address absolute; that of the icon stands in the page.
func (s *standalone) link(address string, head bool) string {
	name, suffix, ok := s.target(address)
	if !ok {
		return address
	}
	if head && path.Ext(name) == ".svg" {
		return s.embed(address)
	}
	return s.around.Site + (&url.URL{Path: name}).EscapedPath() + suffix
}

// embed returns a data: address of a file, or where else it lies.
func (s *standalone) embed(address string) string {
	name, suffix, ok := s.target(address)
	if !ok {
		return address
	}
	f, ok := s.files[name]
	if !ok {
		return s.around.Site + (&url.URL{Path: name}).EscapedPath() + suffix
	}
	kind := asset.Type(name)
	var data []byte
	err := errTooLarge
	if strings.HasPrefix(kind, "image/") && s.left > 0 {
		data, err = s.read(f)
		s.left -= int64(len(data))
	}
	if err != nil || s.left < 0 {
		s.left = max(s.left, 0)
		if f.Source == "" {
			return address
		}
		return s.around.Asset(f.Source) + suffix
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// OnDisk is for pages that are opened from a disk of this machine: the site is
// the public one, files of the posts are where they lie.
func (o *Office) OnDisk() Around {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		dir = o.Dir
	}
	return Around{Site: o.Config.Site.URL, Asset: func(asset string) string {
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, ContentDir, filepath.FromSlash(asset)))}).String()
	}}
}

// WritePreview writes a page to the private previews of the office and returns
// its path below the office's folder.
func (o *Office) WritePreview(p *content.Post, page []byte) (string, error) {
	f, err := openIn(o.Dir, PrivateDir, privateFile, privateDir)
	if err != nil {
		return "", err
	}
	defer f.close()
	name := path.Join(PreviewDir, publish.Slug(p.Slug)+".html")
	if _, err := f.replace(name, page); err != nil {
		return "", fmt.Errorf("write %s: %w", path.Join(PrivateDir, name), err)
	}
	return path.Join(PrivateDir, name), nil
}

// WritePage writes a page to a file of the person's choice, whole or not at
// all where it is a file, and for them alone.
func WritePage(name string, page []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, page, privateFile) // a pipe, a device
	}
	f, err := openFolder(filepath.Dir(name), privateFile, privateDir)
	if err != nil {
		return err
	}
	defer f.close()
	if _, err := f.replace(filepath.Base(name), page); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// OpenAsset opens a file of the posts, which a link inside the folder cannot
// lead out of.
func (o *Office) OpenAsset(source string) (fs.File, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	name := path.Join(ContentDir, source)
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open %s: %w", name, fs.ErrNotExist)
	}
	return root.Open(name)
}
