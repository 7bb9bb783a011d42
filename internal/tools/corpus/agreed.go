package corpus

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Social is the connection on which an office of [WriteAgreed] tells of its posts.
const Social = "social"

// WriteAgreed makes an office of n posts, each of which has a placement to come:
// on [Social], a minute apart, the first at an instant.
func WriteAgreed(dir string, n int, seed uint64, first time.Time) error {
	if err := Write(dir, n, seed); err != nil {
		return err
	}
	more := fmt.Sprintf("\n[platforms.%s]\nkind = \"mastodon\"\n", Social)
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config+more), 0o644); err != nil {
		return err
	}
	var lines bytes.Buffer
	for i := range n {
		at := first.Add(time.Duration(i) * time.Minute).UTC().Format("2006-01-02T15:04Z[UTC]")
		fmt.Fprintf(&lines, "%s %s post-%d#%s#1\n", at, Social, i, Social)
	}
	return os.WriteFile(filepath.Join(dir, "calendar.txt"), lines.Bytes(), 0o644)
}
