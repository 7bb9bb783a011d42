package leak_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"testing"

	"editorial/internal/need/leak"
)

func TestHunt_findsWhatWasPlanted(t *testing.T) {
	t.Parallel()
	var h leak.Hunt
	s, plain := h.Plant("token"), h.PlantPlain("password")
	quoted, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"as it is": "x" + s + "y", "in an address": "https://x.org/?t=" + url.QueryEscape(s), "in JSON": string(quoted),
		"in a header": base64.StdEncoding.EncodeToString([]byte("user:" + s)),
	} {
		if got := h.In([]byte(text)); len(got) != 1 || got[0] != "token" {
			t.Errorf("%s: found %v", name, got)
		}
	}
	if got := h.In([]byte(s + plain)); len(got) != 2 {
		t.Errorf("two: found %v", got)
	}
	if got := h.In([]byte("*** nothing planted here, no token, no password")); got != nil {
		t.Errorf("found %v in a harmless text", got)
	}
}
