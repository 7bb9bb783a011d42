// Package text makes of a post what a short platform says: within its length, as
// the platform counts, and never cut inside a character that people see as one,
// nor inside a link or a tag.
package text
