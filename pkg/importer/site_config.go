package importer

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// readConfig reads a file of settings; ok is false where there is none.
func (s *siteReader) readConfig(name string) (v value.Value, ok bool) {
	src, err := readAll(s.fsys, name, value.MaxBytes)
	if err != nil {
		return value.Value{}, false
	}
	var problems []problem.Problem
	switch path.Ext(name) {
	case ".toml":
		v, problems = value.ParseTOML(name, src, 1)
	case ".json":
		v, problems = value.ParseJSON(name, src, 1)
	default:
		v, problems = value.ParseYAML(name, src, 1)
	}
	if problem.Errors(problems) > 0 {
		s.note(problems[0].Position, CodeConfig, name)
	}
	return v, true
}

// setZone takes the zone that the site names, or the other.
func (s *siteReader) setZone(name string, other civil.Zone) {
	s.zone = other
	if zone, err := civil.LoadZone(name); name != "" && err == nil {
		s.zone = zone
	}
}

// setBase takes the address of the site.
func (s *siteReader) setBase(address string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	u.RawQuery, u.Fragment = "", ""
	s.base = u
}

// lookup returns a value of a document by its keys, in whatever case.
func lookup(v value.Value, keys ...string) (value.Value, bool) {
	for _, key := range keys {
		i := slices.IndexFunc(v.Map, func(m value.Member) bool { return strings.EqualFold(m.Key, key) })
		if v.Kind != value.Map || i < 0 {
			return value.Value{}, false
		}
		v = v.Map[i].Value
	}
	return v, true
}

// text is a text of a document, "" if it is not there.
func text(v value.Value, keys ...string) string {
	v, ok := lookup(v, keys...)
	if !ok || v.Kind != value.String && !v.Plain {
		return ""
	}
	return strings.TrimSpace(v.Str)
}

// flag is a boolean of a document.
func flag(v value.Value, keys ...string) bool {
	v, ok := lookup(v, keys...)
	return ok && v.Kind == value.Bool && v.Bool
}

// texts are the texts of a list, or one text.
func texts(v value.Value, keys ...string) []string {
	v, ok := lookup(v, keys...)
	switch {
	case !ok:
		return nil
	case v.Kind == value.String || v.Plain && v.Kind != value.Null:
		return []string{v.Str}
	}
	var all []string
	for _, item := range v.List {
		if item.Kind == value.String || item.Plain {
			all = append(all, item.Str)
		}
	}
	return all
}
