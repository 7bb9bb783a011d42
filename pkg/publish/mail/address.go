package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"editorial/pkg/publish/platform"
)

// The longest an address may be, in bytes: RFC 5321, section 4.5.3.1. A path has
// 256 with its brackets.
const (
	maxLocal   = 64
	maxAddress = 254
)

// errAddress is an address that no mail server should be given.
var errAddress = errors.New("no mail address")

// address is one that can stand in an envelope and in a header. The domain is in
// ASCII and lower case, the local part as it was written.
type address struct{ local, domain string }

// parse reads an address with or without a name. Addresses of machines ("[…]"),
// names without a dot, and control characters are refused.
func parse(s string) (address, error) {
	if strings.ContainsFunc(s, unsafe) || !utf8.ValidString(s) {
		return address{}, errAddress
	}
	found, err := mail.ParseAddress(s)
	if err != nil {
		return address{}, errAddress
	}
	i := strings.LastIndexByte(found.Address, '@')
	if i < 0 {
		return address{}, errAddress
	}
	a := address{local: found.Address[:i]}
	domain, err := idna.Lookup.ToASCII(found.Address[i+1:])
	if err != nil || !strings.Contains(domain, ".") || strings.HasSuffix(domain, ".") || strings.ContainsFunc(domain, notHost) {
		return address{}, errAddress
	}
	a.domain = strings.ToLower(domain)
	if a.local == "" || len(a.local) > maxLocal || len(a.path()) > maxAddress || !a.sound() {
		return address{}, errAddress
	}
	return a, nil
}

// unsafe reports whether a character could end a line, or make it read
// otherwise.
func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

func notHost(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.')
}

// sound reports whether the local part is printable ASCII, or letters, digits
// and marks of any script in the form of an atom (RFC 6531).
func (a address) sound() bool {
	if !a.utf8() {
		return true // what is not an atom is quoted
	}
	return !strings.ContainsFunc(a.local, func(r rune) bool {
		if r < utf8.RuneSelf {
			return !atom(r)
		}
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
}

// atom reports whether an ASCII character may stand in a local part without
// quotes: RFC 5322, section 3.2.3, with the dot.
func atom(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
}

// utf8 reports whether only servers with SMTPUTF8 take the address.
func (a address) utf8() bool {
	return strings.ContainsFunc(a.local, func(r rune) bool { return r >= utf8.RuneSelf })
}

// path is the address as an envelope has it, without brackets; what is no atom
// is quoted.
func (a address) path() string {
	dots := strings.HasPrefix(a.local, ".") || strings.HasSuffix(a.local, ".") || strings.Contains(a.local, "..")
	plain := !dots && !strings.ContainsFunc(a.local, func(r rune) bool { return r < utf8.RuneSelf && !atom(r) })
	if plain {
		return a.local + "@" + a.domain
	}
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(a.local)
	return `"` + quoted + `"@` + a.domain
}

// token names a recipient of a placement. Two ways to write an address that
// differ in capitals alone are one recipient.
func (a address) token(key platform.Key) string {
	sum := sha256.Sum256([]byte("mail\n" + string(key) + "\n" + strings.ToLower(a.path())))
	return hex.EncodeToString(sum[:])[:tokenLength]
}

// tokenLength is how many characters of the sum a token has.
const tokenLength = 32

// Token is how the handle of a placement calls a recipient; false if the text is
// no address.
func Token(key platform.Key, recipient string) (string, bool) {
	a, err := parse(recipient)
	if err != nil {
		return "", false
	}
	return a.token(key), true
}
