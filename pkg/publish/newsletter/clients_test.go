package newsletter_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
	"editorial/pkg/publish/internal/sample"
)

// clients are the mail clients that count, by their names in the data of
// caniemail: those of Apple, Google, Microsoft, Yahoo, Samsung and Mozilla in
// all their forms, and the webmail of the largest French provider. Windows
// Mail, which Microsoft ended in 2024, is none.
func clients() []string {
	return []string{
		"apple-mail.macos", "apple-mail.ios",
		"gmail.desktop-webmail", "gmail.ios", "gmail.android", "gmail.mobile-webmail",
		"outlook.windows", "outlook.macos", "outlook.outlook-com", "outlook.ios", "outlook.android",
		"yahoo.desktop-webmail", "yahoo.ios", "yahoo.android",
		"samsung-email.android", "thunderbird.macos", "orange.desktop-webmail",
	}
}

// TestMail_isShownByMailClients counts with the public data of caniemail what
// clients do not support: less than of the same mail made by MJML, and at most
// four features in Outlook for Windows. Of CSS in the elements, which is what
// the look depends on, it is less than one feature a client; the rest is what
// only adds where it is known (dark colours, small windows, names for screen
// readers).
func TestMail_isShownByMailClients(t *testing.T) {
	t.Parallel()
	node, modules := need.Node(t, "caniemail", "mjml")
	s := sample.Site()
	page := filepath.Join(t.TempDir(), "mail.html")
	if err := os.WriteFile(page, mailing(t, options(), s, everything(s))["mail.html"].Data, 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{filepath.Join("testdata", "caniemail.mjs"), modules, page, filepath.Join("testdata", "equivalent.mjml")}, clients()...)
	cmd := exec.Command(node, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var counted struct {
		Ours, MJML struct{ All, CSS map[string][]string }
	}
	if err := json.Unmarshal(out, &counted); err != nil {
		t.Fatal(err)
	}
	mean := func(of map[string][]string) float64 {
		n := 0
		for _, client := range clients() {
			n += len(of[client])
		}
		return float64(n) / float64(len(clients()))
	}
	ours, theirs := mean(counted.Ours.All), mean(counted.MJML.All)
	css, theirCSS := mean(counted.Ours.CSS), mean(counted.MJML.CSS)
	t.Logf("unsupported features a client: %.2f, by MJML %.2f; of CSS in the elements %.2f, by MJML %.2f", ours, theirs, css, theirCSS)
	if theirs < 1 || ours > theirs {
		t.Errorf("%.2f unsupported features a client, %.2f by MJML", ours, theirs)
	}
	if css > 0.8 || css > theirCSS {
		t.Errorf("%.2f unsupported features of CSS in the elements a client, %.2f by MJML", css, theirCSS)
	}
	if n := len(counted.Ours.All["outlook.windows"]); n > 4 {
		t.Errorf("%d in Outlook for Windows", n)
	}
	for _, client := range clients() {
		if n := len(counted.Ours.All[client]); n > 6 && n > len(counted.MJML.All[client]) {
			t.Errorf("%s: %s", client, strings.Join(counted.Ours.All[client], ", "))
		}
		t.Logf("%-22s %d, MJML %2d: %s", client, len(counted.Ours.All[client]), len(counted.MJML.All[client]), strings.Join(counted.Ours.All[client], ", "))
	}
}
