// Package connect gets an account's token from its platform for the first time,
// together with the person whose account it is.
//
// With OAuth 2 the person's browser shows the platform's own page; it then sends
// them back to a page of this program, on the loopback of this machine, that
// takes the code and shows nothing of it. Where there is no browser, or the
// platform sends people to an address of the web only, the person pastes the
// address at which they ended. Chance ties the two ends together (state), and,
// where the platform knows it, the code to this program (PKCE, S256).
//
// OAuth 1.0a goes the same way. App passwords and tokens are typed: package cli
// asks for them.
package connect
