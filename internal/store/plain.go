package store

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// plain is a text as both engines keep it: UTF-8 without NUL, which PostgreSQL
// refuses. What a platform says of a delivery is anything, and must not keep the
// delivery from being recorded.
func plain(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// storable reports whether both engines keep the bytes as they are.
func storable(data []byte) bool { return utf8.Valid(data) && !bytes.Contains(data, []byte{0}) }
