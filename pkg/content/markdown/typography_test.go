package markdown_test

import (
	"strings"
	"testing"

	"editorial/pkg/content/markdown"
)

// visible shows the spaces that do not break: ~ is U+202F, _ is U+00A0.
func visible(s string) string {
	return strings.NewReplacer("\u202f", "~", "\u00a0", "_").Replace(s)
}

func frenchCases() [][2]string {
	return [][2]string{
		{`Il dit "oui".`, `Il dit «~oui~».`},
		{`"Oui"`, `«~Oui~»`},
		{`"Il répond "non" !"`, `«~Il répond “non”~!~»`},
		{`**"gras"** et "*italique*"`, `<strong>«~gras~»</strong> et «~<em>italique</em>~»`},
		{`« déjà »`, `«~déjà~»`},
		{`«déjà»`, `«~déjà~»`},
		{`«&nbsp;déjà&nbsp;»`, `«~déjà~»`},
		{`Quoi ? Oui ! Bon ; voici :`, `Quoi~? Oui~! Bon~; voici_:`},
		{`Quoi? Oui! Bon; voici:`, `Quoi~? Oui~! Bon~; voici_:`},
		{`Quoi ?! Non... Si !!!`, `Quoi~?! Non… Si~!!!`},
		{`*Quoi* ? **Oui** !`, `<em>Quoi</em>~? <strong>Oui</strong>~!`},
		{`Le [lien](x) : ici`, `Le <a href="x">lien</a>_: ici`},
		{`[Qui sommes-nous ?](x)`, `<a href="x">Qui sommes-nous~?</a>`},
		{`à 10:30, ratio 16:9, a;b, x!y`, `à 10:30, ratio 16:9, a;b, x!y`},
		{`https://x.example/?a=b;c:d!`, `<a href="https://x.example/?a=b;c:d">https://x.example/?a=b;c:d</a>!`},
		{"Le code `a ? b : \"c\"` !", "Le code <code>a ? b : &quot;c&quot;</code>~!"},
		{"    a ? b : \"c\"", "<pre><code>a ? b : &quot;c&quot;\n</code></pre>"},
		{`l'été d'"Antoine" aujourd'hui`, `l’été d’«~Antoine~» aujourd’hui`},
		{`un écran de 21"`, `un écran de 21&quot;`},
		{`\"littéral\" \! a \?`, `&quot;littéral&quot; ! a ?`},
		{`(vraiment ?) oui`, `(vraiment~?) oui`},
		{`bien :smile: sûr`, `bien :smile: sûr`},
		{"fin\n! ligne", "fin\n! ligne"},
		{`note[^1] !` + "\n\n[^1]: x", ""},
		{`<kbd>a ? b</kbd> ?`, `<kbd>a~? b</kbd>~?`},
		{`a -- b --- c --help ----`, `a – b — c --help ----`},
		{`![Photo : "été" !](x)`, `<img src="x" alt="Photo_: «~été~»~!" />`},
		{`50&nbsp;% ; 1&nbsp;000 €`, `50_%~; 1_000 €`},
		{`"`, `&quot;`},
		{`mot "`, `mot &quot;`},
	}
}

func TestTypography_isFrenchInFrench(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for _, c := range frenchCases() {
		if c[1] == "" {
			continue
		}
		for _, lang := range []string{"fr", "fr-FR", "FR_be"} {
			got := visible(inner(html(t, p, c[0], lang, markdown.Options{})))
			if got != c[1] {
				t.Errorf("%s: %s\ngot  %s\nwant %s", lang, c[0], got, c[1])
			}
		}
	}
	// In Canada nothing stands before ; ! and ? unless the author wrote it.
	if got, want := visible(inner(html(t, p, `Quoi? Oui ! "bon": non`, "fr-CA", markdown.Options{}))), `Quoi? Oui~! «~bon~»_: non`; got != want {
		t.Errorf("fr-CA: got %s, want %s", got, want)
	}
}

func TestTypography_isEnglishElsewhere(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for src, want := range map[string]string{
		`"Quote," she said`:             `“Quote,” she said`,
		`"*Both*" and **"both"**`:       `“<em>Both</em>” and <strong>“both”</strong>`,
		`'single' and "a 'b' c"`:        `‘single’ and “a ‘b’ c”`,
		`don't, Alice's, the '90s`:      `don’t, Alice’s, the ’90s`,
		`'tis the dogs' day`:            `’tis the dogs’ day`,
		`6' 2" tall`:                    `6' 2&quot; tall`,
		`a -- b --- c... d`:             `a – b — c… d`,
		`run --help or a--b`:            `run --help or a–b`,
		`Really ? Yes: «no»`:            `Really ? Yes: «no»`,
		"`\"code\"` \"`code`\"":         "<code>&quot;code&quot;</code> “<code>code</code>”",
		`[http://a.b/--x](c)`:           `<a href="c">http://a.b/--x</a>`,
		`("in brackets")`:               `(“in brackets”)`,
		`&quot;entity&quot; \'escape\'`: `&quot;entity&quot; 'escape'`,
	} {
		if got := inner(html(t, p, src, "en", markdown.Options{})); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", src, got, want)
		}
	}
}

// inner takes the paragraph off.
func inner(out string) string {
	out = strings.TrimSuffix(out, "\n")
	if in, ok := strings.CutPrefix(out, "<p>"); ok && strings.Count(out, "<p>") == 1 {
		return strings.TrimSuffix(in, "</p>")
	}
	return out
}
