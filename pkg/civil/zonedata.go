package civil

import (
	"cmp"
	_ "embed" // zone data
	"encoding/binary"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"editorial/pkg/problem"
)

// zoneinfo is the archive of the IANA zones that comes with the Go release
// (lib/time/zoneinfo.zip), byte for byte; "make generate" refreshes it.
//
//go:embed zoneinfo.zip
var zoneinfo string

// ZoneData is the release of the IANA data in zoneinfo; "make verify" compares
// it with that of the Go release.
const ZoneData = "2025c"

// ErrZone is what [LoadZone] returns, wrapped, for a name it does not take.
var ErrZone = errors.New("unknown zone")

// LoadZone returns the zone of an IANA name such as "Europe/Paris", from the
// embedded data. Upper and lower case count. Names that depend on the host
// ("Local", "", "posixrules") or that stand for an unset clock ("Factory") are
// refused with [ErrZone].
func LoadZone(name string) (Zone, error) {
	if name == "UTC" {
		return UTC(), nil
	}
	if hostly(name) {
		return Zone{}, fmt.Errorf("%w %q", ErrZone, name)
	}
	for e, ok := firstEntry(); ok; e, ok = e.next() {
		if e.name != name {
			continue
		}
		data, ok := e.data()
		if !ok {
			break
		}
		loc, err := time.LoadLocationFromTZData(name, []byte(data))
		if err != nil {
			return Zone{}, fmt.Errorf("zone %q: %w", name, err)
		}
		return Zone{loc}, nil
	}
	return Zone{}, fmt.Errorf("%w %q", ErrZone, name)
}

// Zones returns every name that [LoadZone] takes, sorted.
func Zones() []string {
	var names []string
	for e, ok := firstEntry(); ok; e, ok = e.next() {
		if !strings.HasSuffix(e.name, "/") && !hostly(e.name) {
			names = append(names, e.name)
		}
	}
	slices.Sort(names)
	return names
}

// NearestZone returns the zone that a person who wrote name most likely meant,
// or "": a name in the wrong case, with spaces ("america/new york"), without
// its continent ("Paris"), or misspelt.
func NearestZone(name string) string {
	name = strings.ReplaceAll(strings.TrimSpace(name), " ", "_")
	zones := Zones()
	for _, z := range zones {
		if strings.EqualFold(z, name) {
			return z
		}
	}
	var cities []string
	byCity := map[string]string{}
	for _, z := range zones {
		if city := path.Base(z); city != z && byCity[city] == "" {
			cities = append(cities, city)
			byCity[city] = z
		}
	}
	for _, city := range cities {
		if strings.EqualFold(city, name) {
			return byCity[city]
		}
	}
	return cmp.Or(problem.Nearest(name, zones), byCity[problem.Nearest(name, cities)])
}

// hostly reports whether what the name stands for depends on the host, or on
// nothing at all.
func hostly(name string) bool {
	return name == "" || name == "Local" || name == "localtime" || name == "posixrules" || name == "Factory"
}

// entry is one line of the archive's directory. Reading the directory in place
// costs a few microseconds, where archive/zip builds six hundred values first;
// mkzip.go of the Go release stores every file uncompressed for that use.
type entry struct {
	name   string
	size   uint32
	offset uint32 // of the local header
	stored bool
	rest   string // of the directory
}

// Sizes and signatures of the ZIP format (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16).
const (
	zipEnd, zipEndSize     = "PK\x05\x06", 22
	zipEntry, zipEntrySize = "PK\x01\x02", 46
	zipLocal, zipLocalSize = "PK\x03\x04", 30
)

// firstEntry finds the directory from the end of the archive, which carries
// no comment.
func firstEntry() (entry, bool) {
	at := len(zoneinfo) - zipEndSize
	if at < 0 || zoneinfo[at:at+4] != zipEnd {
		return entry{}, false
	}
	start := u32(zoneinfo, at+16)
	if int(start) > at {
		return entry{}, false
	}
	return entry{rest: zoneinfo[start:at]}.next()
}

// next returns the directory's next entry.
func (e entry) next() (entry, bool) {
	d := e.rest
	if len(d) < zipEntrySize || d[:4] != zipEntry {
		return entry{}, false
	}
	name := int(u16(d, 28))
	end := zipEntrySize + name + int(u16(d, 30)) + int(u16(d, 32))
	if end > len(d) {
		return entry{}, false
	}
	return entry{
		name:   d[zipEntrySize : zipEntrySize+name],
		size:   u32(d, 24),
		offset: u32(d, 42),
		stored: u16(d, 10) == 0,
		rest:   d[end:],
	}, true
}

// data returns the contents of the file.
func (e entry) data() (string, bool) {
	at := int(e.offset)
	if !e.stored || at+zipLocalSize > len(zoneinfo) || zoneinfo[at:at+4] != zipLocal {
		return "", false
	}
	start := at + zipLocalSize + int(u16(zoneinfo, at+26)) + int(u16(zoneinfo, at+28))
	end := start + int(e.size)
	if end > len(zoneinfo) || e.size == 0 {
		return "", false
	}
	return zoneinfo[start:end], true
}

func u16(s string, i int) uint16 { return binary.LittleEndian.Uint16([]byte(s[i : i+2])) }
func u32(s string, i int) uint32 { return binary.LittleEndian.Uint32([]byte(s[i : i+4])) }
