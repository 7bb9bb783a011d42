package cli

import (
	"slices"
	"strings"
	"testing"

	"editorial/internal/courier"
	"editorial/internal/delivery"
	"editorial/internal/doctor"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/words"
)

func wording(lang words.Lang) *app { return &app{words: words.New(lang), dir: "."} }

func TestDelivery_sentencesHoldNoNamesOfOurs(t *testing.T) {
	t.Parallel()
	o := &office.Office{Corpus: &content.Corpus{}}
	table := &content.Post{Path: "t.md", Problems: []problem.Problem{
		{Code: "needs-table", Severity: problem.Error, Params: problem.Params{"key": "prix"}},
	}}
	draft := &content.Post{Path: "d.md", Stage: content.Draft}
	o.Corpus.Posts = []*content.Post{table, draft}
	inWords, _ := words.New(words.English).Problem(table.Problems[0])
	for _, tt := range []struct {
		d      store.Delivery
		en, fr string
	}{
		{store.Delivery{State: journal.Held, Reason: journal.NotReady, Detail: "draft"}, "held: the post is not ready (draft)", "retenu : le billet n’est pas prêt (brouillon)"},
		{store.Delivery{State: journal.Held, Reason: journal.NotReady, Detail: "needs-table", File: "t.md"}, "held: the post is not ready (" + inWords + ")", ""},
		{store.Delivery{State: journal.Held, Reason: journal.NotApproved, Detail: "1/2"}, "held: this text is not approved (1 of 2 approvals)", "retenu : ce texte n’est pas approuvé (1 approbation sur 2)"},
		{store.Delivery{State: journal.Held, Reason: journal.NotApproved, Detail: "d.md"}, "held: this text is not approved (content/d.md: draft)", ""},
		{store.Delivery{State: journal.Held, Reason: journal.NeedsAccount, Detail: "auth not-connected", Platform: "x"},
			"held: x does not accept the credentials (no account is connected)", "retenu : x refuse les identifiants (aucun compte n’est relié)"},
		{store.Delivery{State: journal.Failed, Reason: journal.Refused, Detail: "invalid 400 bad: no\x1b[2J", Platform: "x"}, `failed: x refuses it (400 “bad: no\u001b[2J”)`, "échec : x le refuse (400 « bad: no\\u001b[2J »)"},
		{store.Delivery{State: journal.Failed, Reason: journal.TooManyTries, Detail: "temporary 503"}, "failed: every attempt failed (nothing arrived: 503)", ""},
		{store.Delivery{State: journal.Held, Reason: journal.OutOfMoney, Detail: "4990000 5000000"}, "held: it would cost more than the month’s budget (4.99 of 5.00 US dollars spent)", ""},
		{store.Delivery{State: journal.Failed, Reason: journal.Broken, Detail: "platform-text-too-long", Platform: "x"}, "failed: it does not fit x (its preview says what is the matter)", ""},
		{store.Delivery{State: journal.Held, Reason: journal.NeedsAccount, Detail: "auth git-address", Platform: "x"},
			"held: x does not accept the credentials (that is no address of a repository, or it holds a password; or the branch is no name of one)", ""},
		{store.Delivery{State: journal.Held, Reason: journal.Frozen, Detail: "auth"}, "held: the office is frozen (auth)", ""},
	} {
		if got := wording(words.English).sayDelivery(o, tt.d); got != tt.en {
			t.Errorf("%s %q: %q, want %q", tt.d.Reason, tt.d.Detail, got, tt.en)
		}
		if got := wording(words.French).sayDelivery(o, tt.d); tt.fr != "" && plainSpaces(got) != tt.fr {
			t.Errorf("%s %q: %q, want %q", tt.d.Reason, tt.d.Detail, got, tt.fr)
		}
	}
}

// TestFailures_areSaidInWords, with what the platform said in quotation marks and no
// longer than a sentence bears.
func TestFailures_areSaidInWords(t *testing.T) {
	t.Parallel()
	fr := wording(words.French)
	for detail, want := range map[string]string{
		"auth 401: The access token is invalid":                        "les identifiants ne valent rien : 401 « The access token is invalid »",
		"temporary unreachable: fatal: no such place: exit status 128": "pas de réponse utilisable : injoignable : « fatal: no such place »",
		"invalid 404: not found":                                       "la demande est refusée : 404 « not found »",
		`auth 401: {"ok":false,"description":"Unauthorized"}`:          "les identifiants ne valent rien : 401 « Unauthorized »",
		"auth git-address":                                             "les identifiants ne valent rien : ce n’est pas l’adresse d’un dépôt, ou elle contient un mot de passe ; ou bien le nom de la branche n’en est pas un",
		"dial tcp: no such host":                                       "dial tcp: no such host",
	} {
		if got := plainSpaces(fr.sayAsked(detail)); got != want {
			t.Errorf("%s:\n%s, want\n%s", detail, got, want)
		}
	}
	if got := fr.sayAsked("auth 401: " + strings.Repeat("no ", 1000)); len(got) > 300 {
		t.Errorf("%d bytes", len(got))
	}
	sentence, _ := fr.finding(doctor.Finding{Code: "connection-refused", Params: problem.Params{"platform": "x", "detail": "auth 401: no"}})
	if got := plainSpaces(sentence); got != "x n’accepte pas la liaison : les identifiants ne valent rien : 401 « no »" {
		t.Error(got)
	}
}

