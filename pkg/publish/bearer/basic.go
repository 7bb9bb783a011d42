package bearer

import (
	"encoding/base64"
	"net/url"
)

// basicAuth joins id and secret as RFC 6749, 2.3.1 wants them: each escaped as in
// a form, unlike plain Basic of RFC 7617.
func basicAuth(id, secret string) string {
	return base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id) + ":" + url.QueryEscape(secret)))
}

// Missing returns those of the scopes that the token does not have; none where it
// does not say which it has.
func Missing(have, want []string) []string {
	if len(have) == 0 {
		return nil
	}
	var missing []string
	for _, w := range want {
		found := false
		for _, h := range have {
			found = found || h == w
		}
		if !found {
			missing = append(missing, w)
		}
	}
	return missing
}
