package journal_test

import (
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

func TestAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		f    journal.Failure
		want journal.Step
	}{
		"a lost answer":            {journal.Failure{From: journal.Committing, Class: platform.Uncertain}, journal.Step{To: journal.Uncertain, Reason: journal.AnswerLost, Again: now}},
		"a lost answer before":     {journal.Failure{From: journal.Leased, Class: platform.Uncertain, Attempt: 1}, journal.Step{To: journal.Planned, Again: now.Add(5 * time.Second)}},
		"something nobody knows":   {journal.Failure{From: journal.Committing, Class: "?"}, journal.Step{To: journal.Uncertain, Reason: journal.AnswerLost, Again: now}},
		"never sent":               {journal.Failure{From: journal.Committing, Class: platform.Temporary, Attempt: 3}, journal.Step{To: journal.Prepared, Again: now.Add(20 * time.Second)}},
		"never sent, for ever":     {journal.Failure{From: journal.Committing, Class: platform.Temporary, Attempt: 12}, journal.Step{To: journal.Failed, Reason: journal.TooManyTries}},
		"never sent, until late":   {journal.Failure{From: journal.Committing, Class: platform.Temporary, Attempt: 3, Last: now}, journal.Step{To: journal.Held, Reason: journal.TooLate}},
		"too fast":                 {journal.Failure{From: journal.Committing, Class: platform.Rate, Until: now.Add(time.Hour)}, journal.Step{To: journal.Prepared, Again: now.Add(time.Hour)}},
		"too fast, nobody says":    {journal.Failure{From: journal.Leased, Class: platform.Rate}, journal.Step{To: journal.Planned, Again: now.Add(time.Minute)}},
		"too fast, for too long":   {journal.Failure{From: journal.Committing, Class: platform.Rate, Until: now.Add(2 * time.Hour), Last: now.Add(time.Hour)}, journal.Step{To: journal.Held, Reason: journal.TooLate}},
		"a duplicate":              {journal.Failure{From: journal.Committing, Class: platform.Duplicate}, journal.Step{To: journal.Uncertain, Reason: journal.AnswerLost, Again: now}},
		"credentials":              {journal.Failure{From: journal.Committing, Class: platform.Auth}, journal.Step{To: journal.Held, Reason: journal.NeedsAccount}},
		"nothing left of a quota":  {journal.Failure{From: journal.Committing, Class: platform.Quota}, journal.Step{To: journal.Held, Reason: journal.OutOfQuota, Again: now.Add(time.Hour)}},
		"refused":                  {journal.Failure{From: journal.Committing, Class: platform.Invalid}, journal.Step{To: journal.Failed, Reason: journal.Refused}},
		"a film that is not ready": {journal.Failure{From: journal.Leased, Class: platform.Pending, Until: now.Add(30 * time.Second)}, journal.Step{To: journal.Planned, Again: now.Add(30 * time.Second)}},
	} {
		tt.f.Now = now
		if got := journal.After(tt.f); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

// Not finding means nothing while a platform may not show it yet.
func TestLooked(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		w     platform.Whether
		after time.Duration
		want  journal.Step
	}{
		{platform.Found, 0, journal.Step{To: journal.Published}},
		{platform.NotFound, 59 * time.Second, journal.Step{To: journal.Uncertain, Reason: journal.NotSettled, Again: first.Add(time.Minute)}},
		{platform.NotFound, time.Minute, journal.Step{To: journal.Prepared, Again: first.Add(time.Minute)}},
		{platform.Unknown, time.Hour, journal.Step{To: journal.Uncertain, Reason: journal.CannotLook}},
		{"", 0, journal.Step{To: journal.Uncertain, Reason: journal.CannotLook}},
	} {
		if got := journal.Looked(tt.w, first, first.Add(tt.after), time.Minute); got != tt.want {
			t.Errorf("%q after %v: %+v, want %+v", tt.w, tt.after, got, tt.want)
		}
	}
}
