// Package media says which files beside a post a platform takes, and reads them:
// what is sent has the bytes that were frozen, or is not sent.
package media
