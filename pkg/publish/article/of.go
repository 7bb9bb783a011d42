package article

import "editorial/pkg/publish/platform"

// Of tells a message from others: what was prepared of one is not sent as
// another.
func Of(m platform.Message) string {
	_, sum, err := m.Freeze()
	if err != nil {
		return "" // of none
	}
	return sum[:16]
}

// OfFile tells a file and its alternative text from others.
func OfFile(m platform.Media) string { return platform.Key(m.Sum + "/" + m.Alt).Token(16) }

// Web returns an address that somebody else gives if it is one of the web, else
// "": no screen shall lead elsewhere.
func Web(address string) string {
	for _, scheme := range []string{"https://", "http://"} {
		if len(address) > len(scheme) && address[:len(scheme)] == scheme {
			return address
		}
	}
	return ""
}
