// Package ping tells others that pages and feeds have changed: hubs of WebSub,
// which fetch a feed at once and pass it on, and search engines that take part in
// IndexNow. A ping may be repeated and may be lost. It follows what is out and is
// no part of any delivery: an [Outcome] is no error, and has no class.
//
// Sources: w3.org/TR/websub (2018) for hubs; what a publisher sends them is
// convention, not of the standard. indexnow.org/documentation, read in November
// 2026.
package ping
