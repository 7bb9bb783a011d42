package mail_test

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"editorial/internal/need"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// signers are one of each algorithm.
func signers(t testing.TB) map[string]*mail.Signer {
	t.Helper()
	long, err := rsa.GenerateKey(nil, 2048)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed([]byte("32 bytes that are no secret here")))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*mail.Signer{}
	for name, block := range map[string]*pem.Block{
		"rsa": {Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(long)}, "ed25519": {Type: "PRIVATE KEY", Bytes: pkcs8},
	} {
		if all[name], err = mail.NewSigner("Roues.example", "lettre-"+name, pem.EncodeToMemory(block)); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// mailed sends an edition to one reader and returns what arrived.
func mailed(t *testing.T, by *mail.Signer, text string) string {
	t.Helper()
	s := serve(t, &server{}, nil)
	set := settings(s, readers()[:1])
	set.DKIM = by
	post := edition(1, readers()[0])
	post.Edition.Message = []byte(text)
	end := publishtest.Drive(t.Context(), mail.New(platform.Account{}, set, &line{}), job(t, post), nil)
	if end.State != journal.Published {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	return s.box(readers()[0])[0]
}

// verdict is what go-msgauth says of a mail.
func verdict(t testing.TB, text string, records map[string]string) error {
	t.Helper()
	all, err := dkim.VerifyWithOptions(strings.NewReader(text), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		if r, ok := records[name]; ok {
			return []string{r}, nil
		}
		return nil, fmt.Errorf("no TXT of %s", name)
	}})
	if err != nil {
		return err
	}
	if len(all) != 1 {
		return fmt.Errorf("%d signatures", len(all))
	}
	return all[0].Err
}

// verifyPy is an independent verifier: dkimpy, with answers in place of the DNS.
// It prints what it thinks of each mail.
const verifyPy = `import dkim, json, sys
asked = json.load(sys.stdin)
records = {k + ".": v.encode() for k, v in asked["records"].items()}
def dns(name, timeout=5):
    return records.get(name.decode() if isinstance(name, bytes) else name)
out = {}
for name, text in asked["mails"].items():
    try:
        out[name] = bool(dkim.DKIM(text.encode("utf-8")).verify(dnsfunc=dns))
    except dkim.DKIMException as e:
        out[name] = False
json.dump(out, sys.stdout)`

// dkimpy asks it.
func dkimpy(t *testing.T, mails, records map[string]string) map[string]bool {
	t.Helper()
	python := need.Python(t, "dkim", "nacl")
	script := filepath.Join(t.TempDir(), "verify.py")
	if err := os.WriteFile(script, []byte(verifyPy), 0o600); err != nil {
		t.Fatal(err)
	}
	asked, err := json.Marshal(map[string]any{"mails": mails, "records": records})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, script)
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(asked)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var said map[string]bool
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	return said
}

// odd are messages whose white space canonical forms are strict about.
func odd() map[string]string {
	head, _, _ := strings.Cut(message, "\r\n\r\n")
	folded := strings.Replace(head, "List-Id: <", "List-Id:\t \r\n\t <", 1)
	return map[string]string{
		"plain":      message,
		"empty":      head + "\r\n\r\n",
		"blank":      head + "\r\n\r\n\r\n\r\n \r\n",
		"spaces":     folded + "\r\n\r\n  a \t b  \r\n\t\r\n \r\nc\t\r\n\r\n\r\n",
		"no-subject": strings.Replace(head, "Subject: =?UTF-8?q?R=C3=A9gler_ses_freins?=", "Subject: ", 1) + "\r\n\r\nx\r\n",
	}
}

