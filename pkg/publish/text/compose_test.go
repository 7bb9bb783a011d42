package text_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/text"
)

const (
	title    = "Régler ses freins avant l’hiver"
	summary  = "Dix minutes, deux clés, et le vélo s’arrête où l’on veut."
	question = "Et vous, quand les avez-vous réglés\u202f?"
	invite   = "Venez samedi à l’atelier."
	address  = "https://velo.example/fr/freins/"
	link     = address + "?utm_source=x"
)

func post() platform.Post {
	p := publishtest.Post("x")
	p.Media = nil
	return p
}

func rule(limit int) text.Rule {
	return text.Rule{Kind: "somewhere", Limit: limit, Unit: "characters", Count: text.Characters, Tags: 3}
}

func says(all ...string) string { return strings.Join(all, "\n\n") }

// TestCompose_takesWhatCountsMostFirst: docs/platform-text.md says this order.
func TestCompose_takesWhatCountsMostFirst(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		edit func(*platform.Post)
		rule text.Rule
		want string
	}{
		{"all, in the order of reading", nil, rule(500), says(title, summary, question, invite, link, "#vélo #hiver")},
		{"the last tag goes first", nil, rule(212), says(title, summary, question, invite, link, "#vélo")},
		{"then all tags", nil, rule(205), says(title, summary, question, invite, link)},
		{"then the invitation, and tags take what is left", nil, rule(201), says(title, summary, question, link, "#vélo #hiver")},
		{"then the summary", nil, rule(174), says(title, question, invite, link, "#vélo #hiver")},
		{"then the question", nil, rule(84), says(title, link, "#vélo")},
		{"then the title is cut", nil, rule(70), says("Régler ses freins avant…", link)},
		{"without a link where it is no good", nil, text.Rule{Limit: 500, Count: text.Characters, NoLink: true}, says(title, summary, question, invite)},
		{"no tags where they mean nothing", nil, text.Rule{Limit: 500, Count: text.Characters, Tags: 3, NoTags: true}, says(title, summary, question, invite, link)},
		{"first sentences of a long summary", func(p *platform.Post) { p.Summary = "Une phrase. " + strings.Repeat("Une autre bien plus longue ", 20) }, rule(220),
			says(title, "Une phrase.", question, invite, link, "#vélo #hiver")},
		{"a summary that is the title is said once", func(p *platform.Post) { p.Summary = p.Title }, rule(500), says(title, question, invite, link, "#vélo #hiver")},
		{"what stands first is cut where there is no title", func(p *platform.Post) { p.Title = "" }, rule(70), says("Et vous, quand les…", link)},
		{"bytes count too", nil, text.Rule{Limit: 500, Count: text.Characters, Bytes: 90}, says(title, link)},
	} {
		p := post()
		if tt.edit != nil {
			tt.edit(&p)
		}
		parts, problems := text.Compose(p, tt.rule)
		if len(problems) > 0 || len(parts) != 1 {
			t.Errorf("%s: %d parts, %v", tt.name, len(parts), problems)
			continue
		}
		if d := cmp.Diff(tt.want, parts[0].Text); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

// TestCompose_leavesOwnWordsAlone: nothing that a person wrote for a platform is
// cut, and its link is there.
func TestCompose_leavesOwnWordsAlone(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("mot ", 30) + "fin"
	thread := rule(100)
	thread.Threads = 3
	for _, tt := range []struct {
		name  string
		p     platform.Post
		rule  text.Rule
		want  []string
		codes []problem.Code
	}{
		{"the link is added", platform.Post{Text: "Il pleut. Et vous ?", Link: link, Canonical: address}, rule(100), []string{says("Il pleut. Et vous ?", link)}, nil},
		{"the address becomes the link", platform.Post{Text: "Lisez " + address + ".", Link: link, Canonical: address}, rule(100), []string{"Lisez " + link + "."}, nil},
		{"a link beside it is another", platform.Post{Text: "Lisez " + address + "plus.", Link: link, Canonical: address}, rule(150), []string{says("Lisez "+address+"plus.", link)}, nil},
		{"no room for the link", platform.Post{Text: strings.Repeat("x", 99), Link: link}, rule(100), []string{strings.Repeat("x", 99)}, []problem.Code{text.CodeNoRoom}},
		{"too long", platform.Post{Text: long, Link: link}, rule(100), []string{long}, []problem.Code{text.CodeTooLong}},
		{"a thread", platform.Post{Texts: []string{"un", "deux"}, Text: "un\n\ndeux", Link: link}, thread, []string{"un", says("deux", link)}, nil},
		{"where there are none", platform.Post{Texts: []string{"un", "deux"}, Text: "un\n\ndeux"}, rule(100), []string{"un\n\ndeux"}, nil},
		{"a part too long", platform.Post{Texts: []string{long, "deux"}}, thread, []string{long, "deux"}, []problem.Code{text.CodePartLong}},
		{"too many parts", platform.Post{Texts: []string{"a", "b", "c", "d"}}, thread, []string{"a", "b", "c", "d"}, []problem.Code{text.CodeThreadLong}},
		{"nothing", platform.Post{Text: " \n"}, rule(100), nil, []problem.Code{text.CodeNothing}},
	} {
		parts, problems := text.Compose(tt.p, tt.rule)
		var got []string
		for _, p := range parts {
			got = append(got, p.Text)
			if p.Count != text.Characters(p.Text) || p.Limit != tt.rule.Limit || p.Unit != "characters" {
				t.Errorf("%s: %+v", tt.name, p)
			}
		}
		var codes []problem.Code
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		if d := cmp.Diff(tt.want, got) + cmp.Diff(tt.codes, codes); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

func TestCompose_splitsAThread(t *testing.T) {
	t.Parallel()
	p := platform.Post{
		Lang: "fr", Title: "Les freins", Question: "Et vous ?", Link: "https://velo.fr/f/", Thread: true, Tags: []string{"vélo"},
		Plain: "Un paragraphe court.\n\nUn paragraphe de deux phrases. La seconde est là.\n\nune seule longue phrase sans un seul point qui va plus loin que la place\n",
	}
	r := rule(40)
	r.Threads = 10
	want := []string{
		"Les freins\n\nUn paragraphe court.", "Un paragraphe de deux phrases.", "La seconde est là.\n\nune seule longue",
		"phrase sans un seul point qui va plus", "loin que la place\n\nEt vous\u202f?", "https://velo.fr/f/\n\n#vélo",
	}
	compare := func(r text.Rule, want []string) {
		t.Helper()
		parts, problems := text.Compose(p, r)
		var got []string
		for _, part := range parts {
			got = append(got, part.Text)
		}
		if d := cmp.Diff(want, got); d != "" || len(problems) > 0 {
			t.Errorf("(-want +got):\n%s%v", d, problems)
		}
	}
	compare(r, want)
	r.Limit += len(" 1/6")
	p.Numbered = true
	numbered := slices.Clone(want)
	for i := range numbered {
		numbered[i] += " " + string(rune('1'+i)) + "/6"
	}
	compare(r, numbered)
	p.Numbered, r.LinkFirst, r.Limit = false, true, 500
	compare(r, []string{says("Les freins", "https://velo.fr/f/", "Un paragraphe court.", "Un paragraphe de deux phrases. La seconde est là.",
		"une seule longue phrase sans un seul point qui va plus loin que la place", "Et vous\u202f?", "#vélo")})

	r = rule(40)
	r.Threads = 3
	parts, problems := text.Compose(p, r)
	if len(parts) != 1 || len(problems) != 1 || problems[0].Code != text.CodeThreadLong || problems[0].Severity != problem.Warning {
		t.Errorf("a thread too long: %v, %v", parts, problems)
	}
}

// FuzzCompose: what is derived fits, and no thread loses a word.
func FuzzCompose(f *testing.F) {
	f.Add(title, summary, question, "Un paragraphe.\n\nUn autre, avec https://velo.fr/a_(b)/?c et #vélo. Fin ! Non ? Si…", 60, 23)
	f.Add("a", "", "", strings.Repeat("mot ", 200), 30, 16+2)
	f.Add("👨‍👩‍👧‍👦", "🇫🇷", "é", "abc\n\n\ndef", 3, 0)
	f.Fuzz(func(t *testing.T, title, summary, question, plain string, limit, options int) {
		if limit < 1 || len(title)+len(summary)+len(question)+len(plain) > 3000 {
			return
		}
		counts := []func(string) int{text.Graphemes, text.Characters, text.Weighted, text.Federated(23)}
		r := text.Rule{Kind: "x", Limit: limit, Count: counts[uint(options)%4], Tags: 2, Numbered: options&4 != 0, LinkFirst: options&8 != 0}
		p := platform.Post{Lang: "fr", Title: title, Summary: summary, Question: question, Plain: plain, Link: link, Tags: []string{"vélo", "hiver"}}
		if options&16 != 0 {
			r.Threads, p.Thread = 1000, true
		}
		parts, problems := text.Compose(p, r)
		if len(parts) == 0 && len(problems) == 0 {
			t.Fatal("neither a text nor a reason")
		}
		all := ""
		for _, part := range parts {
			if part.Count > limit || r.Count(part.Text) != part.Count {
				t.Fatalf("%+v is too long", part)
			}
			all += part.Text
		}
		if len(parts) < 2 || r.Numbered {
			return
		}
		seen := func(s string) string {
			return strings.Map(func(r rune) rune {
				if strings.ContainsRune(" \t\n\u00a0\u202f", r) {
					return -1
				}
				return r
			}, s)
		}
		if !strings.Contains(seen(all), seen(cleaned(plain))) {
			t.Fatalf("the thread lost words:\n%q\n%q", all, plain)
		}
	})
}
