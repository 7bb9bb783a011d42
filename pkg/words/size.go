package words

import (
	"strconv"
	"strings"

	"editorial/pkg/problem"
)

const (
	kilo = 1000
	mega = 1000 * 1000
)

// Size is how large a file of so many bytes is, rounded up: in megabytes where there
// are ten of them, else in kilobytes.
func (w *Words) Size(bytes int64) string { return w.size(bytes, 1) }

// size is Size, rounded up or, with 0, down.
func (w *Words) size(bytes, up int64) string {
	key, unit := "preview.told-kilo", int64(kilo)
	if bytes > 10*mega {
		key, unit = "preview.told-mega", mega
	}
	n := bytes / unit
	if bytes%unit > 0 {
		n += up
	}
	return w.Say(key, problem.Params{"n": strconv.FormatInt(n, 10)})
}

// param is what stands in place of a hole.
func (w *Words) param(hole string, params problem.Params) string {
	name, how, _ := strings.Cut(hole, ":")
	if bytes, err := strconv.ParseInt(params[name], 10, 64); err == nil {
		switch how {
		case "size":
			return w.size(bytes, 1)
		case "room":
			return w.size(bytes, 0)
		}
	}
	return Inert(params[name])
}
