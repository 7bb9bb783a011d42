package asset

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
)

// maxActive is the most that [Active] reads of a file. A longer one is taken
// for one that runs: nobody has seen that it does not.
const maxActive = 1 << 20

// Active reports whether a browser that opens the file of that name could run
// what stands in it, on the site that it comes from: a page, a script, and a
// picture in SVG or another XML that holds one or that cannot be read. So does
// what a web server runs, or takes its orders from.
func Active(fsys fs.FS, name string) bool {
	switch strings.ToLower(path.Base(name)) {
	case "_redirects", "_headers", "_routes.json", "cname", "web.config", "wrangler.toml", "netlify.toml", "vercel.json", "staticwebapp.config.json":
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".php", ".php3", ".php4", ".php5", ".php7", ".php8", ".phps", ".phtml", ".phar", ".inc", ".cgi", ".fcgi", ".asp", ".aspx", ".ashx", ".asmx",
		".ascx", ".jsp", ".jspx", ".jsf", ".do", ".cfm", ".cfc", ".shtm", ".stm", ".hta":
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht", ".js", ".mjs", ".cjs", ".xsl", ".xslt", ".svgz":
		return true
	case ".svg", ".xml":
	default:
		return false
	}
	f, err := fsys.Open(name)
	if err != nil {
		return true
	}
	defer f.Close()
	return runs(f)
}

// runs reports whether an XML document could run something. A browser runs
// what stands before an error too, so that what is broken counts as running.
func runs(r io.Reader) bool {
	limited := &io.LimitedReader{R: r, N: maxActive + 1}
	d := xml.NewDecoder(limited)
	for {
		token, err := d.RawToken()
		switch {
		case limited.N == 0:
			return true
		case errors.Is(err, io.EOF):
			return false
		case err != nil:
			return true
		}
		switch t := token.(type) {
		case xml.StartElement:
			if runsElement(t) {
				return true
			}
		case xml.Directive:
			// Declarations could make a script of what looks like a word.
			if strings.ContainsAny(string(t), "[<") {
				return true
			}
		case xml.ProcInst:
			if strings.EqualFold(t.Target, "xml-stylesheet") {
				return true
			}
		}
	}
}

func runsElement(e xml.StartElement) bool {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "meta", "base":
		return true
	}
	return slices.ContainsFunc(e.Attr, func(a xml.Attr) bool {
		return strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || scripted(a.Value)
	})
}

// scripted reports whether an address, or one of several, is a script. Browsers
// pass over white space and controls in it.
func scripted(value string) bool {
	plain := strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, value))
	return strings.Contains(plain, "javascript:") || strings.Contains(plain, "vbscript:") || strings.Contains(plain, "data:text/html")
}
