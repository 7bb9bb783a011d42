package bluesky

import (
	"encoding/binary"
	"time"

	"editorial/pkg/publish/platform"
)

// tid is the name of a record for a key and an instant: a TID, 13 characters that
// sort by time (atproto.com/specs/tid). Its microseconds within the second, and the
// ten bits that tell clocks apart, follow from the key, so that it is the same in
// every attempt and another one for every placement.
func tid(key platform.Key, at time.Time) string {
	const (
		alphabet = "234567abcdefghijklmnopqrstuvwxyz"
		second   = 1_000_000 // microseconds
		clock    = 10        // bits
	)
	sum := key.Sum()
	n := binary.BigEndian.Uint64(sum[:8])
	v := (uint64(at.Unix())*second+n>>clock%second)<<clock | n&(1<<clock-1)
	v &= 1<<63 - 1 // the first bit is never set
	var s [13]byte
	for i := len(s) - 1; i >= 0; i-- {
		s[i] = alphabet[v&31]
		v >>= 5
	}
	return string(s[:])
}
