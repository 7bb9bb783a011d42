package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// minBits is the shortest key of RSA that signs: RFC 8301, section 3.2.
const minBits = 1024

// ErrKey is wrapped by the errors of [NewSigner]. Nothing of a key is in them.
var ErrKey = errors.New("DKIM key")

// Signer signs mails with DKIM (RFC 6376): relaxed/relaxed, RSA with SHA-256 or
// Ed25519 (RFC 8463). The signature says no time, so that the same mail has the
// same signature.
type Signer struct {
	domain, selector, algorithm string
	key                         crypto.Signer
}

// NewSigner returns the signer of a domain. The key is in PEM: PKCS #8, or PKCS #1
// for RSA. Its public half stands in the DNS, as a TXT of
// selector._domainkey.domain: [Signer.Record].
func NewSigner(domain, selector string, key []byte) (*Signer, error) {
	s := &Signer{domain: strings.ToLower(domain), selector: selector}
	for _, name := range []string{domain, selector} {
		if name == "" || strings.ContainsFunc(name, func(r rune) bool { return notHost(r) && r != '_' }) {
			return nil, fmt.Errorf("%w: no domain, or no selector", ErrKey)
		}
	}
	block, _ := pem.Decode(key)
	if block == nil {
		return nil, fmt.Errorf("%w: no PEM", ErrKey)
	}
	var private any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		private, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	default:
		private, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s cannot be read", ErrKey, block.Type)
	}
	switch k := private.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < minBits {
			return nil, fmt.Errorf("%w: %d bits are too few", ErrKey, k.N.BitLen())
		}
		s.key, s.algorithm = k, "rsa-sha256"
	case ed25519.PrivateKey:
		s.key, s.algorithm = k, "ed25519-sha256"
	default:
		return nil, fmt.Errorf("%w: neither RSA nor Ed25519", ErrKey)
	}
	return s, nil
}

// Record is the name and the text of the public key in the DNS: RFC 6376, section
// 3.6, and RFC 8463, section 4.
func (s *Signer) Record() (name, text string, err error) {
	name = s.selector + "._domainkey." + s.domain
	switch k := s.key.Public().(type) {
	case ed25519.PublicKey:
		return name, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(k), nil
	default:
		der, err := x509.MarshalPKIXPublicKey(k)
		return name, "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der), err
	}
}

// signed are the fields that the signature covers where a mail has them: RFC
// 6376, section 5.4.1, and RFC 8058, section 4.
func signed() []string {
	return []string{
		"From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
		"Content-Language", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive", "List-Post", "Precedence",
	}
}

// sealed are the fields of which nobody can add another one: they are named once
// more than there are.
func sealed() []string { return []string{"From", "To", "Subject", "Date"} }

// sign returns the DKIM-Signature field of a mail.
func (s *Signer) sign(header []field, body []byte) (field, error) {
	var names []string
	h := sha256.New()
	for _, name := range signed() {
		for _, f := range slices.Backward(header) { // the last one first: section 5.4.2
			if f.is(name) {
				names = append(names, strings.ToLower(name))
				h.Write([]byte(relaxed(f)))
			}
		}
	}
	for _, name := range sealed() {
		names = append(names, strings.ToLower(name))
	}
	sum := sha256.Sum256(relaxedBody(body))
	f := field{"DKIM-Signature", "DKIM-Signature: v=1; a=" + s.algorithm + "; c=relaxed/relaxed; d=" + s.domain + ";\r\n s=" + s.selector +
		";\r\n h=" + strings.Join(fold(names), ":") + ";\r\n bh=" + base64.StdEncoding.EncodeToString(sum[:]) + ";\r\n b="}
	h.Write([]byte(strings.TrimSuffix(relaxed(f), "\r\n")))
	how := crypto.Hash(0) // Ed25519 signs the sum as a text
	if s.algorithm == "rsa-sha256" {
		how = crypto.SHA256
	}
	signature, err := s.key.Sign(nil, h.Sum(nil), how) // neither needs chance: PKCS #1 v1.5, Ed25519
	if err != nil {
		return field{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	text := base64.StdEncoding.EncodeToString(signature)
	for len(text) > 72 {
		f.raw += text[:72] + "\r\n "
		text = text[72:]
	}
	f.raw += text + "\r\n"
	return f, nil
}

// fold begins a new line before every fifth name.
func fold(names []string) []string {
	for i := range names {
		if i > 0 && i%5 == 0 {
			names[i] = "\r\n  " + names[i]
		}
	}
	return names
}

// relaxed is a field as it is signed: section 3.4.2.
func relaxed(f field) string {
	return strings.ToLower(f.name) + ":" + strings.TrimSpace(squeeze(strings.ReplaceAll(f.raw[len(f.name)+1:], "\r\n", ""))) + "\r\n"
}

// squeeze makes one space of each run of spaces and tabs.
func squeeze(s string) string {
	var b strings.Builder
	white := false
	for i := range len(s) {
		c := s[i]
		if c == ' ' || c == '\t' {
			white = true
			continue
		}
		if white {
			b.WriteByte(' ')
		}
		white = false
		b.WriteByte(c)
	}
	if white {
		b.WriteByte(' ')
	}
	return b.String()
}

// relaxedBody is a body as it is signed: section 3.4.4.
func relaxedBody(body []byte) []byte {
	var b bytes.Buffer
	empty := 0
	for line := range bytes.SplitSeq(bytes.TrimSuffix(body, []byte("\r\n")), []byte("\r\n")) {
		text := strings.TrimRight(squeeze(string(line)), " ")
		if text == "" {
			empty++
			continue
		}
		b.WriteString(strings.Repeat("\r\n", empty))
		empty = 0
		b.WriteString(text + "\r\n")
	}
	return b.Bytes()
}