func TestDKIM_twoVerifiersAccept(t *testing.T) {
	t.Parallel()
	mails, records := map[string]string{}, map[string]string{}
	want := map[string]bool{}
	for kind, by := range signers(t) {
		name, text, err := by.Record()
		if err != nil {
			t.Fatal(err)
		}
		records[name] = text
		for form, text := range odd() {
			id := kind + "/" + form
			mails[id], want[id] = mailed(t, by, text), true
			if err := verdict(t, mails[id], records); err != nil {
				t.Errorf("%s: %v\n%s", id, err, mails[id])
			}
		}
		whole := mails[kind+"/plain"]
		for what, forged := range map[string]string{
			"text":        strings.Replace(whole, "suffisent", "suffisaient", 1),
			"to":          strings.Replace(whole, "To: <awa@", "To: <eve@", 1),
			"unsubscribe": strings.Replace(whole, "roues.example/adieu", "eve.example/adieu", 1),
			"one click":   strings.Replace(whole, "List-Unsubscribe-Post: ", "X-Was: ", 1),
			"second from": "From: eve@eve.example\r\n" + whole,
			"subject":     strings.Replace(whole, "\r\nDate:", "\r\nSubject: two\r\nDate:", 1),
		} {
			id := kind + "/forged " + what
			if forged == whole {
				t.Fatalf("%s changes nothing", id)
			}
			mails[id], want[id] = forged, false
			if err := verdict(t, forged, records); err == nil {
				t.Errorf("%s is accepted", id)
			}
		}
	}
	said := dkimpy(t, mails, records)
	for id, ok := range want {
		if said[id] != ok {
			t.Errorf("dkimpy: %s is accepted: %t, want %t\n%s", id, said[id], ok, mails[id])
		}
	}
}

// TestDKIM_anyWhiteSpace draws bodies and holds our canonical form against that
// of go-msgauth.
func TestDKIM_anyWhiteSpace(t *testing.T) {
	t.Parallel()
	by := signers(t)["ed25519"]
	name, record, err := by.Record()
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(message, "\r\n\r\n")
	draw := rand.New(rand.NewSource(1))
	for range 40 {
		var b strings.Builder
		b.WriteString(head + "\r\n\r\n")
		for range draw.Intn(12) {
			b.WriteString([]string{" ", "\t", "\r\n", "a", ".", "\r\n\r\n", " \r\n"}[draw.Intn(7)])
		}
		b.WriteString("\r\n")
		if text := mailed(t, by, b.String()); verdict(t, text, map[string]string{name: record}) != nil {
			t.Errorf("%q", text)
		}
	}
}

func TestDKIM_sameMailSameSignature(t *testing.T) {
	t.Parallel()
	for kind, by := range signers(t) {
		strip := func(text string) string { // what the server adds, if anything
			i := strings.Index(text, "DKIM-Signature:")
			return text[i:]
		}
		a, b := strip(mailed(t, by, message)), strip(mailed(t, by, message))
		if a != b {
			t.Errorf("%s: once\n%s\nthen\n%s", kind, a, b)
		}
		if strings.Contains(a[:strings.Index(a, "\r\nTo:")], "t=") {
			t.Errorf("%s: it says a time: %s", kind, a)
		}
	}
}

func TestNewSigner_refuses(t *testing.T) {
	t.Parallel()
	short, err := rsa.GenerateKey(nil, 1024)
	if err != nil {
		t.Fatal(err)
	}
	good := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(short)})
	for _, tt := range []struct {
		name, domain, selector string
		key                    []byte
	}{
		{"no key", "a.example", "s", nil},
		{"no domain", "", "s", good},
		{"a line in the selector", "a.example", "s\r\nX: y", good},
		{"a tag in the domain", "a.example; l=0", "s", good},
		{"rubbish", "a.example", "s", []byte("-----BEGIN PRIVATE KEY-----\nc2VjcmV0IHNlY3JldA==\n-----END PRIVATE KEY-----\n")},
	} {
		if _, err := mail.NewSigner(tt.domain, tt.selector, tt.key); err == nil || strings.Contains(err.Error(), "c2VjcmV0") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := mail.NewSigner("a.example", "s", good); err != nil {
		t.Error(err)
	}
}
