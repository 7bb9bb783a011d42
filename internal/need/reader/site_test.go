package reader_test

import (
	"flag"
	"testing"

	"editorial/internal/need/reader"
)

var site = flag.String("site", "", "folder of a built site, such as public, whose feeds are to be read")

// TestSite reads the feeds of any site: go test ./internal/need/reader -site DIR.
func TestSite(t *testing.T) {
	if *site == "" {
		t.Skip("no -site")
	}
	reader.Check(t, *site)
}
