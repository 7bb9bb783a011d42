package platform

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Message is what goes out: the frozen bytes. It is made once, before the first
// attempt, and kept; what is sent is made of it alone.
type Message struct {
	// Kind is that of the platform.
	Kind string `json:"kind"`
	// Parts are the texts as readers will see them: one, or those of a thread.
	Parts []Part `json:"parts"`
	// Title is that of platforms whose posts have one.
	Title string  `json:"title,omitempty"`
	Media []Media `json:"media,omitempty"`
	// Wire is what the publisher itself freezes: bodies of requests, facets,
	// times. Its shape is the publisher's own.
	Wire json.RawMessage `json:"wire,omitempty"`
	// Cost is what sending it costs, in millionths of a US dollar.
	Cost int64 `json:"cost,omitempty"`
	// FirstComment is said under it once it is out.
	FirstComment string `json:"first_comment,omitempty"`
}

// Part is one text, with how long the platform finds it.
type Part struct {
	Text string `json:"text"`
	// Count and Limit are in the platform's unit; Limit 0 means none.
	Count int `json:"count,omitempty"`
	Limit int `json:"limit,omitempty"`
	// Unit is "weighted", "graphemes", "bytes" or "characters".
	Unit string `json:"unit,omitempty"`
}

// Freeze returns the bytes of a message and their SHA-256 in hexadecimal.
func (m Message) Freeze() (data []byte, sum string, err error) {
	data, err = json.Marshal(m)
	if err != nil {
		return nil, "", fmt.Errorf("freeze message: %w", err)
	}
	h := sha256.Sum256(data)
	return data, hex.EncodeToString(h[:]), nil
}

// Thaw reads frozen bytes, and refuses those that are not the ones frozen.
func Thaw(data []byte, sum string) (Message, error) {
	var m Message
	if h := sha256.Sum256(data); hex.EncodeToString(h[:]) != sum {
		return m, fmt.Errorf("frozen message: the bytes are not those that were frozen")
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("frozen message: %w", err)
	}
	return m, nil
}

// Said is the SHA-256, in hexadecimal, of what readers see: two placements with
// the same one say the same thing twice.
func (m Message) Said() string {
	h := sha256.New()
	for _, p := range m.Parts {
		fmt.Fprintf(h, "%q\n", p.Text)
	}
	fmt.Fprintf(h, "%q\n", m.Title)
	for _, f := range m.Media {
		fmt.Fprintf(h, "%q\n", f.Sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}
