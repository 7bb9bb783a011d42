package doctor

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

func TestConnection_findings(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	good := connections.State{Platform: "x", Way: "oauth2", Live: true, Connected: true, Account: "@a", Where: secret.AgeFile}
	with := func(change func(*connections.State)) connections.State {
		s := good
		change(&s)
		return s
	}
	for name, tt := range map[string]struct {
		s    connections.State
		want []string // status and code
	}{
		"assisted":       {connections.State{Platform: "x"}, nil},
		"live, and not":  {connections.State{Platform: "x", Live: true}, []string{"mend connection-lacking"}},
		"live, named":    {connections.State{Platform: "x", Live: true, Waits: true}, []string{"mend connection-awaited"}},
		"not live":       {with(func(s *connections.State) { s.Live = false }), []string{"well connection", "note connection-not-live"}},
		"unreadable":     {connections.State{Platform: "x", Err: errors.New("no key")}, []string{"mend connection-unreadable"}},
		"for good":       {good, []string{"well connection"}},
		"renewed":        {with(func(s *connections.State) { s.Renews = true }), []string{"well connection-renews"}},
		"14 days":        {with(func(s *connections.State) { s.Ends = now.Add(14 * day) }), []string{"well connection-days"}},
		"13 days":        {with(func(s *connections.State) { s.Ends = now.Add(14*day - time.Second) }), []string{"mend connection-soon"}},
		"an hour":        {with(func(s *connections.State) { s.Ends = now.Add(time.Hour) }), []string{"mend connection-soon"}},
		"over":           {with(func(s *connections.State) { s.Ends = now.Add(-time.Second) }), []string{"mend connection-over"}},
		"lacking scopes": {with(func(s *connections.State) { s.Missing = []string{"write"} }), []string{"well connection", "mend connection-scopes"}},
		"refused": {with(func(s *connections.State) { s.AskErr = platform.Refuse(platform.Auth, "revoked", "") }),
			[]string{"well connection", "mend connection-refused"}},
		"refused, of config.toml": {with(func(s *connections.State) {
			s.Where, s.AskErr = secret.Configured, platform.Refuse(platform.Auth, "revoked", "")
		}), []string{"well connection", "mend connection-refused-given"}},
		"network down": {with(func(s *connections.State) { s.AskErr = platform.Refuse(platform.Temporary, "", "") }),
			[]string{"well connection", "note connection-unreached"}},
		"answers": {with(func(s *connections.State) {
			s.Standing = &platform.Standing{Account: "@a", Quota: 50, Left: 7, Resets: now.Add(time.Hour), Limits: map[string]int{"characters": 500}}
		}), []string{"well connection", "well connection-answers", "well connection-quota-until", "note connection-limits"}},
		"a server that wants no account": {connections.State{Platform: "newsletter", Live: true, Connected: true, Standing: &platform.Standing{}}, []string{"well connection-reached"}},
		"used up": {with(func(s *connections.State) { s.Standing = &platform.Standing{Account: "@a", Quota: 50} }),
			[]string{"well connection", "well connection-answers", "note connection-quota"}},
	} {
		var got []string
		for _, f := range connection(tt.s, now) {
			got = append(got, string(f.Status)+" "+f.Code)
			for _, lang := range words.Langs() {
				if !words.New(lang).Has("doctor." + f.Code) {
					t.Errorf("%s: %s has no words", name, f.Code)
				}
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

// TestConcerns_areWhatIsToBeMended, but not that a person puts posts there.
func TestConcerns_areWhatIsToBeMended(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	for want, s := range map[string]connections.State{
		"":                   {Live: true},
		"connection-awaited": {Live: true, Waits: true},
		"connection-over":    {Way: "oauth2", Live: true, Connected: true, Ends: now.Add(-time.Hour), AskErr: platform.Refuse(platform.Temporary, "", "")},
	} {
		var got string
		for _, f := range Concerns(s, now) {
			got += f.Code
		}
		if got != want {
			t.Errorf("%+v: %q", s, got)
		}
	}
}

func TestIdentity_thatOthersCanRead(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no modes there")
	}
	name := filepath.Join(t.TempDir(), "identity.txt")
	p := Patient{Identity: name, Connections: []connections.State{{Platform: "x", Way: "oauth2", Live: true, Connected: true, Where: secret.AgeFile}}}
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := connected(p); len(got) != 1 {
		t.Errorf("0600: %v", got)
	}
	if err := os.Chmod(name, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := connected(p); len(got) != 2 || got[1].Code != "identity-open" || got[1].Status != Mend {
		t.Errorf("0644: %v", got)
	}
}
