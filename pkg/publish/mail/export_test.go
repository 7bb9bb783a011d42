package mail

import "editorial/pkg/publish/platform"

// Path is an address as an envelope has it, "" where it is none.
func Path(s string) string {
	a, err := parse(s)
	if err != nil {
		return ""
	}
	return a.path()
}

// Addressed is the mail to somebody, as it is sent.
func Addressed(m platform.Message, key platform.Key, to string, by *Signer) ([]byte, error) {
	w, err := thaw(m)
	if err != nil {
		return nil, err
	}
	a, err := parse(to)
	if err != nil {
		return nil, err
	}
	return w.address(a, a.token(key), by)
}
