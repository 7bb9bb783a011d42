package doctor

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/pkg/problem"
)

// connected says of each connection how it is: who it is, when it ends, what it
// lacks, and what the platform says where it was asked.
func connected(p Patient) []Finding {
	var all []Finding
	kept := false
	for _, s := range p.Connections {
		kept = kept || s.Where == secret.AgeFile
		all = append(all, connection(s, p.Now)...)
	}
	if f, applies := identity(p.Identity); kept && applies {
		all = append(all, f)
	}
	return all
}

func connection(s connections.State, now time.Time) []Finding {
	name := problem.Params{"platform": s.Platform}
	if !s.Connected {
		switch {
		case s.Err != nil:
			return []Finding{{Mend, "connection-unreadable", with(name, "detail", plainly(s.Err))}}
		case s.Waits:
			return []Finding{{Mend, "connection-awaited", name}}
		case s.Live:
			return []Finding{{Mend, "connection-lacking", name}}
		}
		return nil // assisted: nothing to say
	}
	var all []Finding
	if s.Way != "" || s.Account != "" { // else it is a server that wants no account
		all = append(all, state(s, now))
	}
	if !s.Live {
		all = append(all, Finding{Note, "connection-not-live", name})
	}
	if len(s.Missing) > 0 {
		all = append(all, Finding{Mend, "connection-scopes", with(name, "scopes", strings.Join(s.Missing, ", "))})
	}
	switch {
	case s.AskErr != nil:
		all = append(all, asked(s))
	case s.Standing != nil:
		all = append(all, standing(s, now)...)
	}
	return all
}

// state says who it is and how long it lasts.
func state(s connections.State, now time.Time) Finding {
	params := problem.Params{"platform": s.Platform, "account": s.Account}
	if s.Account == "" {
		params["account"] = "?"
	}
	days, ends := s.Left(now)
	params["n"] = strconv.Itoa(max(days, 0))
	switch {
	case ends && days < 0:
		return Finding{Mend, "connection-over", params}
	case ends && s.Ends.Sub(now) < connections.Soon:
		return Finding{Mend, "connection-soon", params}
	case ends:
		return Finding{Well, "connection-days", params}
	case s.Renews:
		return Finding{Well, "connection-renews", params}
	}
	delete(params, "n")
	return Finding{Well, "connection", params}
}

// asked says why the platform did not answer well.
func asked(s connections.State) Finding {
	params := problem.Params{"platform": s.Platform, "detail": plainly(s.AskErr)}
	if s.Refused() {
		if s.Where == secret.Configured { // "connect" does not change what is given there
			return Finding{Mend, "connection-refused-given", params}
		}
		return Finding{Mend, "connection-refused", params}
	}
	return Finding{Note, "connection-unreached", params}
}

// standing says what the platform did.
func standing(s connections.State, now time.Time) []Finding {
	st := s.Standing
	params := problem.Params{"platform": s.Platform, "account": st.Account}
	all := []Finding{{Well, "connection-answers", params}}
	if st.Account == "" {
		all[0] = Finding{Well, "connection-reached", problem.Params{"platform": s.Platform}}
	}
	if st.Quota > 0 {
		quota := problem.Params{"platform": s.Platform, "left": strconv.Itoa(st.Left), "quota": strconv.Itoa(st.Quota)}
		status := Well
		if st.Left <= 0 {
			status = Note
		}
		code := "connection-quota"
		if st.Resets.After(now) {
			code, quota["at"] = "connection-quota-until", st.Resets.UTC().Format("2006-01-02 15:04 UTC")
		}
		all = append(all, Finding{status, code, quota})
	}
	if len(st.Limits) > 0 {
		var limits []string
		for name, n := range st.Limits {
			limits = append(limits, name+" "+strconv.Itoa(n))
		}
		slices.Sort(limits)
		all = append(all, Finding{Note, "connection-limits", problem.Params{"platform": s.Platform, "limits": strings.Join(limits, ", ")}})
	}
	return all
}

// identity looks whether others can read what opens the secrets.
func identity(path string) (Finding, bool) {
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return Finding{}, false
	}
	return found(Mend, "identity-open", problem.Params{"file": path})
}

func with(params problem.Params, name, value string) problem.Params {
	all := problem.Params{name: value}
	for k, v := range params {
		all[k] = v
	}
	return all
}

// plainly is what an error says, on one line.
func plainly(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
