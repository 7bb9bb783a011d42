package config

import (
	"net/url"
	"path/filepath"
	"strings"
)

// deliveries is the database of an office that names none, below its folder.
const deliveries = ".editorial/deliveries.db"

// Delivery is how what is due goes out.
type Delivery struct {
	// Database is where it is kept what became of every placement: a path below
	// the office's folder, or postgres://…, which may hold a password. None means
	// a file below .editorial.
	Database Secret `toml:"database" is:"database"`
	// WatchFeed: the daemon looks now and then whether the feed of the site is where
	// readers fetch it, and has what was published.
	WatchFeed bool `toml:"watch_feed"`
}

// Address is that of the database of an office in a folder, for store.Open.
func (d Delivery) Address(dir string) string {
	address := d.Database.Reveal()
	switch {
	case address == "":
		address = deliveries
	case isAddress(address) || filepath.IsAbs(address):
		return address
	}
	return filepath.Join(dir, filepath.FromSlash(address))
}

// isAddress reports whether a database is named by an address, and not by the
// path of a file.
func isAddress(text string) bool { return strings.Contains(text, "://") }

// hasPassword reports whether the address of a database holds a password, or
// cannot be read, so that nobody knows.
func hasPassword(text string) bool {
	if !isAddress(text) {
		return false
	}
	u, err := url.Parse(text)
	if err != nil {
		return true
	}
	_, set := u.User.Password()
	return set || u.Query().Has("password") || u.Query().Has("sslpassword")
}
