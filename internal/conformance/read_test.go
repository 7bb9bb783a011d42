package conformance

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

func parse(format string, src []byte) (value.Value, []problem.Problem) {
	if format == "toml" {
		return value.ParseTOML("", src, 1)
	}
	return value.ParseYAML("", src, 1)
}

func set(format string, src []byte, path []string, v value.Value) ([]byte, error) {
	if format == "toml" {
		return value.SetTOML(src, path, v, "")
	}
	return value.SetYAML(src, path, v, "")
}

// refused says what is wrong where a document that must be refused is read.
func refused(format string, src []byte) string {
	if _, problems := parse(format, src); len(problems) > 0 {
		return ""
	}
	return "is read, and it is not valid"
}

// readAs says what is wrong where a document is not read, or as something else.
func readAs(format string, src []byte, want any) string {
	v, problems := parse(format, src)
	if len(problems) > 0 {
		return fmt.Sprintf("is refused: %v: %v", problems[0], problems[0].Cause)
	}
	if d := cmp.Diff(want, plain(v)); d != "" {
		return "is read as something else: want -, got +:\n" + d
	}
	return ""
}

// roundTrips sets each value of a valid document in turn to others, and adds a
// key. Either that cannot be done and is said, or the new value is there, and
// every byte but those of the old one stays. Fixed reports that no key can be
// added.
func roundTrips(format string, src []byte) (fault string, fixed bool) {
	root, _ := parse(format, src)
	places := offsets(src, root)
	for _, leaf := range leaves(root, nil) {
		own := offsets(src, leaf.value)
		for _, v := range others(leaf.value) {
			out, err := set(format, src, leaf.path, v)
			if err != nil {
				continue // said, and nothing is written
			}
			from, to := changed(src, out)
			for at, off := range places {
				if _, is := own[at]; !is && off >= from && off < to {
					return fmt.Sprintf("setting %v changes %q, where another value begins, to\n%s", leaf.path, src[from:to], out), false
				}
			}
			if fault := saysNow(format, out, root, leaf.path, v); fault != "" {
				return fault, false
			}
		}
	}
	added := value.Value{Kind: value.String, Str: "added"}
	out, err := set(format, src, []string{"conformance-key"}, added)
	if err != nil {
		return "", true
	}
	if from, to := changed(src, out); from < to {
		return fmt.Sprintf("adding a key changes %q", src[from:to]), false
	}
	return saysNow(format, out, root, []string{"conformance-key"}, added), false
}

// others are values to set in the place of one.
func others(v value.Value) []value.Value {
	text := func(s string) value.Value { return value.Value{Kind: value.String, Str: s} }
	return []value.Value{
		text("l’été : #1"), text(""), text("true"), {Kind: value.Bool, Bool: !v.Bool}, {Kind: value.Int, Int: -7},
		{Kind: value.List, List: []value.Value{text("a, b"), text("[c] # d"), text("- e")}},
	}
}

// saysNow says what is wrong where a changed document does not say v under
// path, and all else as before.
func saysNow(format string, out []byte, before value.Value, path []string, v value.Value) string {
	after, problems := parse(format, out)
	if len(problems) > 0 {
		return fmt.Sprintf("setting %v breaks it: %v\n%s", path, problems[0], out)
	}
	want, _ := plain(before).(map[string]any)
	table := want
	for _, k := range path[:len(path)-1] {
		table, _ = table[k].(map[string]any)
	}
	table[path[len(path)-1]] = plain(v)
	if d := cmp.Diff(any(want), plain(after)); d != "" {
		return fmt.Sprintf("setting %v: want -, got +:\n%s\nin\n%s", path, d, out)
	}
	return ""
}

// leaf is a value that is no table, with its path.
type leaf struct {
	path  []string
	value value.Value
}

func leaves(v value.Value, path []string) []leaf {
	var all []leaf
	for _, m := range v.Map {
		below := append(append([]string(nil), path...), m.Key)
		if m.Value.Kind == value.Map {
			all = append(all, leaves(m.Value, below)...)
		} else {
			all = append(all, leaf{below, m.Value})
		}
	}
	return all[:min(len(all), 40)]
}

// offsets are the bytes at which values that are no lists or tables begin.
func offsets(src []byte, v value.Value) map[problem.Position]int {
	lines := bytes.SplitAfter(src, []byte("\n"))
	begin := make([]int, len(lines)+1)
	for i, l := range lines {
		begin[i+1] = begin[i] + len(l)
	}
	all := map[problem.Position]int{}
	var walk func(v value.Value)
	walk = func(v value.Value) {
		for _, e := range v.List {
			walk(e)
		}
		for _, m := range v.Map {
			walk(m.Value)
		}
		if v.Kind == value.List || v.Kind == value.Map {
			return
		}
		off := begin[v.At.Line-1]
		if v.At.Line == 1 && bytes.HasPrefix(src, []byte("\ufeff")) {
			off += len("\ufeff")
		}
		for col := 1; col < v.At.Col; col++ {
			_, n := utf8.DecodeRune(src[off:])
			off += n
		}
		all[v.At] = off
	}
	walk(v)
	return all
}

// changed returns the bytes of a that are not in b.
func changed(a, b []byte) (from, to int) {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	to = len(a)
	for end := len(b); to > from && end > from && a[to-1] == b[end-1]; end-- {
		to--
	}
	return from, to
}

// list is the numbers of a text such as "1 4-6", as names of cases.
func list(numbers string) []string {
	var all []string
	for part := range strings.FieldsSeq(numbers) {
		low, high, _ := strings.Cut(part, "-")
		if high == "" {
			high = low
		}
		a, _ := strconv.Atoi(low)
		b, _ := strconv.Atoi(high)
		for ; a <= b; a++ {
			all = append(all, strconv.Itoa(a))
		}
	}
	return all
}

// because gives cases their reason.
func because(into map[string]string, reason string, names ...string) {
	for _, name := range names {
		into[name] = reason
	}
}
