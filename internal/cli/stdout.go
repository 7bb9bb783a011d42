package cli

import (
	"io"

	"editorial/internal/secret"
)

// stdout is where results go. It remembers the first write that went wrong and
// writes nothing after it, so that no command need look at each of its lines:
// the program says it once, at the end, by message and exit code.
type stdout struct {
	to  io.Writer
	err error
	// clean takes secrets out of what is written.
	clean *secret.Redactor
}

func (s *stdout) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	_, s.err = s.to.Write(s.clean.Clean(p))
	if s.err != nil {
		return 0, s.err
	}
	return len(p), nil
}
