// Package content reads what is written: posts, which are Markdown files with
// front matter. It knows files only as an fs.FS, no calendar, no platform and
// no clock.
//
// [Load] reads a folder into a [Corpus]: every post, and every problem of
// every post. A post with an error is kept, marked, and held back from what
// is built; it never hides another.
package content
