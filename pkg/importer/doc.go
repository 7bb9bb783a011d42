// Package importer turns what another program holds into posts of ours: the
// folder of a Hugo or Jekyll site, an export of WordPress, a table in CSV, a
// feed. It is pure: files are an [io/fs.FS], nothing is written, no clock is
// asked, no address is fetched.
//
//	kind, err := importer.Recognise(fsys, name)
//	batch, err := importer.Read(ctx, fsys, name, kind, importer.Options{…})
//
// A [Batch] holds each post as the bytes of its file, with what identifies it
// where it came from (the guid of its feed, its old address), the files that
// it needs, and a note of everything that was not converted: counted, with the
// place where it first stands. Where a post goes, which id it gets and whether
// it is there already is for the caller.
//
// # What is kept
//
// docs/import.md has the tables. In short: guids, dates with their offset, old
// addresses, authors, tags and categories, languages and translations, drafts,
// summaries, pictures. Front matter of Hugo and Jekyll stays as it was written,
// but for what would mean something else here; HTML becomes Markdown.
//
// # Limits
//
// [MaxBytes] of a file, [MaxPosts] and [content.MaxFile] of a post bound what
// is read. None depends on the machine. Damaged XML is read as far as it goes,
// item by item.
package importer
