// Package article is what publishers of whole texts share: the text of a post as
// HTML, its pictures led to where they were uploaded, and the files beside it,
// which are sent only if they are those that were frozen.
package article
