package doctor

import (
	"strconv"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// The present is taken to be between these years: a machine that lost its
// battery says 1970, one with a wrong century anything.
const firstYear, lastYear = 2025, 2100

func version(p Patient) (Finding, bool) {
	return found(Well, "version", problem.Params{"version": p.Version, "go": p.Go})
}

func zones(p Patient) (Finding, bool) {
	// A zone whose summer time everybody knows, asked of the embedded data.
	paris, err := civil.LoadZone("Europe/Paris")
	summer := civil.Date{Year: 2026, Month: time.July, Day: 1}.At(civil.Clock{Hour: 12})
	if err != nil || paris.Instant(summer).UTC().Hour() != 10 {
		return found(Mend, "zones-broken", nil)
	}
	return found(Well, "zones", problem.Params{"data": p.Zones})
}

func clock(p Patient) (Finding, bool) {
	params := problem.Params{"now": p.Now.UTC().Format("2006-01-02 15:04 UTC")}
	if p.Now.Year() < firstYear || p.Now.Year() > lastYear {
		return found(Mend, "clock-wrong", params)
	}
	return found(Well, "clock", params)
}

func hostZone(p Patient) (Finding, bool) {
	if p.Office == nil {
		return Finding{}, false
	}
	params := problem.Params{"zone": p.Office.Zone.Name(), "host": p.HostZone}
	if p.HostZone == "" || p.HostZone == p.Office.Zone.Name() {
		return found(Well, "zone", params)
	}
	return found(Note, "zone-differs", params)
}

func screen(p Patient) (Finding, bool) {
	code := "screen-plain"
	if p.Colour {
		code = "screen-colour"
	}
	return found(Well, code, problem.Params{"width": strconv.Itoa(p.Width), "lang": strings.ToUpper(p.Lang)})
}
