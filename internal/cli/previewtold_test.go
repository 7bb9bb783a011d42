package cli

import "testing"

func TestFileSize(t *testing.T) {
	t.Parallel()
	for bytes, want := range map[int64]struct {
		key string
		n   int64
	}{
		0: {"preview.told-kilo", 0}, 1: {"preview.told-kilo", 1}, 1000: {"preview.told-kilo", 1}, 1001: {"preview.told-kilo", 2},
		10_000_000: {"preview.told-kilo", 10_000}, 10_000_001: {"preview.told-mega", 11}, 99 << 20: {"preview.told-mega", 104}, 256 << 30: {"preview.told-mega", 274_878},
	} {
		if key, n := fileSize(bytes); key != want.key || n != want.n {
			t.Errorf("%d bytes: %d %s, want %d %s", bytes, n, key, want.n, want.key)
		}
	}
}