// TestFrench_ofSizesNumbersAndNames: units are those of French, what nobody meant is
// not asked for, and no plural stands with a number that wants none.
func TestFrench_ofSizesNumbersAndNames(t *testing.T) {
	t.Parallel()
	fr := wording(words.French)
	disk, _ := fr.finding(doctor.Finding{Code: "disk", Params: problem.Params{"free": "26 GB"}})
	config, _ := fr.finding(doctor.Finding{Code: "config", Params: problem.Params{"platforms": "1", "people": "0"}})
	_, near := fr.words.Problem(problem.Problem{Code: "post-platform", Params: problem.Params{"value": "blogg", "near": "blog", "known": "blog"}})
	_, far := fr.words.Problem(problem.Problem{Code: "post-platform", Params: problem.Params{"value": "zzz", "near": "", "known": "blog"}})
	for got, want := range map[string]string{
		disk: "26 Go libres sur le disque", config: "config.toml est en ordre (plateformes : 1 ; personnes : 0)",
		near: "vouliez-vous dire « blog » ? config.toml a blog", far: "config.toml a blog",
		fr.words.Say("plan.changes", problem.Params{"new": "1", "moved": "0", "removed": "0"}): "Par rapport au calendrier convenu, nouveaux : 1 ; déplacés : 0 ; retirés : 0",
		fr.say("connect.git-no-token-hint"):                                                    "retirez --token-file : git s’y prouve par sa clé SSH",
	} {
		if plainSpaces(got) != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestWould_saysWhatDoesNotFit with what is known of it.
func TestWould_saysWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	p := problem.Problem{Code: "mail-too-long", Severity: problem.Error, Params: problem.Params{"platform": "lettre", "count": "12", "max": "10"}}
	w := courier.Would{Order: delivery.Order{Platform: "lettre"}, What: courier.WouldFail, Reason: journal.Broken, Detail: string(p.Code), Problem: p}
	got := wording(words.English).sayWould(&office.Office{Corpus: &content.Corpus{}}, w)
	if !strings.Contains(got, "12") || strings.Contains(got, "…") {
		t.Error(got)
	}
}

func plainSpaces(s string) string {
	r := []rune(s)
	for i, c := range r {
		if c == '\u00a0' || c == '\u202f' {
			r[i] = ' '
		}
	}
	return string(r)
}

func TestDelivery_commandsThatSettleIt(t *testing.T) {
	t.Parallel()
	id := shortID("k")
	for _, tt := range []struct {
		state  journal.State
		reason journal.Reason
		kind   string
		file   string
		want   []string
	}{
		{journal.Held, journal.NotApproved, "", "a b.md", []string{"editorial approve 'content/a b.md' --by WHO"}},
		{journal.Held, journal.NotApproved, "", "", nil}, // an edition
		{journal.Held, journal.NotReady, "", "a.md", []string{"editorial preview content/a.md"}},
		{journal.Failed, journal.Broken, "", "a.md", []string{"editorial preview content/a.md --platform toot", "editorial retry " + id}},
		{journal.Failed, journal.Refused, "", "", []string{"editorial retry " + id}},
		{journal.Held, journal.NeedsAccount, "mastodon", "a.md", []string{"editorial connect toot", "editorial retry " + id}},
		{journal.Held, journal.NeedsAccount, "newsletter", "", []string{"editorial retry " + id}}, // nothing to connect
		{journal.Uncertain, journal.CannotLook, "", "a.md", []string{"editorial resolve " + id + " --there --url …", "editorial resolve " + id + " --send-again"}},
		{journal.Held, journal.ByHand, "", "a.md", []string{"editorial done " + id + " --url …"}},
		{journal.Held, journal.Frozen, "", "a.md", nil},
	} {
		d := store.Delivery{Key: "k", State: tt.state, Reason: tt.reason, Kind: tt.kind, File: tt.file, Platform: "toot"}
		if got := wording(words.English).settleCommands(d); !slices.Equal(got, tt.want) {
			t.Errorf("%s %s: %q, want %q", tt.state, tt.reason, got, tt.want)
		}
	}
}
