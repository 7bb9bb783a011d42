package flickr

import (
	"net/url"
	"testing"
)

// TestSigner_vectors: the examples of RFC 5849, 1.2 and 3.4.1.1.
func TestSigner_vectors(t *testing.T) {
	t.Parallel()
	s := signer{client: "dpf43f3p2l4k3l03", clientSecret: "kd94hf93k423kf44", token: "nnch734d00sl2jdk", tokenSecret: "pfkkdhi9sl3r4s00"}
	got := s.signature("GET", "http://photos.example.net/photos", url.Values{
		"file": {"vacation.jpg"}, "size": {"original"}, "oauth_consumer_key": {s.client}, "oauth_token": {s.token},
		"oauth_signature_method": {"HMAC-SHA1"}, "oauth_timestamp": {"137131202"}, "oauth_nonce": {"chapoH"},
	})
	if want := "MdpQcU8iPSUjWoN/UDMsK2sui9I="; got != want {
		t.Errorf("signature %q, want %q", got, want)
	}
	text := base("post", "http://example.com/request", url.Values{
		"b5": {"=%3D"}, "a3": {"a", "2 q"}, "c@": {""}, "a2": {"r b"}, "c2": {""},
		"oauth_consumer_key": {"9djdj82h48djs9d2"}, "oauth_token": {"kkk9d7dh3k39sjv7"},
		"oauth_signature_method": {"HMAC-SHA1"}, "oauth_timestamp": {"137131201"}, "oauth_nonce": {"7d8f3e4a"},
	})
	want := "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26" +
		"oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
	if text != want {
		t.Errorf("base\n%s, want\n%s", text, want)
	}
}

func TestReadLicence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]licence{
		"CC-BY-SA-4.0": {"by-sa", "4.0"}, "CC BY-NC-ND": {"by-nc-nd", ""}, "cc by 2.0": {"by", "2.0"}, "CC0-1.0": {"zero", "1.0"}, "CC0": {"zero", ""},
		"https://creativecommons.org/licenses/by-sa/4.0/": {"by-sa", "4.0"}, "https://creativecommons.org/publicdomain/zero/1.0/": {"zero", "1.0"},
		"Creative Commons BY 4.0": {}, "© 2026, photo by Awa": {}, "MIT": {}, "": {}, "tous droits réservés": {},
	} {
		if got := readLicence(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
