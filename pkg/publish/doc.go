// Package publish is how posts leave, behind two seams: [Output] makes files
// (feeds, pages, newsletters) and touches nothing else; publishers deliver to
// platforms. Each output and each publisher is a folder of its own, and they
// never import each other. What they share stands here.
//
// # An output
//
// The use case fills a [Site] with what is public at one instant, asks the
// output which bodies it Wants, parses those, and writes the [File] values
// that come back. A [File] holds bytes, or names the asset that it is a copy
// of (Source). [CheckPaths] over the files of all outputs finds those that
// would overwrite each other.
//
// # Links
//
// In a post an author writes addresses as files see each other: "autre.md#x",
// "photo.jpg", "/img/plan.png". [Links] turns them into absolute addresses of
// the site; a post that is not out leads nowhere, so that no output gives it
// away. A feed or a mail renders a body like this:
//
//	links := publish.NewLinks(site)
//	html, err := doc.HTML(markdown.Options{
//		Resolve: links.Absolute(entry.Post),
//		Image:   links.Size(entry.Post),
//	})
//
// # Names
//
// [Slug] makes a folder's name of any text; [Tags] and [Pillars] are the
// topics of a site with the paths of their pages; [Site.Home] is the home of
// a language; [Headline] and [Summary] stand in for what a post leaves out.
package publish
