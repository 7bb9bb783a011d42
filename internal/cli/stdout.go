package cli

import "io"

// stdout is where results go. It remembers the first write that went wrong and
// writes nothing after it, so that no command need look at each of its lines:
// the program says it once, at the end, by message and exit code.
type stdout struct {
	to  io.Writer
	err error
}

func (s *stdout) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.to.Write(p)
	s.err = err
	return n, err
}
