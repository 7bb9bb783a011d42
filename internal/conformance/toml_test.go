package conformance

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	tomltest "github.com/toml-lang/toml-test/v2"

	"editorial/pkg/value"
)

// tomlTest is the suite of TOML's own organisation, for TOML 1.1.
func tomlTest() suite {
	return suite{name: "toml-test", version: "2.2.0, TOML 1.1", exceptions: tomlExceptions(), cases: func(t *testing.T) []verdict {
		files := tomltest.TestCases()
		list, err := fs.ReadFile(files, "files-toml-1.1.0")
		if err != nil {
			t.Fatal(err)
		}
		var all []verdict
		for _, name := range strings.Fields(string(list)) {
			if path.Ext(name) != ".toml" {
				continue
			}
			src, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			v := verdict{name: strings.TrimSuffix(name, ".toml")}
			if strings.HasPrefix(name, "invalid/") {
				v.fault = refused("toml", src)
			} else if v.fault = readAs("toml", src, tomlWant(t, files, v.name)); v.fault == "" {
				v.fault, v.fixed = roundTrips("toml", src)
				if v.fault == "" {
					v.fault = asPost("toml", src)
				}
			}
			all = append(all, v)
		}
		return all
	}}
}

// tomlWant is what a valid case says.
func tomlWant(t *testing.T, files fs.FS, name string) any {
	t.Helper()
	data, err := fs.ReadFile(files, name+".json")
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return untag(v)
}

// untag turns {"type": "integer", "value": "1"} into what [plain] makes of 1.
func untag(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = untag(v[i])
		}
		return list
	case map[string]any:
		typ, ok1 := v["type"].(string)
		s, ok2 := v["value"].(string)
		if !ok1 || !ok2 || len(v) != 2 {
			table := make(map[string]any, len(v))
			for k, m := range v {
				table[k] = untag(m)
			}
			return table
		}
		switch typ {
		case "string":
			return s
		case "bool":
			return s == "true"
		case "integer":
			n, err := strconv.ParseInt(s, 10, 64)
			if err == nil {
				return n
			}
		case "float":
			f, err := strconv.ParseFloat(s, 64)
			if err == nil {
				return number(f)
			}
		default:
			return moment(s)
		}
		return fmt.Sprintf("%s %q is not understood", typ, s)
	}
	return v
}

// instant is a date of TOML in one spelling.
type instant string

// moment brings a date into one spelling: what means the same is the same.
func moment(s string) instant {
	s = strings.NewReplacer(" ", "T", "t", "T", "z", "Z").Replace(s)
	for _, layout := range []string{"2006-01-02T15:04Z07:00", time.RFC3339Nano} {
		if at, err := time.Parse(layout, s); err == nil {
			return instant(at.UTC().Format(time.RFC3339Nano))
		}
	}
	for _, layouts := range [][]string{{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04"}, {"15:04:05.999999999", "15:04"}, {time.DateOnly}} {
		for _, layout := range layouts {
			if at, err := time.Parse(layout, s); err == nil {
				return instant(at.Format(layouts[0]))
			}
		}
	}
	return instant("not understood: " + s)
}

// number makes every NaN the same.
func number(f float64) any {
	if math.IsNaN(f) {
		return "NaN"
	}
	return f
}

// plain is a value as JSON has it, with int64, float64 and instants.
func plain(v value.Value) any {
	switch v.Kind {
	case value.Bool:
		return v.Bool
	case value.Int:
		return v.Int
	case value.Float:
		return number(v.Float)
	case value.String:
		return v.Str
	case value.Time:
		return moment(v.Str)
	case value.List:
		list := make([]any, len(v.List))
		for i := range v.List {
			list[i] = plain(v.List[i])
		}
		return list
	case value.Map:
		table := make(map[string]any, len(v.Map))
		for _, m := range v.Map {
			table[m.Key] = plain(m.Value)
		}
		return table
	}
	return nil
}
