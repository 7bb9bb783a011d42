package connections_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// TestMailer: a newsletter with a mail server has a publisher that signs; one
// whose key cannot be read sends nothing.
func TestMailer(t *testing.T) {
	t.Parallel()
	if config.MaxRecipients != mail.MaxRecipients {
		t.Errorf("%d and %d", config.MaxRecipients, mail.MaxRecipients)
	}
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed([]byte("32 bytes that are no secret here")))
	if err != nil {
		t.Fatal(err)
	}
	key := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	const office = "site.title = 'T'\n[platforms.newsletter]\n[newsletter]\nfrom = 'us@velo.example'\nto = ['awa@lecteurs.example']\n"
	for name, tt := range map[string]struct {
		src, key string
		known    bool
		code     string
	}{
		"no server":  {"", key, false, ""},
		"a good key": {"smtp = { host = 'localhost', port = 1, security = 'none' }\ndkim = { domain = 'velo.example', selector = 's' }\n", key, true, "connect"},
		"a bad key":  {"smtp = { host = 'localhost', port = 1, security = 'none' }\ndkim = { domain = 'velo.example', selector = 's' }\n", "s3kr3t-key", true, "dkim-key"},
	} {
		c, _, problems := config.Parse([]byte(office+tt.src), config.Options{Environ: []string{"EDITORIAL_NEWSLETTER_DKIM_KEY=" + tt.key}})
		b := book(t, c)
		p, ok := b.Publisher(t.Context(), "newsletter")
		if ok != tt.known {
			t.Errorf("%s: %t, %v", name, ok, problems)
		}
		if !ok {
			continue
		}
		_, err := p.(platform.Checker).Check(t.Context())
		if platform.As(err).Code != tt.code || strings.Contains(fmt.Sprintf("%v %+v", err, p), "s3kr3t") {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Contains(connections.Secrets(c), tt.key) {
			t.Errorf("%s: the key is not among the secrets", name)
		}
	}
}

// book are the accounts of an office in an empty folder.
func book(t *testing.T, c config.Config) *connections.Book {
	t.Helper()
	dir := t.TempDir()
	return connections.Open(c, secret.Open(secret.Options{
		Dir: filepath.Join(dir, ".editorial"), Office: dir, Now: publishtest.Now, Identity: secret.Identity{Path: filepath.Join(dir, "identity.txt")},
	}), nil)
}
