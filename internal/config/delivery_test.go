package config_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"editorial/internal/config"
	"editorial/pkg/problem"
)

// TestDelivery_address: a path is one below the office, and an address stays as
// it is; only one that holds a password is a secret that does not belong into the
// file.
func TestDelivery_address(t *testing.T) {
	t.Parallel()
	office := filepath.Join(string(filepath.Separator), "offices", "velo")
	for _, c := range []struct {
		value, want string
		open        bool
	}{
		{"", filepath.Join(office, ".editorial", "deliveries.db"), false},
		{"data/d.db", filepath.Join(office, "data", "d.db"), false},
		{"/var/lib/d.db", "/var/lib/d.db", false},
		{"postgres://velo@db.example/velo", "postgres://velo@db.example/velo", false},
		{"postgres://velo:hunter2@db.example/velo", "postgres://velo:hunter2@db.example/velo", true},
		{"postgres://db.example/velo?password=hunter2", "postgres://db.example/velo?password=hunter2", true},
		{"postgres://%zz", "postgres://%zz", true},
	} {
		read, _, problems, err := config.Read(fstest.MapFS{config.FileName: {Data: []byte("[delivery]\ndatabase = \"" + c.value + "\"\n")}}, config.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := read.Delivery.Address(office); got != c.want {
			t.Errorf("%q: %q", c.value, got)
		}
		warned := false
		for _, p := range problems {
			warned = warned || p.Code == config.CodeOpenSecret && p.Severity == problem.Warning
			for _, v := range p.Params {
				if strings.Contains(v, "hunter2") {
					t.Errorf("%q: %v shows the password", c.value, p)
				}
			}
		}
		if warned != c.open {
			t.Errorf("%q: warned %v", c.value, warned)
		}
	}
}

// TestDelivery_fromTheEnvironment is how a server with a password is named.
func TestDelivery_fromTheEnvironment(t *testing.T) {
	t.Parallel()
	const address = "postgres://velo:hunter2@db.example/velo"
	read, origins, problems, err := config.Read(fstest.MapFS{config.FileName: {}}, config.Options{Environ: []string{"EDITORIAL_DELIVERY_DATABASE=" + address}})
	if err != nil || problem.Errors(problems) > 0 || read.Delivery.Address("x") != address {
		t.Errorf("%v, %v", problems, err)
	}
	entries := config.Entries(read, origins, "delivery.database")
	if len(entries) != 1 || entries[0].Literal != `"***"` {
		t.Errorf("%+v", entries)
	}
}
