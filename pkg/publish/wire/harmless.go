package wire

import (
	"errors"

	"editorial/pkg/publish/platform"
)

// Harmless returns the error of a call that readers do not see and that can be
// repeated: what is uncertain of it is no more than temporary.
func Harmless(err error) error {
	var e *platform.Error
	if errors.As(err, &e) && e.Class == platform.Uncertain {
		again := *e
		again.Class = platform.Temporary
		return &again
	}
	return err
}
