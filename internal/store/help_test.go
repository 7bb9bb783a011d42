package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/store"
	"editorial/pkg/problem"
)

// found is the problem that an error tells people, or none.
func found(err error) (p problem.Problem) {
	errors.As(err, &p)
	return p
}

// raw runs a statement as another program would.
func raw(t testing.TB, s *store.Store, statement string) {
	t.Helper()
	var err error
	if s.Pool() != nil {
		_, err = s.Pool().Exec(t.Context(), statement)
	} else {
		_, err = s.SQL().ExecContext(t.Context(), statement)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// sources are the files of the package, without its tests.
func sources(t testing.TB) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}
