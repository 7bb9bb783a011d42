package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"editorial/pkg/problem"
)

// ParseJSON reads one JSON object (RFC 8259) whose first byte stands on line
// firstLine of the file. Nothing but white space may follow it.
func ParseJSON[Text string | []byte](file string, src Text, firstLine int) (Value, []problem.Problem) {
	s, ok := newSource(file, string(src), firstLine)
	root := Value{Kind: Map, At: s.start()}
	if !ok || strings.TrimSpace(s.text) == "" {
		return root, s.problems
	}
	s.src = []byte(s.text)
	j := &jsonReader{source: s, dec: json.NewDecoder(bytes.NewReader(s.src))}
	j.dec.UseNumber()
	v, err := j.value(0)
	if err == nil {
		if off := j.next(); off < len(s.src) {
			s.syntax("JSON", s.at(off), "something follows the object", nil)
		}
	}
	switch {
	case err != nil && !errors.Is(err, errStop):
		j.fail(err)
	case err == nil && v.Kind != Map:
		s.notTable("JSON", v.At)
	}
	if v.Kind == Map {
		root = v
	}
	return root, s.problems
}

// errStop ends the reading after a limit was reported.
var errStop = errors.New("limit")

type jsonReader struct {
	*source
	dec *json.Decoder
}

// next returns the offset of the next token.
func (j *jsonReader) next() int {
	off := int(j.dec.InputOffset())
	for off < len(j.src) && bytes.IndexByte([]byte(" \t\r\n,:"), j.src[off]) >= 0 {
		off++
	}
	return off
}

func (j *jsonReader) fail(err error) {
	off := j.next()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		off, err = len(j.src), io.ErrUnexpectedEOF
	}
	j.syntax("JSON", j.at(off), err.Error(), err)
}

// value reads the next value. With an error, it returns what it has.
func (j *jsonReader) value(depth int) (Value, error) {
	off := j.next()
	v := Value{At: j.at(off)}
	if !j.enter(v.At, depth) {
		return v, errStop
	}
	tok, err := j.dec.Token()
	if err != nil {
		return v, err
	}
	switch t := tok.(type) {
	case nil:
		v.Kind = Null
	case bool:
		v.Kind, v.Bool, v.Str = Bool, t, strconv.FormatBool(t)
	case string:
		v.Kind, v.Str = String, t
	case json.Number:
		v.Str = t.String()
		if v.Int, err = t.Int64(); err == nil {
			v.Kind = Int
			break
		}
		v.Kind, v.Int = Float, 0
		if v.Float, err = t.Float64(); err != nil {
			j.syntax("JSON", v.At, "number out of range", err)
		}
	case json.Delim:
		if t == '[' {
			v.Kind = List
			err = j.list(&v, depth)
			return v, err
		}
		v.Kind = Map
		err = j.object(&v, depth)
		return v, err
	}
	return v, nil
}

func (j *jsonReader) list(v *Value, depth int) error {
	for j.dec.More() {
		item, err := j.value(depth + 1)
		if err != nil {
			return err
		}
		v.List = append(v.List, item)
	}
	_, err := j.dec.Token()
	return err
}

func (j *jsonReader) object(v *Value, depth int) error {
	seen := map[string]problem.Position{}
	for j.dec.More() {
		at := j.at(j.next())
		tok, err := j.dec.Token()
		if err != nil {
			return err
		}
		key, ok := tok.(string)
		if !ok {
			// The decoder does not let this pass today.
			j.syntax("JSON", at, "a key is not a string", nil)
			return errStop
		}
		item, err := j.value(depth + 1)
		if before, twice := seen[key]; twice {
			j.duplicate(at, key, before)
		} else if err == nil || item.Kind == List || item.Kind == Map {
			seen[key] = at
			v.Map = append(v.Map, Member{key, at, item})
		}
		if err != nil {
			return err
		}
	}
	_, err := j.dec.Token()
	return err
}
