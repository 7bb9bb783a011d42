// Package config reads config.toml, the strategy of the office, and what the
// environment and flags lay over it.
//
// # Layers
//
// Defaults, then config.toml, then the environment, then --set: the later wins,
// key by key. A key is written as in TOML with dots: "platforms.blog.live". An
// element of a list of tables is named by its id or name ("people.awa.hours"),
// or by its number from 1 where it has none. The variable of a key is
// EDITORIAL_ and the key in capitals, everything else than letters and digits
// as "_": EDITORIAL_PLATFORMS_BLOG_LIVE. A secret may also come from the file
// that the variable with _FILE at its end names. Every value knows where it
// came from ([Origins]).
//
// # Strictness
//
// [Read] reports everything that is wrong at once, each with its line and
// column: a value of the wrong type or out of range, a key that nobody knows,
// a name that leads nowhere. With an error among them the configuration must
// not be used.
//
// # One struct
//
// [Config] is the schema: the keys, their types and ranges stand in its tags,
// what an office gets that says nothing in [Default], and what each key means
// in package words (area "config"), in French and in English. [Keys] lists
// all of it; docs/config.md is held against that list by a test. Keys that are
// read and checked, and that nothing obeys yet, carry the tag later:"true".
//
// The tags: toml (the key), is (what a text must be), range (of a number),
// required, identity (the field that names an element), later.
package config
