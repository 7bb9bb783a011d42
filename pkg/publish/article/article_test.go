package article_test

import (
	"testing"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

func TestLead_changesWhatPointsToTheFileAndNothingElse(t *testing.T) {
	t.Parallel()
	to := map[string]string{"https://a.example/b.png": `https://c.example/"&.png`}
	const in = `<!-- https://a.example/b.png --><P  class=x>https://a.example/b.png &amp; <IMG alt='A "b"' srcset="https://a.example/b.png 2x" src="https://a.example/b.png"><img src="https://a.example/b.png?x">`
	const want = `<!-- https://a.example/b.png --><P  class=x>https://a.example/b.png &amp; <img alt="A &#34;b&#34;" src="https://c.example/&#34;&amp;.png"><img src="https://a.example/b.png?x">`
	if got := article.Lead(in, to); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !article.Shows(in, "https://a.example/b.png") || article.Shows(in, "https://a.example/c.png") || article.Shows(in, "") {
		t.Error("shows")
	}
}

func TestHTML_ofOwnWordsIsEscaped(t *testing.T) {
	t.Parallel()
	got := article.HTML(platform.Post{Text: "Un <b>\nligne\n\nDeux", HTML: "<p>x</p>"})
	if want := "<p>Un &lt;b&gt;<br>\nligne</p>\n<p>Deux</p>\n"; got != want {
		t.Errorf("%q", got)
	}
}

func TestHTML_hasNoComments(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<p>a<!-- /wp:html -->b</p>": "<p>ab</p>", "<!--kg-card-end: html--><P>x": "<P>x", "<!doctype html>a<?php b ?>c": "ac", "1 <!": "1 ", "a < b": "a < b",
	} {
		if got := article.HTML(platform.Post{HTML: in}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzLead: what names no address of ours keeps its bytes, and what does is
// changed once and for all.
func FuzzLead(f *testing.F) {
	f.Add(`<p><img src="a:b" srcset=x><a href='a:b'>`)
	f.Add("<!-- <img src=a:b> --><script>a:b</script><pre>\n<")
	f.Fuzz(func(t *testing.T, text string) {
		to := map[string]string{"a:b": "c:d"}
		if got := article.Lead(text, map[string]string{"no\x00such": "x"}); got != text {
			t.Errorf("%q became %q", text, got)
		}
		once := article.Lead(text, to)
		if article.Shows(once, "a:b") {
			t.Errorf("%q still shows it", once)
		}
		if twice := article.Lead(once, to); twice != once {
			t.Errorf("%q, then %q", once, twice)
		}
	})
}

func TestWords_ofAStranger(t *testing.T) {
	t.Parallel()
	if got := article.Words("<p>A &amp; b<script>x()</script></p>\x1b[31m<p>c"); got != "A & b x() [31m c" {
		t.Errorf("%q", got)
	}
}

func TestName_isThatOfKeyAndBytes(t *testing.T) {
	t.Parallel()
	m := platform.Media{Name: "Été à l’Île…/x.PNG", Sum: "aa"}
	a, ext := article.Name("k#b#1", m)
	if ext != ".png" || len(a) < 16 || article.Slug(a) != a {
		t.Errorf("%q %q", a, ext)
	}
	if b, _ := article.Name("k#b#2", m); a == b {
		t.Error("two placements share a name")
	}
	m.Sum = "bb"
	if b, _ := article.Name("k#b#1", m); a == b {
		t.Error("two files share a name")
	}
	if n, _ := article.Name("k#b#1", platform.Media{Name: "日本.jpg"}); len(n) != 16 {
		t.Errorf("%q", n)
	}
}
