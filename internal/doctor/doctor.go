// Package doctor looks whether the program, its folder and its office are
// well. It changes nothing.
//
// Every check is one small function that returns one finding, worded in area
// "doctor" of package words under its code.
package doctor

import (
	"context"
	"io/fs"
	"os"
	"time"

	"editorial/internal/connections"
	"editorial/internal/office"
	"editorial/pkg/problem"
)

// Status says how a check came out.
type Status string

const (
	Well Status = "well"
	// Note is worth knowing, and nothing to mend.
	Note Status = "note"
	Mend Status = "mend"
)

// Finding is what one check found.
type Finding struct {
	Status Status
	// Code names the sentence: "doctor.CODE", and perhaps "doctor.CODE-hint".
	Code   string
	Params problem.Params
}

// Patient is what is looked at.
type Patient struct {
	// Dir is the office's folder.
	Dir string
	// Office is nil where it could not be loaded; Problems are then those of
	// the configuration, Err what stood in the way.
	Office   *office.Office
	Problems []problem.Problem
	Err      error

	Version, Go, Zones string
	Now                time.Time
	// HostZone is the zone of the machine, "" if it is not known.
	HostZone string
	Width    int
	Colour   bool
	Lang     string
	// Git runs git in the office's folder; nil: there is none.
	Git func(ctx context.Context, args ...string) (string, error)
	// Connections are those of the office; Identity is the file that opens its
	// secrets.
	Connections []connections.State
	Identity    string
	// Free returns the bytes that the disk has left, false if nobody knows.
	Free func(dir string) (uint64, bool)
}

// Examine makes every check that applies, in a fixed order.
func Examine(ctx context.Context, p Patient) []Finding {
	var all []Finding
	add := func(check func(Patient) (Finding, bool)) {
		if f, applies := check(p); applies {
			all = append(all, f)
		}
	}
	for _, check := range []func(Patient) (Finding, bool){version, zones, clock, hostZone, screen, strategy} {
		add(check)
	}
	if root, err := os.OpenRoot(p.Dir); err == nil {
		defer root.Close()
		files := root.FS()
		for _, check := range []func(Patient, fs.FS) (Finding, bool){writable, private, disk, capitals, leftovers, conflicts} {
			add(func(p Patient) (Finding, bool) { return check(p, files) })
		}
		if p.Office != nil {
			for _, check := range []func(Patient) (Finding, bool){posts, addresses, secrets, newsletter} {
				add(check)
			}
			add(func(p Patient) (Finding, bool) { return feeds(p, files) })
			all = append(all, connected(p)...)
			for _, check := range []func(context.Context, Patient) (Finding, bool){underGit, ignored, committed} {
				add(func(p Patient) (Finding, bool) { return check(ctx, p) })
			}
		}
	}
	return all
}

// Ill counts what is to be mended.
func Ill(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Status == Mend {
			n++
		}
	}
	return n
}

func found(s Status, code string, params problem.Params) (Finding, bool) {
	return Finding{s, code, params}, true
}
