// Package mail is the publisher of newsletters: an edition by SMTP, to addresses
// that somebody gave by hand, each in an envelope of its own.
//
// # What it guarantees
//
// At most one mail a recipient. An answer of 250 after the final dot is all that
// SMTP promises (RFC 5321, section 4.2.5), and no server takes a second mail with
// the same Message-ID for the first: OpenSMTPD with Dovecot stores both (measured
// November 2026). So the handle says of every recipient where he stands:
//
//	pending → sending → sent | refused | uncertain
//
// It is saved before DATA and after the answer. Whoever stands as sending when
// nobody sends is uncertain: he may have the mail, and gets it again only if a
// person says so ([Settle]). The others go on.
//
// An edition is published when every recipient is sent or refused, uncertain as
// long as one is uncertain and nobody is left to try, and refused when nobody
// took it. Those whom a server puts off (4xx, greylisting) are tried again, after
// longer and longer waits, for [GiveUp].
//
// # What it keeps
//
// Neither the frozen message nor the handle holds an address: they know a
// recipient by a token, the SHA-256 of the placement's key and the address. The
// address itself comes from the configuration when the mail is sent, so that
// whoever was taken out of it meanwhile gets nothing, and whoever was added waits
// for the next edition. The token hides an address from those who read a backup
// or a log, not from one who guesses it.
//
// # The mail
//
// The message is that of package newsletter, but for To, Message-ID and the
// signature, which are the recipient's own. Message-ID and signature follow from
// the key, the address and the text alone: the same edition is the same bytes.
//
// DKIM signatures (RFC 6376, RFC 8463) are made here, because libraries put the
// present instant into them.
package mail
