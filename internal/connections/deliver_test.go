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

// TestDeliver_newsletter: a newsletter that is live and has a mail server is
// mailed, and signed; any other is for a person, who needs no list of readers. A
// key that cannot be read stops it: nothing goes out unsigned that should be
// signed.
func TestDeliver_newsletter(t *testing.T) {
	t.Parallel()
	if config.MaxRecipients != mail.MaxRecipients {
		t.Errorf("%d and %d", config.MaxRecipients, mail.MaxRecipients)
	}
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed([]byte("32 bytes that are no secret here")))
	if err != nil {
		t.Fatal(err)
	}
	key := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	const (
		office = "site = { title = 'T', url = 'https://velo.example/' }\n[newsletter]\nfrom = 'us@velo.example'\npostal_address = 'Nantes'\nunsubscribe_url = 'https://velo.example/adieu'\nto = ['awa@lecteurs.example']\n"
		server = "smtp = { host = 'localhost', port = 1, security = 'none' }\n"
		signed = "dkim = { domain = 'velo.example', selector = 's' }\n"
		live   = "[platforms.newsletter]\nlive = true\n"
	)
	for name, tt := range map[string]struct {
		src, key            string
		mailed, byHand, bad bool
	}{
		"no server":  {office + live, key, false, true, false},
		"not live":   {office + server + signed + "[platforms.newsletter]\n", key, false, true, false},
		"a good key": {office + server + signed + live, key, true, false, false},
		"a bad key":  {office + server + signed + live, "s3kr3t-key", false, true, true},
	} {
		c, _, problems := config.Parse([]byte(tt.src), config.Options{Environ: []string{"EDITORIAL_NEWSLETTER_DKIM_KEY=" + tt.key}})
		dir := t.TempDir()
		b := connections.Open(c, secret.Open(secret.Options{
			Dir: filepath.Join(dir, ".editorial"), Office: dir, Now: publishtest.Now, Identity: secret.Identity{Path: filepath.Join(dir, "identity.txt")},
		}), nil)
		f, p, err := b.Deliver(t.Context(), "newsletter", dir, nil)
		if (p != nil) != tt.mailed || (err != nil) != tt.bad || (f == platform.Format(mail.Format{ByHand: true})) != tt.byHand {
			t.Errorf("%s: %T %T %v, %v", name, f, p, err, problems)
		}
		if strings.Contains(fmt.Sprint(err), "s3kr3t") {
			t.Errorf("%s: a secret: %v", name, err)
		}
		if !slices.Contains(connections.Secrets(c), tt.key) {
			t.Errorf("%s: the key is not among the secrets", name)
		}
	}
}
