package flickr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dghubble/oauth1"

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

// signature is that of RFC 5849, 3.4.2. The library signs whole requests with its
// own clock and chance, and no form with files: of it, this is what serves here.
func (s signer) signature(method, address string, all url.Values) string {
	h := oauth1.HMACSigner{ConsumerSecret: s.clientSecret}
	signed, _ := h.Sign(s.tokenSecret, base(method, address, all)) // an HMAC does not fail
	return signed
}

// base is the text that is signed (RFC 5849, 3.4.1). The address has no query.
func base(method, address string, all url.Values) string {
	var pairs []string
	for name, values := range all {
		for _, v := range values {
			pairs = append(pairs, oauth1.PercentEncode(name)+"="+oauth1.PercentEncode(v))
		}
	}
	slices.Sort(pairs)
	return strings.ToUpper(method) + "&" + oauth1.PercentEncode(address) + "&" + oauth1.PercentEncode(strings.Join(pairs, "&"))
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
