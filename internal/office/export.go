package office

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"editorial/pkg/calendar/verify"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// Export returns the planning problem and its plan as a file that others can
// rebuild, check and better: docs/planning.md describes it.
func (o *Office) Export(p *Proposal) ([]byte, error) {
	export := p.Instance.Export(p.Plan)
	if p.Bound != nil {
		export.Bound = *p.Bound
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(export); err != nil {
		return nil, fmt.Errorf("write export: %w", err)
	}
	return words.InertJSON(buf.Bytes()), nil
}

// WritePrivate writes a file that only its owner may read, whole or not at
// all: an export holds the hours of people. Its folder is the person's own: it
// must be there, and stays as it is.
func WritePrivate(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), tmpPrefix+"*") // 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// Verified is what the checker found in an exported calendar.
type Verified struct {
	verify.Report
	Problems []problem.Problem
}

// Verify checks an exported calendar with code that the planner does not
// share.
func Verify(r io.Reader) (Verified, error) {
	report, problems, err := verify.Check(r)
	return Verified{report, problems}, err
}
