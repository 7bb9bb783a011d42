package office

import "errors"

// tries is how often [Steady] begins anew while somebody goes on writing.
const tries = 5

// Steady loads an office and does something with it, and does both again where
// a post changed meanwhile ([ErrChanged]). It returns the office as last loaded.
func Steady(load func() (*Office, error), do func(*Office) error) (o *Office, err error) {
	for range tries {
		if o, err = load(); err == nil {
			err = do(o)
		}
		if !errors.Is(err, ErrChanged) {
			break
		}
	}
	return o, err
}
