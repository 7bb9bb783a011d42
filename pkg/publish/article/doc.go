// Package article is what publishers of whole texts share: the text of a post as
// HTML, its pictures led to where they were uploaded, and what the post and its
// files are called there.
package article
