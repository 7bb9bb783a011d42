// Package graph speaks to the Graph API of Meta, which Facebook, Instagram and
// Threads share: one request, what its error means, lists page by page, how much
// of the allowance is used, comments, and the way by which Instagram and Threads
// publish ([Containers]).
//
// Sources: developers.facebook.com/docs/graph-api/guides/error-handling, …/results
// and …/overview/rate-limiting, read in November 2026. Codes that the first does
// not list were met in practice (public code of other schedulers, 2026): the
// tables in fault.go say which.
//
// Errors are told apart by their numbers, never by their words. The token goes in
// a header, never in an address, and out of everything that an answer says; the
// address of a next page, which holds the token, is never followed, only read.
package graph
