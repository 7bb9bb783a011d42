package text

import "golang.org/x/text/unicode/norm"

// WeightedLinks counts the addresses that X finds in a text: a post with one
// costs more there than one without.
func WeightedLinks(s string) int { return len(weightedLinks(norm.NFC.String(s))) }
