package office

import (
	"net/url"
	"path"
	"strings"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// CodeLinkNowhere says that a link leads to a file that is not there.
const CodeLinkNowhere problem.Code = "link-nowhere"

// CodeNoMedia says that a film or a sound of a post is not there.
const CodeNoMedia problem.Code = "no-such-media"

// absent is the code of a file that is shown and is not there.
func absent(dest string) problem.Code {
	if playable(dest) {
		return CodeNoMedia
	}
	return content.CodeNoImage
}

// playable reports whether an address is that of a film or a sound, by its name.
func playable(dest string) bool {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil {
		return false
	}
	kind := asset.Type(u.Path)
	return strings.HasPrefix(kind, "video/") || strings.HasPrefix(kind, "audio/")
}

// isAbsent reports whether a finding is one of a file that is shown and is not there.
func isAbsent(p problem.Problem) bool { return p.Code == content.CodeNoImage || p.Code == CodeNoMedia }

// allLinks says where addresses lead once every post is out.
func (o *Office) allLinks() *publish.Links {
	return publish.NewLinks(o.siteOf(o.Corpus.Posts, func(p *content.Post) (time.Time, bool) {
		return p.Date.Instant, p.Edition.IsZero()
	}))
}

// checkLinks looks for pictures, films and links of a text that name a file which is
// not there. Addresses of pages are not judged: another program may make them.
func checkLinks(links *publish.Links, facts publish.Facts, p *content.Post) []problem.Problem {
	var ps []problem.Problem
	find := func(code problem.Code, line int, dest string) {
		ps = append(ps, problem.Problem{
			Position: problem.Position{File: ContentDir + "/" + p.Path, Line: p.BodyLine + line - 1},
			Code:     code, Severity: problem.Warning, Params: problem.Params{"value": dest},
		})
	}
	for _, i := range facts.Images {
		if missing(links, p, i.Dest) {
			find(absent(i.Dest), i.Line, i.Dest)
		}
	}
	for _, s := range facts.Sources {
		if missing(links, p, s.Dest) {
			find(absent(s.Dest), s.Line, s.Dest)
		}
	}
	for _, l := range facts.Links {
		switch {
		case !missing(links, p, l.Dest):
		case playable(l.Dest): // it goes out with the post, where a platform takes it
			find(absent(l.Dest), l.Line, l.Dest)
		default:
			find(CodeLinkNowhere, l.Line, l.Dest)
		}
	}
	return ps
}

// missing reports whether an address names a file beside the posts that is
// not there.
func missing(links *publish.Links, p *content.Post, dest string) bool {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || u.Path == "" {
		return false
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case "", ".html", ".htm", ".php", ".xml", ".json", ".ics":
		return false // a page, or what the site makes
	}
	t := links.Target(p, dest)
	return t.Entry == nil && t.Source == ""
}
