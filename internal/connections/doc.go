// Package connections makes the accounts of an office from its configuration and
// its secrets, and the publishers that speak for them.
package connections
