// Package bearer sends requests in the name of an account whose token OAuth 2.0
// made (RFC 6749, RFC 6750): with the token there is, and, only if the platform
// does not take it, once more with a renewed one.
//
// A token is never renewed because a clock says so: who renews too early breaks
// what still works, and a refresh token that is good for one use is not spent for
// nothing. The account's [platform.Credentials] see to it that one program at a
// time renews, and keep the new pair before it is used.
package bearer
