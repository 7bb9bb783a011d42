// Package wordpress publishes on a WordPress of one's own by its REST interface
// (developer.wordpress.org/rest-api, read 2026-11; held against 6.1.9 in tests).
//
// Account: Server is the address of the site, Name the user, the access token an
// application password. Options: "category" names categories, with commas
// between them; "rest" is the way to the interface, "/wp-json" unless given
// ("/?rest_route=" works where addresses of pages are not pretty).
//
// Guarantee: exactly once. A post is a draft first, whose id is kept; publishing
// is a change of its status, which may be repeated. A draft whose id was lost is
// found by its address and by a mark in its text, which readers do not see: the
// name of the HTML block that holds the text.
//
// What WordPress does of itself and is met here: two posts never share an
// address, the later gets "-2"; lists show published posts alone unless asked; a
// picture that names itself in its EXIF gets that name as its address; a post
// dated ahead becomes "future" instead of "publish", and one dated behind is out
// at once; what is planned there goes out only if somebody visits the site or a
// timer calls wp-cron.php.
package wordpress
