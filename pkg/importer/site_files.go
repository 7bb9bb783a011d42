package importer

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// picture copies the picture that stands for the post, under whichever key the
// theme has it.
func (s *siteReader) picture(x *source) {
	src := x.post.Image.Src
	if src == "" {
		if src = themePicture(x.post.Front()); src == "" {
			return
		}
		s.set(x, "image", content.Text(src))
	}
	if u, err := url.Parse(src); err == nil && u.Host != "" {
		s.keep(src)
		return
	}
	if to := s.use(x, src, true); to != "" && !strings.HasPrefix(src, "/") && to != path.Join(path.Dir(x.to), src) {
		s.set(x, "image", content.Text("/"+to)) // it stands at the top, not beside
	}
}

// themePicture is the picture under a key of a theme.
func themePicture(front value.Value) string {
	for _, keys := range [][]string{
		{"cover", "image"}, {"cover"}, {"featured_image"}, {"featuredimage"}, {"featureimage"}, {"feature_image"}, {"thumbnail"}, {"banner"},
		{"header", "teaser"}, {"header", "image"}, {"header", "overlay_image"}, {"hero"}, {"og_image"},
	} {
		if v, ok := lookup(front, keys...); ok && v.Kind == value.String && strings.TrimSpace(v.Str) != "" {
			return strings.TrimSpace(v.Str)
		}
	}
	return ""
}

// use finds the file that an address of a post means and has it copied. It
// returns where it will lie, "" for an address that is none of the site's
// files; one that is not there is noted if it must be.
func (s *siteReader) use(x *source, dest string, must bool) string {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return ""
	}
	for _, f := range s.candidates(x, u.Path) {
		if info, err := fs.Stat(s.fsys, f.From); err == nil && info.Mode().IsRegular() {
			if asset.Active(s.fsys, f.From) {
				s.note(problem.Position{File: x.file}, CodeFormat, path.Base(f.From))
				return ""
			}
			if !slices.Contains(x.files, f) {
				x.files = append(x.files, f)
			}
			return f.To
		}
	}
	if must {
		s.note(problem.Position{File: x.file}, CodeMissing, u.Path)
	}
	return ""
}

// candidates are the files that an address may mean, beside the post first.
func (s *siteReader) candidates(x *source, name string) []File {
	var all []File
	try := func(from, to string) {
		if fs.ValidPath(from) && fs.ValidPath(to) && from != "." && to != "." && !hidden(to) {
			all = append(all, File{from, to})
		}
	}
	clean := strings.TrimPrefix(path.Clean("/"+name), "/")
	if !strings.HasPrefix(name, "/") {
		try(path.Join(path.Dir(x.file), name), path.Join(path.Dir(x.to), name))
	}
	for _, root := range s.roots {
		try(path.Join(root, clean), clean)
	}
	return all
}

// hidden reports a path with a name that begins with a dot.
func hidden(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// bundled takes the files of a post's own folder.
func (s *siteReader) bundled(x *source) {
	_ = fs.WalkDir(s.fsys, x.bundle, func(name string, e fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(strings.TrimPrefix(name, x.bundle), "/")
		switch {
		case err != nil || rel == "":
			return nil
		case strings.HasPrefix(e.Name(), ".") || !plainName(e.Name()):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular() || isText(name):
			return nil
		case asset.Active(s.fsys, name):
			s.note(problem.Position{File: x.file}, CodeFormat, e.Name())
			return nil
		}
		x.files = append(x.files, File{name, path.Join(path.Dir(x.to), rel)})
		return nil
	})
}

// isFile reports an address whose name ends as that of a file to be copied.
func isFile(dest string) bool {
	t := asset.Type(dest)
	return strings.HasPrefix(t, "image/") || strings.HasPrefix(t, "audio/") || strings.HasPrefix(t, "video/") || strings.HasPrefix(t, "application/pdf") ||
		slices.Contains([]string{".zip", ".gpx", ".epub", ".odt", ".ods", ".docx", ".xlsx", ".csv"}, strings.ToLower(path.Ext(dest)))
}
