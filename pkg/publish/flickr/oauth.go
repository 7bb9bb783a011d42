package flickr

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// signer signs requests (RFC 5849, HMAC-SHA1).
type signer struct {
	client, clientSecret string
	token, tokenSecret   string
	// salt tells requests apart that are otherwise the same in one second.
	salt string
}

// signer is that of the account, for one request of a placement.
func (p *Publisher) signer(ctx context.Context, key platform.Key) (signer, error) {
	t, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return signer{}, err
	}
	a := p.account
	return signer{a.ClientID, a.ClientSecret.Reveal(), t.Access.Reveal(), t.Secret.Reveal(), string(key) + " " + strconv.FormatInt(p.signed.Add(1), 10)}, nil
}

// sign returns the parameters of OAuth for a request at an instant, the signature
// among them. The nonce follows from the request, the placement and how many this
// publisher signed before: Flickr takes none twice in a second.
func (s signer) sign(method, address string, values url.Values, at time.Time) url.Values {
	o := url.Values{
		"oauth_consumer_key": {s.client}, "oauth_token": {s.token}, "oauth_signature_method": {"HMAC-SHA1"},
		"oauth_timestamp": {strconv.FormatInt(at.Unix(), 10)}, "oauth_version": {"1.0"},
	}
	seed := sha256.Sum256([]byte(s.salt + "\n" + base(method, address, merge(values, o))))
	o.Set("oauth_nonce", hex.EncodeToString(seed[:12]))
	o.Set("oauth_signature", s.signature(method, address, merge(values, o)))
	return o
}

// signature is that of RFC 5849, 3.4.2.
func (s signer) signature(method, address string, all url.Values) string {
	h := hmac.New(sha1.New, []byte(escape(s.clientSecret)+"&"+escape(s.tokenSecret)))
	h.Write([]byte(base(method, address, all)))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// base is the text that is signed (RFC 5849, 3.4.1). The address has no query.
func base(method, address string, all url.Values) string {
	var pairs []string
	for name, values := range all {
		for _, v := range values {
			pairs = append(pairs, escape(name)+"="+escape(v))
		}
	}
	slices.Sort(pairs)
	return strings.ToUpper(method) + "&" + escape(address) + "&" + escape(strings.Join(pairs, "&"))
}

func merge(a, b url.Values) url.Values {
	all := url.Values{}
	for _, v := range []url.Values{a, b} {
		for name, values := range v {
			all[name] = append(all[name], values...)
		}
	}
	return all
}

// escape is the encoding of RFC 5849, 3.6: all but letters, digits and -._~.
func escape(s string) string {
	const hexits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hexits[c>>4])
			b.WriteByte(hexits[c&15])
		}
	}
	return b.String()
}
