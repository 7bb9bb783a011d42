package secret_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"editorial/internal/secret"
)

func TestRedactor_knowsTheWaysOfASecret(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"hunter2!", "pässwörd <&\"'/+=?", "xoxb-123/456+789==", "abcd efgh ijkl mnop", "5dda87"} {
		var r secret.Redactor
		r.Add(s)
		basic := func(user string) string {
			req, _ := http.NewRequest(http.MethodGet, "https://example.org/", http.NoBody)
			req.SetBasicAuth(user, s)
			return req.Header.Get("Authorization")
		}
		quoted, _ := json.Marshal(map[string]string{"token": s})
		for name, text := range map[string]string{
			"plain": "token " + s, "query": "https://x.org/?a=1&t=" + url.QueryEscape(s), "path": "https://x.org/bot" + url.PathEscape(s) + "/send",
			"lower case escapes": regexp.MustCompile("%..").ReplaceAllStringFunc(url.QueryEscape(s), strings.ToLower), "JSON": string(quoted), "HTML": html.EscapeString(s),
			"basic 0": basic("aa"), "basic 1": basic("a"), "basic 2": basic(""), "hex": hex.EncodeToString([]byte(s)),
			"base64 URL": base64.URLEncoding.EncodeToString([]byte("ab:" + s + "!")), "form": url.Values{"p": {s}}.Encode(),
			"twice": s + s,
		} {
			got := r.String(text)
			for _, form := range secret.Forms(s) {
				if strings.Contains(got, form) {
					t.Errorf("%q, %s: %q still holds %q", s, name, got, form)
				}
			}
			if !strings.Contains(got, "***") {
				t.Errorf("%q, %s: nothing was taken out of %q", s, name, text)
			}
		}
	}
}

func TestRedactor_leavesOtherTexts(t *testing.T) {
	t.Parallel()
	var r secret.Redactor
	r.Add("", "a", "post", "s3cr3t-token")
	const text = "a post is published: no secret, no token"
	if got := r.String(text); got != text {
		t.Errorf("got %q", got)
	}
	var zero secret.Redactor
	if got := zero.String(text); got != text {
		t.Errorf("zero: got %q", got)
	}
}

func TestRedactor_writer(t *testing.T) {
	t.Parallel()
	var r secret.Redactor
	var out bytes.Buffer
	r.Add("s3cr3t-token")
	n, err := fmt.Fprintf(r.Writer(&out), "sent %s away\n", "s3cr3t-token")
	if n != len("sent s3cr3t-token away\n") || err != nil || out.String() != "sent *** away\n" {
		t.Errorf("%d, %v, %q", n, err, out.String())
	}
}

// TestRedactor_base64: wherever a secret begins within base64, it is found.
func TestRedactor_base64(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(8, 40, -1).Draw(t, "secret")
		text := rapid.String().Draw(t, "before") + s + rapid.String().Draw(t, "after")
		var r secret.Redactor
		r.Add(s)
		for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
			if got := r.String(enc.EncodeToString([]byte(text))); !strings.Contains(got, "***") {
				t.Fatalf("%q is left in %q", s, got)
			}
		}
	})
}
