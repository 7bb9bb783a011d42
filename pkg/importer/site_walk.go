package importer

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/problem"
)

// walk goes through the files of a folder; names that no text can hold, links
// and special files are noted, hidden ones passed over.
func (s *siteReader) walk(dir string, each func(name string, e fs.DirEntry) error) error {
	err := fs.WalkDir(s.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case s.ctx.Err() != nil:
			return s.ctx.Err()
		case err != nil && name == dir:
			return err
		case err != nil:
			s.note(problem.Position{File: name}, CodeFormat, path.Base(name))
			return nil
		case name == dir:
			return nil
		case strings.HasPrefix(e.Name(), "."):
			return skip(e)
		case !plainName(e.Name()):
			s.note(problem.Position{File: strings.ToValidUTF8(line(name), "?")}, CodeFormat, line(e.Name()))
			return skip(e)
		case e.IsDir():
			return each(name, e)
		case !e.Type().IsRegular():
			if isText(name) {
				s.note(problem.Position{File: name}, CodeFormat, e.Name())
			}
			return nil
		}
		return each(name, e)
	})
	if errors.Is(err, errFull) {
		return nil
	}
	return err
}

func skip(e fs.DirEntry) error {
	if e.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// plainName reports a name that can stand in a line of text.
func plainName(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\\'
	})
}

// isText reports a file that may be a post, in a format that is read or not.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mkdown", ".html", ".htm":
		return true
	}
	return otherText(name)
}

// otherText reports a post in a format that is not read.
func otherText(name string) bool {
	return slices.Contains([]string{".mdx", ".textile", ".adoc", ".asciidoc", ".rst", ".org", ".pdc", ".haml", ".njk", ".liquid"}, strings.ToLower(path.Ext(name)))
}

// asMarkdown is the name of a post's file here.
func asMarkdown(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return name
	}
	return strings.TrimSuffix(name, path.Ext(name)) + ".md"
}
