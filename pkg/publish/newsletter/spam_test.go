package newsletter_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"

	"editorial/internal/need"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/newsletter"
)

// TestMessage_isNoSpam lets SpamAssassin score messages by its local rules. It
// calls 5 points spam; most servers have begun to doubt before that.
func TestMessage_isNoSpam(t *testing.T) {
	t.Parallel()
	const most = 1.5
	program := need.Program(t, "spamassassin")
	s := sample.Site()
	english := options()
	english.Languages, english.Title, english.Why = []string{"en"}, "The handlebar letter", "You get this letter because you asked for it at the workshop."
	pictures := newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published, Number: 4}
	for i := range 12 {
		x := of(s, "fr/freins", "fr/canal", "fr/velo-cargo").Posts[i%3]
		p := *x.Post
		p.ID, x.Post = fmt.Sprint(p.ID, i), &p
		pictures.Posts = append(pictures.Posts, x)
	}
	onlyEnglish := of(s, "en/brakes", "-en/brakes")
	onlyEnglish.Intro = nil
	bilingual := everything(s)
	for name, c := range map[string]struct {
		options newsletter.Options
		edition newsletter.Edition
	}{
		"French": {options(), of(s, "fr/freins", "-fr/chaine", "fr/canal", "fr/velo-cargo")}, "English": {english, onlyEnglish},
		"both": {options(), bilingual}, "pictures": {options(), pictures},
	} {
		t.Run(name, func(t *testing.T) {
			eml := mailing(t, c.options, s, c.edition)["mail.eml"].Data
			score, rules := spam(t, program, eml)
			t.Logf("%.1f: %s", score, rules)
			if score >= most {
				t.Errorf("%.1f points: %s", score, rules)
			}
		})
	}
}

// spam returns the points of a message and the rules that gave them. No name
// is looked up, and nothing is learnt.
func spam(t *testing.T, program string, eml []byte) (score float64, rules string) {
	t.Helper()
	cmd := exec.Command(program, "--local", "--test-mode", "--cf=use_bayes 0", "--cf=use_auto_welcomelist 0", "--prefspath="+os.DevNull)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "LC_ALL=C")
	cmd.Stdin = bytes.NewReader(eml)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m := regexp.MustCompile(`(?s)X-Spam-Status: \w+, score=(-?[0-9.]+) required=[0-9.]+ tests=(.*?)\s+autolearn`).FindSubmatch(out)
	if m == nil {
		t.Fatalf("no score: %s", out)
	}
	score, err = strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return score, string(bytes.Join(bytes.Fields(m[2]), nil))
}
