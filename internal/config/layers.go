package config

import (
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Prefix begins the name of every environment variable of the program.
const Prefix = "EDITORIAL_"

// fileSuffix ends the name of a variable that names a file with a secret.
const fileSuffix = "_FILE"

// maxSecret is the size of the largest file that holds a secret.
const maxSecret = 64 << 10

// ownVariables are those of the program itself, that set no key.
func ownVariables() []string {
	return []string{
		"EDITORIAL_NOW", "EDITORIAL_LANG", "EDITORIAL_CONFIG", "EDITORIAL_DIR",
		"EDITORIAL_SECRETS", "EDITORIAL_IDENTITY_FILE", "EDITORIAL_IDENTITY_PASSPHRASE", "EDITORIAL_IDENTITY_PASSPHRASE_FILE",
	}
}

// layers lays the environment and flags over a document.
type layers struct {
	root     value.Value
	over     Origins
	problems []problem.Problem
}

func (l *layers) find(severity problem.Severity, code problem.Code, params problem.Params) {
	l.problems = append(l.problems, problem.Problem{Code: code, Severity: severity, Params: maskedAll(params)})
}

// environment lays the variables over the document. Only keys of tables that
// the document has can be set so.
func (l *layers) environment(environ []string, readFile func(string) ([]byte, error)) {
	set := map[string]string{}
	for _, kv := range environ {
		if name, text, ok := strings.Cut(kv, "="); ok && strings.HasPrefix(name, Prefix) {
			if set[name] = text; text == "" { // as good as unset
				delete(set, name)
			}
		}
	}
	keys := map[string][]target{}
	settable(reflect.TypeFor[Config](), l.root, target{}, func(t target) {
		name := variable(t.key)
		keys[name] = append(keys[name], t)
		if t.typ == reflect.TypeFor[Secret]() {
			t.file = true
			keys[name+fileSuffix] = append(keys[name+fileSuffix], t)
		}
	})
	for _, name := range slices.Sorted(maps.Keys(set)) {
		ts := keys[name]
		other := strings.TrimSuffix(name, fileSuffix)
		_, both := set[other]
		switch {
		case len(ts) == 1 && ts[0].file && both:
			l.find(problem.Error, CodeTwoSources, problem.Params{"name": other, "other": name})
		case len(ts) == 1:
			l.variable(name, set[name], ts[0], readFile)
		case len(ts) > 1:
			l.find(problem.Error, CodeAmbiguousVariable, problem.Params{"name": name, "first": ts[0].key, "second": ts[1].key})
		case !slices.Contains(ownVariables(), name):
			l.unknownVariable(name, slices.Concat(slices.Sorted(maps.Keys(keys)), ownVariables()))
		}
	}
}

func (l *layers) unknownVariable(name string, known []string) {
	if near := problem.Nearest(name, known); near != "" {
		l.find(problem.Warning, CodeMisspeltVariable, problem.Params{"name": name, "near": near})
		return
	}
	l.find(problem.Warning, CodeUnknownVariable, problem.Params{"name": name})
}

func (l *layers) variable(name, text string, t target, readFile func(string) ([]byte, error)) {
	if t.file {
		data, err := readSecret(text, readFile)
		if err != nil {
			l.find(problem.Error, CodeSecretFile, problem.Params{"name": name, "detail": err.Error()})
			return
		}
		text = data
	}
	l.put(t, text, Origin{Source: FromEnvironment, Variable: name})
}

// ReadSecretFile reads a file that a variable names, for [Options]: no more of
// it than a secret may have and one byte. A pipe is waited for, as secrets come
// through pipes; a device without an end is too long.
func ReadSecretFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSecret+1))
}

