package graph

import (
	"strings"

	"editorial/pkg/publish"
)

// Squeeze is a text without what platforms change about spaces.
func Squeeze(s string) string { return strings.Join(strings.Fields(publish.Clean(s)), " ") }
