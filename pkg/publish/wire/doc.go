// Package wire sends one request to a platform and says of every failure whether
// the request can have arrived: what publishers need to know, and HTTP clients
// hide. It repeats nothing, follows no redirect, waits for nothing, and reads
// no more of an answer than it is told.
package wire
