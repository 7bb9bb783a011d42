package platform

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/google/uuid"
)

// Key names one placement for good: "POST#CONNECTION#OCCURRENCE" as it stands in
// the agreed calendar, or of an edition "edition:ID#PLATFORM#1". It never changes
// with a move or an attempt, and nothing in it is chance, so that whatever a
// platform is told to know a post by follows from it.
type Key string

// NewKey returns the key of a placement.
func NewKey(post, connection string, occurrence int) Key {
	return Key(post + "#" + connection + "#" + strconv.Itoa(occurrence))
}

// EditionKey returns the key of a newsletter's edition.
func EditionKey(id, platform string) Key { return Key("edition:" + id + "#" + platform + "#1") }

// Sum is the SHA-256 of the key.
func (k Key) Sum() [sha256.Size]byte { return sha256.Sum256([]byte(k)) }

// Token is the first n characters, at most 64, of the sum in hexadecimal: a name
// for the placement that every platform takes.
func (k Key) Token(n int) string {
	sum := k.Sum()
	return hex.EncodeToString(sum[:])[:n]
}

// UUID is the key as a name-based UUID, for headers that want one.
func (k Key) UUID() string { return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:"+k)).String() }

// Part is the key of the n-th post, from 1, of a thread; the first is the key
// itself.
func (k Key) Part(n int) Key {
	if n <= 1 {
		return k
	}
	return k + Key("/"+strconv.Itoa(n))
}
