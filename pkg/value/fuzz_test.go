package value_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"editorial/pkg/value"
)

// FuzzTOML: what is read without a problem is what another library reads.
func FuzzTOML(f *testing.F) {
	for _, s := range []string{
		"a = 1\n[b]\nc = [1, {d = '''é\n'''}]\n", "[[a]]\nb.c = 1979-05-27T07:32:00Z\n[[a.d]]\n", "a.b.c = 1\na.d = 2\n", "\"\" = {}\n'x y'.z = 0xff", "a = \"\\u00e9\\\\\\n\"", "a = 1e3\nb = inf\nc = -nan\nd = 1_000\n",
		"a = 07:32:00.5\nb = 1979-05-27\nc = 1979-05-27 07:32:00\n", "a = [\n# c\n1,\n]\r\n", "a = \"\"\"\\\n  x\"\"\"\n", "[a.b]\n[a]\nc=1\n", "a = {b.c = 1, b.d = 2}\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, problems := value.ParseTOML("f", []byte(src), 1)
		if len(problems) > 0 {
			return
		}
		var want map[string]any
		if _, err := toml.Decode(strings.TrimPrefix(src, "\ufeff"), &want); err != nil {
			t.Fatalf("%q is read, though %v", src, err)
		}
		if why := same(got, want); why != "" {
			t.Errorf("%q: %s", src, why)
		}
	})
}

// FuzzJSON: what is read without a problem is what the standard library reads.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a": [1, {"b": "é"}], "a2": null}`, `{"\u0061\ud83d\udeb2": 1e3, "b": -0.5, "c": true}`, `{}`, `{"a": "\ud800"}`, `{"a": 123456789012345678901234567890}`, " {\"a\" :\t[]}\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, problems := value.ParseJSON("f", []byte(src), 1)
		if len(problems) > 0 {
			return
		}
		var want map[string]any
		d := json.NewDecoder(bytes.NewReader([]byte(strings.TrimPrefix(src, "\ufeff"))))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			if strings.TrimSpace(src) == "" || len(got.Map) == 0 {
				return
			}
			t.Fatalf("%q is read, though %v", src, err)
		}
		if why := same(got, want); why != "" {
			t.Errorf("%q: %s", src, why)
		}
	})
}

// same says how a value differs from one of a library, or "".
func same(v value.Value, want any) string {
	differs := func() string { return fmt.Sprintf("%s %q, want %T %v", v.Kind, v.Str, want, want) }
	ok := true
	switch want := want.(type) {
	case nil:
		ok = v.Kind == value.Null
	case map[string]any:
		if v.Kind != value.Map || len(v.Map) != len(want) {
			return differs()
		}
		for _, m := range v.Map {
			w, there := want[m.Key]
			if !there {
				return fmt.Sprintf("no key %q", m.Key)
			}
			if why := same(m.Value, w); why != "" {
				return m.Key + ": " + why
			}
		}
	case []any:
		if v.Kind != value.List || len(v.List) != len(want) {
			return differs()
		}
		for i := range want {
			if why := same(v.List[i], want[i]); why != "" {
				return fmt.Sprint(i, ": ", why)
			}
		}
	case []map[string]any:
		if v.Kind != value.List || len(v.List) != len(want) {
			return differs()
		}
		for i := range want {
			if why := same(v.List[i], want[i]); why != "" {
				return fmt.Sprint(i, ": ", why)
			}
		}
	case string:
		ok = v.Kind == value.String && v.Str == want
	case bool:
		ok = v.Kind == value.Bool && v.Bool == want
	case int64:
		ok = v.Kind == value.Int && v.Int == want
	case float64:
		ok = v.Kind == value.Float && (v.Float == want || math.IsNaN(v.Float) && math.IsNaN(want))
	case json.Number:
		if n, err := want.Int64(); err == nil {
			ok = v.Kind == value.Int && v.Int == n
		} else {
			f, err := want.Float64()
			ok = v.Kind == value.Float && v.Float == f || err != nil
		}
	case time.Time:
		ok = v.Kind == value.Time
	default:
		return differs()
	}
	if !ok {
		return differs()
	}
	return ""
}

// FuzzConflicts: conflicts stand in the file, one after the other, and begin
// and end with marks.
func FuzzConflicts(f *testing.F) {
	const conflict = "<<<<<<< HEAD\na\n||||||| base\n=======\nb\n>>>>>>> x\n"
	for _, s := range []string{"", conflict, conflict + "text\n" + conflict, "<<<<<<<\n<<<<<<<\n=======\n=======\n>>>>>>>\n>>>>>>>", "=======\n>>>>>>>\n<<<<<<<\n", "<<<<<<< " + strings.Repeat("x", 300) + "\r\n=======\r\n>>>>>>> y\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		lines := strings.Split(src, "\n")
		last := 0
		for _, c := range value.Conflicts([]byte(src)) {
			if c.First <= last || c.Last < c.First+2 || c.Last > len(lines) {
				t.Fatalf("%+v after line %d of %q", c, last, src)
			}
			if !strings.HasPrefix(lines[c.First-1], "<<<<<<<") || !strings.HasPrefix(lines[c.Last-1], ">>>>>>>") {
				t.Errorf("%+v in %q", c, src)
			}
			last = c.Last
		}
		// What has none has none more with a conflict below it.
		if n := len(value.Conflicts([]byte(src + "\n" + conflict))); last == 0 && n != 1 {
			t.Errorf("%q and a conflict: %d", src, n)
		}
	})
}
