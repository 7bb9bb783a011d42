package agreed

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key names one placement for good: it is allotted when the placement is first
// agreed, and no move, new title or new attempt changes it.
type Key struct {
	// Post is the id of the post.
	Post string
	// Connection is the account on the platform, by its name in config.toml.
	Connection string
	// Occurrence counts from 1 how often the post goes out there.
	Occurrence int
}

// ErrKey is returned, wrapped, by [ParseKey].
var ErrKey = errors.New("not a key of the form post#connection#1")

// maxOccurrence bounds what a file can claim.
const maxOccurrence = 999_999

// ParseKey reads what [Key.String] writes.
func ParseKey(s string) (Key, error) {
	f := strings.Split(s, "#")
	if len(f) != 3 {
		return Key{}, fmt.Errorf("%w: %q", ErrKey, s)
	}
	post, ok := unescape(f[0])
	connection, ok2 := unescape(f[1])
	n, err := strconv.Atoi(f[2])
	k := Key{post, connection, n}
	if !ok || !ok2 || err != nil || f[2] != strconv.Itoa(n) || !k.Valid() {
		return Key{}, fmt.Errorf("%w: %q", ErrKey, s)
	}
	return k, nil
}

// Valid reports whether the key names something.
func (k Key) Valid() bool {
	return k.Post != "" && k.Connection != "" && k.Occurrence >= 1 && k.Occurrence <= maxOccurrence
}

// String returns the form post#connection#1. What would break a line or the
// form itself (white space, control characters, #, %) stands as %XX, byte by
// byte.
func (k Key) String() string {
	return escape(k.Post) + "#" + escape(k.Connection) + "#" + strconv.Itoa(k.Occurrence)
}

// MarshalText writes what String returns.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what String returns.
func (k *Key) UnmarshalText(text []byte) (err error) {
	*k, err = ParseKey(string(text))
	return err
}

// Compare orders keys by post, connection and occurrence.
func (k Key) Compare(l Key) int {
	return cmp.Or(cmp.Compare(k.Post, l.Post), cmp.Compare(k.Connection, l.Connection), cmp.Compare(k.Occurrence, l.Occurrence))
}

// plain reports whether a character may stand in a word of the file as it is.
func plain(r rune, size int) bool {
	switch {
	case r == '#' || r == '%':
		return false
	case r < utf8.RuneSelf:
		return r > ' ' && r < 0x7f
	case r == utf8.RuneError && size == 1:
		return false // not UTF-8
	}
	return unicode.IsPrint(r) && !unicode.IsSpace(r)
}

func escape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if plain(r, size) {
			b.WriteString(s[i : i+size])
		} else {
			for _, c := range []byte(s[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		}
		i += size
	}
	return b.String()
}

func unescape(s string) (string, bool) {
	if !strings.Contains(s, "%") {
		return s, true
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "%")
		b.WriteString(before)
		if !ok {
			return b.String(), true
		}
		if len(after) < 2 {
			return "", false
		}
		c, err := strconv.ParseUint(after[:2], 16, 8)
		if err != nil || after[0] == '+' {
			return "", false
		}
		b.WriteByte(byte(c))
		s = after[2:]
	}
}
