// Package outbound is the one way out of the program: the HTTP client that
// publishers are given, and the dialer for what is no HTTP, such as mail.
//
// What a post, a feed or a platform's answer names may lead anywhere, so the
// address is checked where the connection is made, after the name was looked
// up: an answer of the domain name system that changes between two questions
// gains nothing. Only addresses of the public internet are reached, and besides
// them the servers that the office itself names in its configuration, each at
// its host and port alone. Plain http is for those of them that are named so.
//
// Nothing happens on its own: no redirect is followed, no cookie kept, no
// request sent again, no password taken from an address or a .netrc. Waiting for
// a connection, for TLS and for the head of an answer each has its limit; the
// rest is bounded by the context of the request. HTTP/1.1 alone is spoken, since
// there it is known whether a byte of a request has left.
//
// A proxy is used only if HTTPS_PROXY or HTTP_PROXY names one, with NO_PROXY as
// usual. It is reached wherever it stands, as the person who set the variable
// wants, and looks names up itself: an address in figures is checked before, what
// a name leads to is then the proxy's to check.
package outbound
