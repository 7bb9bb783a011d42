// Package site makes plain, accessible, fast pages, so that every link of a
// feed or a mail leads somewhere. Whoever has a site already leaves it out.
//
//	pages, err := site.New(site.Options{})
//	files, err := publish.Files(pages, s, bodies)
//
// # What is made
//
// A page for each post at its path; the home, and one for each language where
// there are several; a page for each tag, a list of tags, an archive by year;
// 404.html, robots.txt, sitemap.xml, style.css and icon.svg; and copies of the
// assets that the posts shown use, and of no others.
//
// # Links
//
// Pages, styles and pictures of the site are linked relative to the page
// ("../../style.css"), so the same bytes work at the root of a domain, below a
// path, and from a preview server on another port. What a machine reads from
// elsewhere (canonical address, Open Graph, sitemap) is absolute. 404.html,
// which is served at any address, has its style within and links from the
// root. With Options.IndexFiles links name index.html and the folder works
// when it is opened from a disk.
//
// # Safety
//
// Templates are html/template, parsed by [New]; bodies come sanitised from
// package markdown. No page runs a script, and each says so in its content
// security policy; the one script element is data (JSON-LD), encoded as such.
package site
