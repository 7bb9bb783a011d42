// Package gitsite publishes by git: a post becomes a file in a repository, from
// which somebody's machine makes the site (Hugo, Jekyll, Eleventy, Pages of a
// forge).
//
// Account: Server is the address of the repository, Name and the access token
// are for https, where it needs any. Options: "repository", an address that is
// none of the web, in place of Server; "branch" ("main" unless given);
// "path", where the post goes ("content/posts/:slug.md"); "assets", the folder
// of its files (beside it, as they stand to each other in content/); "form",
// "source" for the file as it was written, "yaml" for front matter made anew;
// "name" and "email" of the commits.
//
// Guarantee: exactly once. The commit bears the key of the placement in a trailer
// "Editorial-Key", and a push changes the branch only from the commit on which
// ours stands. Commit fetches and looks for the key before it makes anything, so
// that it may be called any number of times, by any number of machines.
//
// Nothing is ever checked out: the repository is a bare one of our own, commits
// are made of objects, and no hook, filter or setting of the repository counts.
package gitsite
