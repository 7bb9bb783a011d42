// Package secret keeps what accounts are proved by, and hands it to publishers as
// [platform.Credentials].
//
// What counts, in this order: the token or password that the configuration
// gives, by its variable or a file; what "connect" put into the keyring of the
// system; what it put into .editorial/secrets.age, encrypted with age for an
// identity that stands outside the office. docs/adr/secrets.md says why.
//
// A token that is renewed is written, flushed and read back before anybody uses
// it, under a lock that all programs on the office share, so that two of them
// never send one refresh token. What a network does wrong never removes
// anything.
package secret
