// Package content reads what is written: posts, which are Markdown files with
// front matter in TOML, YAML or JSON. It knows files only as an fs.FS, no
// calendar, no platform and no clock.
//
// # Reading
//
// [Load] reads a folder into a [Corpus]: every post, every asset, and every
// problem. A post with an error is kept, marked ([Post.HasErrors]), and held
// back from what is built; it never hides another. [Read] reads one post from
// bytes.
//
// docs/front-matter.md says what each key means, which spellings are known and
// what is derived where nothing is said: id, slug, language, date and stage.
// The reading is strict: a wrong type, an unreadable date or a misspelt key
// that guards publication is an error with line and column, never a guess.
// Unknown keys are kept in [Post.Extra]; [Post.At] says where a field stands,
// for whoever finds more problems in it later.
//
// # Writing
//
// [Set] sets one field and leaves every other byte of the file alone. It turns
// bytes into bytes; writing the file is for the caller.
//
// # Limits
//
// [MaxFile], [MaxFrontMatter], [MaxFiles] and those of package value bound
// what is read, in bytes and counts.
package content
