package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"editorial/internal/store"
)

// journal writes into the journal of an office, before any command has.
func (d desk) journal(t *testing.T, do func(*store.Tx) error) {
	t.Helper()
	dir := filepath.Join(d.dir, "office", ".editorial")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(dir, "deliveries.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Write(t.Context(), do), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestStatus_saysWhatNeedsSomebody before anything fails, with the command that
// settles it, until somebody connects the account.
func TestStatus_saysWhatNeedsSomebody(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "[platforms.sky]\nkind = \"bluesky\"\nlive = true\nconnection = { account = \"library.example\" }\n[platforms.toots]\nkind = \"mastodon\"\n")
	found := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	notice := func(subject, code string) store.Notice {
		return store.Notice{Subject: subject, Code: code, Params: map[string]string{"platform": subject, "account": "@a\x1b[2J", "n": "1"}}
	}
	d.journal(t, func(tx *store.Tx) error {
		_, _, err := tx.Notice(t.Context(), "account", []store.Notice{notice("sky", "connection-soon"), notice("toots", "connection-over"), notice("gone", "connection-over")}, nil, found)
		return err
	})
	_, out, _ := d.run(t, "", nil, "status")
	// toots is not live any more, and gone is no platform.
	want := "Nothing has gone wrong, and one thing needs somebody before it does\n\nBefore anything fails\n  sky: the connection of @a\\u001b[2J ends in 1 day (seen Tue 1 Dec, 08:00)\n    → editorial -C " +
		filepath.Join(d.dir, "office") + " connect sky\n"
	if out != want {
		t.Errorf("got:\n%s", out)
	}
	french := d
	french.environ = append(slices.Clone(d.environ), "LANG=fr_FR.UTF-8")
	_, out, _ = french.run(t, "", nil, "status")
	if !strings.Contains(out, "une chose attend quelqu’un") || !strings.Contains(out, "prend fin dans 1 jour (vu ") {
		t.Errorf("got:\n%s", out)
	}
	if _, out, _ = d.run(t, "", nil); !strings.Contains(out, "Nothing has gone wrong, and one thing") || !strings.HasSuffix(out, " status\n") {
		t.Errorf("editorial alone:\n%s", out)
	}
	_, out, _ = d.run(t, "", nil, "status", "--json")
	var doc struct {
		Notices []struct {
			Area, Subject, Code, Sentence, Command string
			Since                                  time.Time
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Notices) != 1 || !doc.Notices[0].Since.Equal(found) || !strings.HasSuffix(doc.Notices[0].Command, "connect sky") {
		t.Errorf("%v\n%s", err, out)
	}
	if code, _, errs := d.run(t, "password\n", nil, "connect", "sky"); code != 0 {
		t.Fatal(errs)
	}
	if _, out, _ = d.run(t, "", nil, "status"); !strings.HasPrefix(out, "Nothing needs you\n") {
		t.Errorf("after connect:\n%s", out)
	}
}

// TestDeliveries_sayTheLastFigures that a platform said.
func TestDeliveries_sayTheLastFigures(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	d := newDesk(t, "[platforms.toots]\nkind = \"mastodon\"\n")
	out := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	d.journal(t, func(tx *store.Tx) error {
		for n, m := range []store.Measure{
			{Key: "a#toots#1", Mark: day, At: out.Add(day), Figures: map[string]int64{"likes": 1}},
			{Key: "a#toots#1", Mark: 7 * day, At: out.Add(7 * day), Figures: map[string]int64{"likes": 12, "replies": 3}},
			{Key: "a#toots#1", Mark: 30 * day, At: out.Add(30 * day), Detail: "permission 403"},
			{Key: "b#toots#1", Mark: day, At: out.Add(day), Detail: "permission 403"},
		} {
			x := store.Delivery{Key: m.Key, Platform: "toots", Kind: "mastodon", Post: string(m.Key[0]), Title: "T", Due: out.Add(time.Duration(n) * time.Minute), Published: out, State: "published"}
			if _, err := tx.Put(t.Context(), x, out); err != nil {
				return err
			}
			if err := tx.PutMeasure(t.Context(), m); err != nil {
				return err
			}
		}
		return nil
	})
	if _, said, _ := d.run(t, "", nil, "deliveries"); strings.Count(said, "after 7 days: 12 likes, 3 replies\n") != 1 || strings.Contains(said, "403") {
		t.Errorf("got:\n%s", said)
	}
	_, said, _ := d.run(t, "", nil, "deliveries", "--json")
	var doc struct {
		Deliveries []struct {
			Key, State string
			Figures    *struct {
				At     time.Time
				Days   int
				Counts map[string]int64
			}
		}
	}
	if err := json.Unmarshal([]byte(said), &doc); err != nil || len(doc.Deliveries) != 2 {
		t.Fatalf("%v\n%s", err, said)
	}
	if f := doc.Deliveries[0].Figures; f == nil || !f.At.Equal(out.Add(7*day)) || f.Days != 7 || f.Counts["replies"] != 3 || doc.Deliveries[1].Figures != nil || doc.Deliveries[0].State != "published" {
		t.Errorf("got:\n%s", said)
	}
}

// TestDoctor_onlineAsksMailServersToo, which nobody connects.
func TestDoctor_onlineAsksMailServersToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "[newsletter]\nfrom = \"us@shelf.lib.uk\"\npostal_address = \"Leeds\"\nunsubscribe_url = \"https://shelf.lib.uk/bye\"\nto = [\"awa@lecteurs.example\"]\n"+
		"smtp = { host = \"127.0.0.1\", port = 1, security = \"none\" }\n[platforms.newsletter]\nlive = true\n")
	if _, out, _ := d.run(t, "", nil, "doctor"); strings.Contains(out, "newsletter could") {
		t.Errorf("without being asked:\n%s", out)
	}
	if _, out, _ := d.run(t, "", nil, "doctor", "--online"); !strings.Contains(out, "newsletter could not be asked: ") {
		t.Errorf("got:\n%s", out)
	}
}

