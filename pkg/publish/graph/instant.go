package graph

import (
	"encoding/json"
	"strings"
	"time"
)

// Instant is a time as the interfaces write it: seconds since 1970, or ISO 8601
// with a zone without a colon.
type Instant struct{ time.Time }

// UnmarshalJSON reads either; anything else is no time.
func (i *Instant) UnmarshalJSON(data []byte) error {
	s := strings.Trim(string(data), `"`)
	var seconds float64
	if json.Unmarshal([]byte(s), &seconds) == nil && seconds > 0 && seconds < 1e11 {
		i.Time = time.Unix(int64(seconds), 0).UTC()
		return nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05-0700", time.RFC3339} {
		if at, err := time.Parse(layout, s); err == nil {
			i.Time = at.UTC()
			return nil
		}
	}
	return nil
}
