package text_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"editorial/internal/need"
	"editorial/pkg/publish/text"
)

// weights are values that X's own library gives.
func weights() map[string]int {
	return map[string]int{
		"": 0, "日本語": 6, "👨‍👩‍👧‍👦": 2, "€": 2, "example.com": 23, "a@b.com": 7, "http://x": 8, "foo.bar.md readme.md": 47,
		"https://velo.example/fr/freins/": 31, "https://velo.fr/freins/?utm_source=x": 23, "e\u0301": 1, "été": 3, "Prêt\u202f!": 7, "Ici\u00a0:": 5,
		"👍🏽": 2, "🇫🇷": 2, "🇫🇫": 4, "1️⃣": 2, "1": 1, "❤": 2, "❤️": 2, "©": 1, "©️": 2, "😀🏽": 4, "\u200d": 1, "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": 2,
		"example.com?x=1": 27, "example.com/?x=1": 23, "http://日本.com": 23, "日本.com": 8, "日本a.com": 27, "(voir velo.fr/a_(b))": 30, "velo.fr/a).": 25,
		"_x.com": 6, "a_b.com": 7, "http://a_b.c.com": 23, "xn--bcher-kva.ch": 23, "http://t.co/abc": 23, "http://t.co/abc/def": 27, "été.fr": 24, " été.fr": 24, "x.com:80/": 23,
		"x.com:80": 26, "velo.fr…": 25, "Velo.FR": 23, "рф.рф": 5, "http://рф.рф": 23, "-x.com": 6, "a-.com": 6, "\"x.com\"": 25, "@x.com": 6, "#x.com": 6, "x.com@y": 7,
		"http://x.com-": 13, "https://x.com/-": 23, "https://x.com/,": 24, "ftp://x.com": 11,
	}
}

func TestWeighted_countsAsXDoes(t *testing.T) {
	t.Parallel()
	for s, want := range weights() {
		if got := text.Weighted(s); got != want {
			t.Errorf("%q weighs %d, not %d", s, got, want)
		}
	}
}

// TestWeighted_agreesWithX asks X's own library about texts put together by
// chance from what is hard to count. They are short: in a label of more than 63
// letters its library sees halves of an emoji.
func TestWeighted_agreesWithX(t *testing.T) {
	t.Parallel()
	var corpus []string
	for s := range weights() {
		corpus = append(corpus, s)
	}
	pieces := []string{
		"a", "B", "7", "é", "e\u0301", "日", "本", "к", "ß", "ﬁ", "가", "\u1100\u1161", " ", " ", " ", "\n", "\u00a0", "\u202f", ".", ".", "-", "_", "/", "?", "=", "&", ":", ",",
		"(", ")", "@", "#", "'", "’", "…", "–", "\"", "«", "!", "%", "~", "|", "+", "$", "*", ";", "[", "]",
		"http://", "https://", "HTTP://", "ftp://", "www.", "velo", "example", "com", "fr", "md", "co.uk", "museum", "xn--", "xn--p1ai", "рф", "中国", "t.co", "/a/b", "?x=1", "#f",
		"😀", "👍🏽", "👩‍💻", "👨‍👩‍👧‍👦", "🇫🇷", "🇪", "1️⃣", "❤️", "☎", "™", "©", "🏳️‍🌈", "\u200b", "\u2066", "\ufeff", "\u3000", "velo.fr", "https://velo.fr", "a@b.fr", "readme.md",
	}
	r := rand.New(rand.NewPCG(1, 280))
	for range 20_000 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		corpus = append(corpus, b.String())
	}
	for i, want := range oracle(t, corpus) {
		if got := text.Weighted(corpus[i]); got != want {
			t.Errorf("%q weighs %d, not %d", corpus[i], got, want)
		}
	}
}

// oracle weighs texts with X's own library, in one process.
func oracle(t *testing.T, corpus []string) []int {
	t.Helper()
	node, modules := need.Node(t, "twitter-text")
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, s := range corpus {
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(node, filepath.Join("testdata", "weigh.cjs"), filepath.Join(modules, "twitter-text"))
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(string(out))
	if len(lines) != len(corpus) {
		t.Fatalf("%d answers to %d texts", len(lines), len(corpus))
	}
	all := make([]int, len(lines))
	for i, l := range lines {
		if all[i], err = strconv.Atoi(l); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