// readSecret returns the content of a file without the end of its last line.
func readSecret(name string, readFile func(string) ([]byte, error)) (string, error) {
	if readFile == nil {
		return "", fmt.Errorf("read %s: files are not read here", name)
	}
	data, err := readFile(name)
	switch {
	case err != nil:
		return "", err
	case len(data) > maxSecret:
		return "", fmt.Errorf("read %s: more than %d bytes", name, maxSecret)
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r"), nil
}

// flags lays "key=value" over the document, in order.
func (l *layers) flags(set []string) {
	for _, kv := range set {
		key, text, ok := strings.Cut(kv, "=")
		key = strings.TrimSpace(key)
		if !ok || key == "" {
			l.find(problem.Error, CodeBadSet, problem.Params{"value": kv})
			continue
		}
		typ, ok := typeAt(reflect.TypeFor[Config](), strings.Split(key, "."))
		if !ok {
			l.unknownFlag(key)
			continue
		}
		l.put(target{key: key, typ: typ}, text, Origin{Source: FromFlag})
	}
}

func (l *layers) unknownFlag(key string) {
	var known []string
	settable(reflect.TypeFor[Config](), l.root, target{}, func(t target) { known = append(known, t.key) })
	if near := problem.Nearest(key, known); near != "" {
		l.find(problem.Error, CodeMisspeltKey, problem.Params{"key": "--set " + key, "near": near})
		return
	}
	l.find(problem.Error, CodeUnknownSet, problem.Params{"key": key})
}

// put sets the value of a key.
func (l *layers) put(t target, text string, at Origin) {
	v, err := fromText(t.typ, text)
	if err != nil {
		l.find(problem.Error, CodeBadValue, problem.Params{"key": label(t.key, at), "detail": err.Error()})
		return
	}
	if !insert(reflect.TypeFor[Config](), &l.root, strings.Split(t.key, "."), v) {
		l.find(problem.Error, CodeUnknownSet, problem.Params{"key": t.key})
		return
	}
	l.over[t.key] = at
	for k := range l.over { // what was laid over a part of it is gone
		if strings.HasPrefix(k, t.key+".") {
			delete(l.over, k)
		}
	}
}

// target is a key that can be set, and its type.
type target struct {
	key  string
	typ  reflect.Type
	file bool // through a file with the secret
}

// settable walks the keys of a document that the environment can set: single
// values, lists of them, and lists of tables without names as a whole.
func settable(t reflect.Type, v value.Value, at target, add func(target)) {
	at.typ = t
	_, identified := identityOf(elem(t))
	switch {
	case isTable(t):
		for _, f := range fieldsOf(t) {
			child, _ := v.Get(f.name)
			settable(f.typ, child, target{key: join(at.key, f.name)}, add)
		}
	case isTables(t) && identified:
		for _, item := range v.List {
			if id, ok := item.Get("id"); ok && isName(id.Str) {
				settable(t.Elem(), item, target{key: join(at.key, id.Str)}, add)
			}
		}
	case t.Kind() == reflect.Map:
		for _, m := range v.Map {
			if !strings.Contains(m.Key, ".") {
				settable(t.Elem(), m.Value, target{key: join(at.key, m.Key)}, add)
			}
		}
	case !strings.HasSuffix(at.key, ".id"):
		add(at)
	}
}

func elem(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Slice {
		return t.Elem()
	}
	return t
}

// typeAt returns the type of a key of the schema.
func typeAt(t reflect.Type, path []string) (reflect.Type, bool) {
	if len(path) == 0 {
		return t, true
	}
	switch {
	case path[0] == "":
	case isTable(t):
		for _, f := range fieldsOf(t) {
			if f.name == path[0] {
				return typeAt(f.typ, path[1:])
			}
		}
	case isTables(t), t.Kind() == reflect.Map:
		return typeAt(t.Elem(), path[1:])
	}
	return nil, false
}

// insert puts a value into a document, making the tables on its way. It
// reports false where a list has no such element or a value is no table.
func insert(t reflect.Type, v *value.Value, path []string, x value.Value) bool {
	if len(path) == 0 {
		*v = x
		return true
	}
	if isTables(t) {
		_, named := identityOf(t.Elem())
		for i := range v.List {
			id, _ := v.List[i].Get("id")
			if named && id.Str == path[0] || !named && strconv.Itoa(i+1) == path[0] {
				return insert(t.Elem(), &v.List[i], path[1:], x)
			}
		}
		return false
	}
	next, ok := typeAt(t, path[:1])
	if !ok || v.Kind != value.Map {
		return false
	}
	for i := range v.Map {
		if v.Map[i].Key == path[0] {
			return insert(next, &v.Map[i].Value, path[1:], x)
		}
	}
	m := value.Member{Key: path[0], Value: value.Value{Kind: value.Map}}
	if isTables(next) && len(path) > 1 || !insert(next, &m.Value, path[1:], x) {
		return false
	}
	v.Map = append(v.Map, m)
	return true
}

// fromText makes a value of what a variable or flag says. A text is taken as
// it is; lists are written with commas, or as in TOML; tables as in TOML. What
// is no number stays a text, for the decoder to say so.
func fromText(t reflect.Type, text string) (value.Value, error) {
	trimmed := strings.TrimSpace(text)
	switch {
	case t.Kind() == reflect.Slice && !strings.HasPrefix(trimmed, "[") && (!isTables(t) || shortKey(t.Elem()) != ""):
		return fromCommas(t.Elem(), trimmed)
	case isTable(t), t.Kind() == reflect.Slice, t.Kind() == reflect.Map:
		return fromTOML(trimmed)
	}
	v := value.Value{Kind: value.String, Str: text}
	switch t.Kind() {
	case reflect.Bool:
		if b := trimmed; b == "true" || b == "false" {
			v.Kind, v.Bool = value.Bool, b == "true"
		}
	case reflect.Int, reflect.Int64, reflect.Float64:
		if t == reflect.TypeFor[Weekday]() {
			break
		}
		if n, err := strconv.ParseInt(trimmed, 10, 64); err == nil {
			v.Kind, v.Int = value.Int, n
		} else if f, err := strconv.ParseFloat(trimmed, 64); err == nil {
			v.Kind, v.Float = value.Float, f
		}
	}
	return v, nil
}

// fromCommas makes a list. Tables stand in it in their short form.
func fromCommas(t reflect.Type, text string) (value.Value, error) {
	v := value.Value{Kind: value.List}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		item := value.Value{Kind: value.String, Str: part}
		if !isTable(t) {
			var err error
			if item, err = fromText(t, part); err != nil {
				return v, err
			}
		}
		v.List = append(v.List, item)
	}
	return v, nil
}

func fromTOML(text string) (value.Value, error) {
	root, ps := value.ParseTOML("", []byte("v = "+text), 1)
	if len(ps) > 0 {
		return value.Value{}, fmt.Errorf("%s", ps[0].Params["detail"])
	}
	if len(root.Map) != 1 {
		return value.Value{}, errForm
	}
	return root.Map[0].Value, nil
}