// TestDoctor_onlineSettles what was known of an account that answers well again.
func TestDoctor_onlineSettles(t *testing.T) {
	t.Parallel()
	var status atomic.Int64
	status.Store(http.StatusUnauthorized)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(int(status.Load()))
		fmt.Fprint(w, `{"id":"1","acct":"v","configuration":{}}`)
	}))
	t.Cleanup(server.Close)
	d := newDesk(t, fmt.Sprintf("[platforms.toots]\nkind = \"mastodon\"\nlive = true\nconnection = { server = %q }\n", server.URL))
	d.environ = append(d.environ, "EDITORIAL_PLATFORMS_TOOTS_CONNECTION_TOKEN="+d.hunt.Plant("toots"))
	d.journal(t, func(tx *store.Tx) error {
		notice := store.Notice{Subject: "toots", Code: "connection-refused-given", Params: map[string]string{"platform": "toots", "detail": "401"}}
		_, _, err := tx.Notice(t.Context(), "account", []store.Notice{notice}, nil, time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC))
		return err
	})
	for _, code := range []int64{http.StatusUnauthorized, http.StatusBadGateway} {
		status.Store(code)
		d.run(t, "", nil, "doctor", "--online")
		if _, out, _ := d.run(t, "", nil, "status"); !strings.Contains(out, "toots does not take") {
			t.Errorf("%d:\n%s", code, out)
		}
	}
	status.Store(http.StatusOK)
	d.run(t, "", nil, "doctor", "--online")
	if _, out, _ := d.run(t, "", nil, "status"); !strings.HasPrefix(out, "Nothing needs you\n") {
		t.Errorf("it answers again:\n%s", out)
	}
}

// TestConnections_thatCannotBeUsed are not called well, by whatever command, and
// their password is said by none.
func TestConnections_thatCannotBeUsed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "[platforms.site]\nkind = \"git\"\nlive = true\nconnection = { options = { repository = \"https://me:sekret@git.example/site.git\" } }\n")
	for _, args := range [][]string{{"doctor"}, {"doctor", "--online"}, {"connect", "--list"}} {
		_, out, _ := d.run(t, "", nil, args...)
		if !strings.Contains(strings.Join(strings.Fields(out), " "), "or it holds a password") || strings.Contains(out, "sekret") {
			t.Errorf("%v:\n%s", args, out)
		}
	}
}
