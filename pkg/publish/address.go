package publish

import "strings"

// PageFile returns the path of the file that holds the page of an address
// below the site: index.html in its folder, or the .html file that it names.
func PageFile(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}
