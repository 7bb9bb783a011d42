package importer

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// hugoConfigs are the files in which Hugo's settings may stand.
func hugoConfigs() []string {
	var all []string
	for _, dir := range []string{"", hugoDefaults + "/"} {
		for _, base := range []string{"hugo", "config"} {
			for _, ext := range configExtensions() {
				all = append(all, dir+base+ext)
			}
		}
	}
	return all
}

// settings reads what matters of the configuration.
func (h *hugoSite) settings(s *siteReader) {
	for _, name := range hugoConfigs() {
		if v, ok := s.readConfig(name); ok {
			s.config, s.configFile = v, name
			break
		}
	}
	h.production(s)
	part := func(name string) value.Value {
		if v, ok := lookup(s.config, name); ok {
			return v
		}
		v, _ := s.readSetting(name)
		return v
	}
	c := s.config
	s.setBase(text(c, "baseURL"))
	s.setZone(text(c, "timeZone"), civil.UTC()) // Hugo's own, where it is not told
	s.roots = []string{"static", "assets"}
	if dirs := texts(c, "staticDir"); len(dirs) > 0 {
		s.roots = append(dirs, "assets")
	}
	h.lang = firstOf(knownLang(text(c, "defaultContentLanguage")), knownLang(text(c, "languageCode")), "en")
	h.inSubdir = flag(c, "defaultContentLanguageInSubdir")
	h.ugly, h.keepCase = flag(c, "uglyURLs"), flag(c, "disablePathToLower")
	main := firstOf(strings.Trim(text(c, "contentDir"), "/"), "content")
	for _, m := range part("languages").Map {
		h.language(m.Key, m.Value)
	}
	h.settingsByLanguage(s)
	if len(h.dirs) == 0 {
		h.dirs[main] = ""
	}
	permalinks := part("permalinks")
	if page, ok := lookup(permalinks, "page"); ok && page.Kind == value.Map {
		permalinks = page
	}
	for _, m := range permalinks.Map {
		if m.Value.Kind == value.String {
			h.permalinks[m.Key] = m.Value.Str
		}
	}
	h.sections = texts(part("params"), "mainSections")
}

// production puts the settings of the published site before the others, as Hugo
// does, and notes its files with settings of one kind alone, which are not read.
func (h *hugoSite) production(s *siteReader) {
	const dir = "config/production"
	files, _ := fs.ReadDir(s.fsys, dir) // sorted; none where there is no such folder
	for _, e := range files {
		file := dir + "/" + e.Name()
		base, _, _ := strings.Cut(e.Name(), ".")
		switch {
		case e.IsDir() || !slices.Contains(configExtensions(), path.Ext(file)):
		case base != "hugo" && base != "config":
			s.note(problem.Position{File: line(file)}, CodeField, line(file))
		default:
			if v, ok := s.readConfig(file); ok && v.Kind == value.Map {
				s.config.Kind, s.config.Map = value.Map, append(v.Map, s.config.Map...)
			}
		}
	}
}

// language takes a language of the site and what its settings say.
func (h *hugoSite) language(key string, v value.Value) {
	if knownLang(key) == "" {
		return
	}
	if !slices.ContainsFunc(h.langs, func(l string) bool { return strings.EqualFold(l, key) }) {
		h.langs = append(h.langs, key)
	}
	if dir := strings.Trim(text(v, "contentDir"), "/"); dir != "" {
		h.dirs[dir] = key
	}
}

// settingsByLanguage reads the files that hold the settings of one language,
// such as languages.fr.toml, and notes the settings that mean nothing here.
func (h *hugoSite) settingsByLanguage(s *siteReader) {
	for _, key := range []string{"menu", "menus"} {
		if _, ok := lookup(s.config, key); ok {
			s.note(problem.Position{File: s.configFile}, CodeField, "menus")
		}
	}
	files, _ := fs.ReadDir(s.fsys, hugoDefaults) // sorted; none where there is no such folder
	for _, e := range files {
		name := e.Name()
		ext := path.Ext(name)
		if e.IsDir() || !slices.Contains(configExtensions(), ext) {
			continue
		}
		file := hugoDefaults + "/" + name
		switch key, lang, _ := strings.Cut(strings.TrimSuffix(name, ext), "."); key {
		case "languages":
			if lang == "" {
				continue // read above
			}
			if v, ok := s.readConfig(file); ok {
				h.language(lang, v)
			}
		case "menu":
			s.note(problem.Position{File: file}, CodeField, "menus")
		case "hugo", "config", "permalinks", "params":
			if lang != "" {
				s.note(problem.Position{File: file}, CodeField, name)
			}
		default:
			s.note(problem.Position{File: file}, CodeField, line(key))
		}
	}
}

// hugoDefaults is the folder of the settings of every environment.
const hugoDefaults = "config/_default"

func configExtensions() []string { return []string{".toml", ".yaml", ".yml", ".json"} }

// readSetting reads the file of the settings below one key.
func (s *siteReader) readSetting(key string) (value.Value, bool) {
	for _, ext := range configExtensions() {
		if v, ok := s.readConfig(hugoDefaults + "/" + key + ext); ok {
			return v, true
		}
	}
	return value.Value{}, false
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
