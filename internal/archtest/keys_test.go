package archtest

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"editorial/internal/config"
)

const configPath = module + "/internal/config"

// TestKeys_areObeyed: each key of config.toml that is not marked later is read
// by the program, not only by what checks and shows the file. A key that is
// taken and changes nothing would be a broken promise.
func TestKeys_areObeyed(t *testing.T) {
	t.Parallel()
	read := fieldsRead(t, "internal/config", "internal/office", "internal/doctor", "internal/cli", "internal/web", "internal/courier", "internal/connections")
	seen := 0
	var walk func(of reflect.Type, key string)
	walk = func(of reflect.Type, key string) {
		switch of.Kind() {
		case reflect.Map:
			walk(of.Elem(), key+".NAME")
		case reflect.Slice:
			walk(of.Elem(), key)
		case reflect.Struct:
			for i := range of.NumField() {
				f := of.Field(i)
				name := f.Tag.Get("toml")
				if name == "" || f.Tag.Get("later") != "" {
					continue
				}
				name = strings.TrimPrefix(key+"."+name, ".")
				seen++
				if table := f.Type.Kind() == reflect.Struct && f.Type.NumField() > 0 && f.Type.Field(0).Tag.Get("toml") != ""; table {
					walk(f.Type, name) // read where its keys are
					continue
				}
				if !read[of.Name()+"."+f.Name] && name != "newsletter.archive" { // config makes it the platforms' archive
					t.Errorf("%s: nothing reads %s.%s: obey it, or mark it later", name, of.Name(), f.Name)
				}
				walk(f.Type, name)
			}
		}
	}
	walk(reflect.TypeFor[config.Config](), "")
	if seen < 50 {
		t.Errorf("found %d keys: the test looks in the wrong place", seen)
	}
}

// fieldsRead returns the fields of the structs of internal/config, as
// "Site.Title", that these packages select; of internal/config itself it counts
// the methods that others call on such values.
func fieldsRead(t *testing.T, names ...string) map[string]bool {
	t.Helper()
	exports, list := exported(t, names)
	fset := token.NewFileSet()
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	read := map[string]bool{}
	for _, p := range list {
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		info := types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}}
		if _, err := conf.Check(p.ImportPath, fset, files, &info); err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); p.ImportPath == configPath && (!ok || fn.Recv == nil || !fn.Name.IsExported()) {
					continue
				}
				ast.Inspect(d, func(n ast.Node) bool {
					if sel, ok := n.(*ast.SelectorExpr); ok {
						if s := info.Selections[sel]; s != nil && s.Kind() == types.FieldVal {
							read[field(s)] = true
						}
					}
					return true
				})
			}
		}
	}
	return read
}

// field names a field of a struct of internal/config; others have no name.
func field(s *types.Selection) string {
	recv := s.Recv()
	if p, ok := recv.Underlying().(*types.Pointer); ok {
		recv = p.Elem()
	}
	named, ok := types.Unalias(recv).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != configPath {
		return ""
	}
	return named.Obj().Name() + "." + s.Obj().Name()
}

// exported returns the files that tell the types of all packages that these
// import, and the packages themselves.
func exported(t *testing.T, names []string) (exports map[string]string, list []pkg) {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Dir,GoFiles,Export"}
	for _, n := range names {
		args = append(args, module+"/"+n)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	exports = map[string]string{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			pkg
			Export string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return exports, list
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		for _, n := range names {
			if p.ImportPath == module+"/"+n {
				list = append(list, p.pkg)
			}
		}
	}
}
