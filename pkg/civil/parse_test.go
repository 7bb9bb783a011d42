package civil_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"editorial/pkg/civil"
)

// reason returns what a parser says is wrong, "" for nothing.
func reason(t testing.TB, err error) civil.Reason {
	t.Helper()
	if err == nil {
		return ""
	}
	var pe *civil.ParseError
	if !errors.As(err, &pe) {
		t.Fatalf("got %T %v, want a ParseError", err, err)
	}
	return pe.Reason
}

// moments are texts, and what Moment.String makes of them in Paris.
func moments() map[string]string {
	return map[string]string{
		"2026-07-14":                             "2026-07-14",
		" 2026-07-14\t":                          "2026-07-14",
		"2026-7-4":                               "2026-07-04",
		"2026/07/14":                             "2026-07-14",
		"14 July 2026":                           "2026-07-14",
		"14th July 2026":                         "2026-07-14",
		"July 14, 2026":                          "2026-07-14",
		"Jul 14 2026":                            "2026-07-14",
		"Sept. 1st, 2026":                        "2026-09-01",
		"14 juillet 2026":                        "2026-07-14",
		"1er août 2026":                          "2026-08-01",
		"1ER AOU\u0302T 2026":                    "2026-08-01",
		"3 févr. 2026":                           "2026-02-03",
		"31\u00a0décembre\u202f2026":             "2026-12-31",
		"mardi 14 juillet 2026":                  "2026-07-14",
		"mar. 14 juillet 2026":                   "2026-07-14",
		"mar 17 mars 2026":                       "2026-03-17",
		"Mar 14, 2026":                           "2026-03-14",
		"Tuesday, July 14, 2026":                 "2026-07-14",
		"2028-02-29":                             "2028-02-29",
		"2026-07-14 09:30":                       "2026-07-14T09:30:00+02:00",
		"2026-07-14T09:30":                       "2026-07-14T09:30:00+02:00",
		"2026-07-14T09:30:15":                    "2026-07-14T09:30:15+02:00",
		"2026-07-14 09:30:15.25":                 "2026-07-14T09:30:15+02:00",
		"2026-07-14 9:30":                        "2026-07-14T09:30:00+02:00",
		"2026-07-14 9h30":                        "2026-07-14T09:30:00+02:00",
		"2026-07-14 9h":                          "2026-07-14T09:00:00+02:00",
		"14 juillet 2026 à 9 h 30":               "2026-07-14T09:30:00+02:00",
		"July 14, 2026 at 9:30 PM":               "2026-07-14T21:30:00+02:00",
		"July 14, 2026, 12 am":                   "2026-07-14T00:00:00+02:00",
		"2026-07-14T07:30Z":                      "2026-07-14T09:30:00+02:00",
		"2026-07-14T07:30:00.000Z":               "2026-07-14T09:30:00+02:00",
		"2026-07-14t07:30z":                      "2026-07-14T09:30:00+02:00",
		"2026-07-14 07:30 UTC":                   "2026-07-14T09:30:00+02:00",
		"2026-07-14 07:30:00 +0000":              "2026-07-14T09:30:00+02:00",
		"2026-07-14T09:30+02:00":                 "2026-07-14T09:30:00+02:00",
		"2026-07-14T09:30+0200":                  "2026-07-14T09:30:00+02:00",
		"2026-07-14 09:30 +02":                   "2026-07-14T09:30:00+02:00",
		"2026-07-14 13:00:00 +0530":              "2026-07-14T09:30:00+02:00",
		"2026-12-31T23:30-01:00":                 "2027-01-01T01:30:00+01:00",
		"Tue, 14 Jul 2026 07:30:00 GMT":          "2026-07-14T09:30:00+02:00",
		"Tue, 14 Jul 2026 09:30:00 +0200":        "2026-07-14T09:30:00+02:00",
		"2026-03-29 02:30":                       "2026-03-29T03:30:00+02:00",
		"2026-10-25 02:30":                       "2026-10-25T02:30:00+02:00",
		"2026-10-25T02:30+01:00":                 "2026-10-25T02:30:00+01:00",
		"2026-07-14T09:30+02:00[Europe/Paris]":   "2026-07-14T09:30:00+02:00",
		"2026-07-14T03:30-04:00[America/Nassau]": "2026-07-14T09:30:00+02:00",
	}
}

func TestParseMoment_readsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	z := zone(t, "Europe/Paris")
	for text, want := range moments() {
		m, err := z.ParseMoment(text)
		if err != nil || m.String() != want {
			t.Errorf("%q: got %v, %v, want %s", text, m, err, want)
		}
	}
}

func notMoments() map[string]civil.Reason {
	return map[string]civil.Reason{
		"":                                       civil.NotDate,
		"soon":                                   civil.NotDate,
		"2026":                                   civil.NotDate,
		"2026-07":                                civil.NotDate,
		"20260714":                               civil.NotDate,
		"2026-07/14":                             civil.NotDate,
		"2026-07-14 soon":                        civil.NotDate,
		"2026-07-14T":                            civil.NotDate,
		"2026-07-14T09":                          civil.NotDate,
		"2026-07-14T09:30 CEST":                  civil.NotDate,
		"2026-07-14T09:30+2":                     civil.NotDate,
		"2026-07-14\n09:30":                      civil.NotDate,
		"14 brumaire 2026":                       civil.NotDate,
		"2026-07-14T09:3":                        civil.NotDate,
		"12026-07-14":                            civil.NotDate,
		"mardi":                                  civil.NotDate,
		"2026-06-31":                             civil.NoSuchDay,
		"2026-02-29":                             civil.NoSuchDay,
		"2026-13-01":                             civil.NoSuchDay,
		"2026-00-00":                             civil.NoSuchDay,
		"0000-01-01":                             civil.NoSuchDay,
		"31 June 2026":                           civil.NoSuchDay,
		"30 février 2026":                        civil.NoSuchDay,
		"9999-12-31T23:59-12:00":                 civil.NoSuchDay,
		"2026-07-14 24:00":                       civil.NoSuchTime,
		"2026-07-14 09:60":                       civil.NoSuchTime,
		"2026-07-14 09:30:60":                    civil.NoSuchTime,
		"2026-07-14 13pm":                        civil.NoSuchTime,
		"2026-07-14 0:30 am":                     civil.NoSuchTime,
		"2026-07-14 25h":                         civil.NoSuchTime,
		"2026-07-14T09:30+24:00":                 civil.NoSuchOffset,
		"2026-07-14T09:30+01:75":                 civil.NoSuchOffset,
		"04/05/2026":                             civil.Ambiguous,
		"14/07/2026":                             civil.Ambiguous,
		"4-5-2026 09:00":                         civil.Ambiguous,
		"04.05.26":                               civil.Ambiguous,
		"14 July 26":                             civil.Ambiguous,
		"Monday, 14 July 2026":                   civil.WrongWeekday,
		"lundi 14 juillet 2026 à 9h":             civil.WrongWeekday,
		"2026-07-14T09:30+05:00[Europe/Paris]":   civil.ZoneDisagrees,
		"2026-07-14T09:30+02:00[Europe/Pariss]":  civil.NoSuchZone,
		"2026-07-14T09:30+02:00[europe/paris]":   civil.NoSuchZone,
		"2026-07-14T09:30+02:00[Local]":          civil.NoSuchZone,
		"2026-07-14T09:30+02:00[u-ca=hebrew][x]": civil.NoSuchZone,
	}
}

func TestParseMoment_saysWhatIsWrong(t *testing.T) {
	t.Parallel()
	z := zone(t, "Europe/Paris")
	for text, want := range notMoments() {
		m, err := z.ParseMoment(text)
		if got := reason(t, err); got != want || !m.IsZero() {
			t.Errorf("%q: got %v, reason %q, want %q", text, m, got, want)
		}
	}
	if _, err := z.ParseMoment("2026-07-14T09:30+02:00[Europe/Pariss]"); !errors.Is(err, civil.ErrZone) {
		t.Errorf("an unknown zone is no ErrZone: %v", err)
	}
}

func TestParseClock(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"09:00": "09:00", "9:00": "09:00", "09:00:30": "09:00:30", "9h": "09:00", "9 h": "09:00", "9h30": "09:30",
		"9H05": "09:05", "9\u00a0h\u00a030": "09:30", "9am": "09:00", "9 AM": "09:00", "9:30 pm": "21:30",
		"9:30 p.m.": "21:30", "12am": "00:00", "12pm": "12:00", "0h": "00:00", "23:59:59": "23:59:59",
	} {
		if c, err := civil.ParseClock(text); err != nil || c.String() != want {
			t.Errorf("%q: got %v, %v, want %s", text, c, err, want)
		}
	}
	for text, want := range map[string]civil.Reason{
		"": civil.NotTime, "9": civil.NotTime, "9:5": civil.NotTime, "9h5": civil.NotTime, "9h305": civil.NotTime,
		"0900": civil.NotTime, "9h30m": civil.NotTime, "09:00Z": civil.NotTime, "-9:00": civil.NotTime, "noonish": civil.NotTime,
		"24:00": civil.NoSuchTime, "9:60": civil.NoSuchTime, "13 pm": civil.NoSuchTime, "0am": civil.NoSuchTime, "99h": civil.NoSuchTime,
	} {
		if c, err := civil.ParseClock(text); reason(t, err) != want {
			t.Errorf("%q: got %v, %v, want %s", text, c, err, want)
		}
	}
}

func TestParseWeek(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]civil.Reason{
		"2026-W49": "", "2026-w01": "", "2026-W53": "", "2025-W53": civil.NoSuchWeek, "2026-W00": civil.NoSuchWeek,
		"2026-W54": civil.NoSuchWeek, "2026W49": civil.NotWeek, "2026-W4": civil.NotWeek, "W49": civil.NotWeek, "": civil.NotWeek,
	} {
		w, err := civil.ParseWeek(text)
		if reason(t, err) != want {
			t.Errorf("%q: got %v, %v, want %q", text, w, err, want)
		}
	}
}

func TestParseSpan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"3 days": "3d", "1 day": "1d", "2 weeks": "14d", "36h": "36h", "1h30": "1h30", "1 h 05": "1h05", "90m": "1h30",
		"45 min": "45m", "3 jours": "3d", "2 semaines": "14d", "P3D": "3d", "PT36H": "36h", "P1W": "7d", "p1dt12h30m": "1d 12h30",
		"1 day 12h": "1d 12h", "1 semaine et 2 jours": "9d", "2 days and 3 hours": "2d 3h", "2.5h": "2h30", "2,25 h": "2h15",
		"0.33h": "20m", "0m": "0m", "0 days": "0m", "1 heure 30": "1h30", "1 h 30 min": "1h30", "2d": "2d", "2j": "2d",
	} {
		s, err := civil.ParseSpan(text)
		if err != nil || s.String() != want {
			t.Errorf("%q: got %v, %v, want %s", text, s, err, want)
		}
		if again, err := civil.ParseSpan(s.String()); again != s {
			t.Errorf("%q: %v reads back as %v, %v", text, s, again, err)
		}
	}
	for text, want := range map[string]civil.Reason{
		"": civil.NotSpan, "P": civil.NotSpan, "PT": civil.NotSpan, "P3": civil.NotSpan, "P1M": civil.NotSpan, "PT3D": civil.NotSpan,
		"3 months": civil.NotSpan, "un jour": civil.NotSpan, "-3 days": civil.NotSpan, "1.5 days": civil.NotSpan, "1h 1h": civil.NotSpan,
		"12h 1 day": civil.NotSpan, "1h99": civil.NotSpan, "3": civil.NoUnit, "3.5": civil.NoUnit, "999999 weeks": civil.TooLong,
	} {
		if s, err := civil.ParseSpan(text); reason(t, err) != want {
			t.Errorf("%q: got %v, %v, want %s", text, s, err, want)
		}
	}
}

func TestParseWork(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"5h": 300, "1h30": 90, "45m": 45, "2.5h": 150, "2,5 h": 150, "90 minutes": 90, "1 heure": 60, "0h": 0} {
		got, err := civil.ParseWork(text)
		if err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d", text, got, err, want)
		}
		if again, err := civil.ParseWork(civil.FormatWork(got)); again != got {
			t.Errorf("%d minutes read back as %d, %v", got, again, err)
		}
	}
	for text, want := range map[string]civil.Reason{"": civil.NotWork, "2 days": civil.NotWork, "PT2H": civil.NotWork, "5": civil.NoUnit, "9999999h": civil.TooLong} {
		if got, err := civil.ParseWork(text); reason(t, err) != want {
			t.Errorf("%q: got %d, %v, want %s", text, got, err, want)
		}
	}
}

func TestParseMonth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]civil.Reason{
		"2026-12": "", " 2024-02 ": "", "2026-13": civil.NoSuchMonth, "2026-00": civil.NoSuchMonth, "0000-01": civil.NoSuchMonth,
		"2026-1": civil.NotMonth, "12-2026": civil.NotMonth, "2026-12-01": civil.NotMonth, "december": civil.NotMonth, "": civil.NotMonth,
	} {
		m, err := civil.ParseMonth(text)
		if got := reason(t, err); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if err == nil && m.String() != strings.TrimSpace(text)+"-01" {
			t.Errorf("%q: got %v", text, m)
		}
	}
}

func TestParseWeekday(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Weekday{
		"Monday": time.Monday, "Mon": time.Monday, "lundi": time.Monday, "lun.": time.Monday, "MARDI": time.Tuesday,
		"tues": time.Tuesday, "mer": time.Wednesday, "thu": time.Thursday, "jeu": time.Thursday, "vendredi": time.Friday,
		"sat": time.Saturday, "sam": time.Saturday, "dimanche": time.Sunday, "sun": time.Sunday,
	} {
		if d, err := civil.ParseWeekday(text); err != nil || d != want {
			t.Errorf("%q: got %v, %v, want %v", text, d, err, want)
		}
	}
	for _, text := range []string{"", "m", "day", "lundi mardi", "1"} {
		if _, err := civil.ParseWeekday(text); reason(t, err) != civil.NotWeekday {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestParseWhen(t *testing.T) {
	t.Parallel()
	z := zone(t, "Europe/Paris")
	today := civil.Date{Year: 2026, Month: time.October, Day: 23} // a Friday
	for text, want := range map[string]string{
		"today": "2026-10-23", "Aujourd’hui": "2026-10-23", "tomorrow": "2026-10-24", "demain": "2026-10-24",
		"friday": "2026-10-23", "ven.": "2026-10-23", "thursday": "2026-10-29", "dimanche": "2026-10-25",
		"friday 09:00": "2026-10-23T09:00:00+02:00", "demain à 9h": "2026-10-24T09:00:00+02:00",
		"tomorrow at 9 pm": "2026-10-24T21:00:00+02:00", "sunday 2h30": "2026-10-25T02:30:00+02:00",
		"monday 9:00": "2026-10-26T09:00:00+01:00", "mar 14:00": "2026-10-27T14:00:00+01:00",
		"2026-W45-5": "2026-11-06", "2026-w45-5 9h": "2026-11-06T09:00:00+01:00", "2026-W53-7T08:00": "2027-01-03T08:00:00+01:00",
		"2026-11-02 9h": "2026-11-02T09:00:00+01:00", "Mar 14, 2027": "2027-03-14", "mar 3 nov 2026": "2026-11-03",
	} {
		m, err := z.ParseWhen(text, today)
		if err != nil || m.String() != want {
			t.Errorf("%q: got %v, %v, want %s", text, m, err, want)
		}
	}
	for text, want := range map[string]civil.Reason{
		"": civil.NotDate, "someday": civil.NotDate, "next friday": civil.NotDate, "friday evening": civil.NotDate,
		"2025-W53-1": civil.NoSuchWeek, "2026-W45-8": civil.NoSuchDay, "2026-W45": civil.NotDate,
		"friday09:00": civil.NotDate, "friday 25:00": civil.NoSuchTime, "04/05/2026": civil.Ambiguous, "09:00": civil.NotDate,
	} {
		if m, err := z.ParseWhen(text, today); reason(t, err) != want {
			t.Errorf("%q: got %v, %v, want %s", text, m, err, want)
		}
	}
}

func TestParseZoned_letsTheWallWinAndSaysSo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, want string
		moved      time.Duration
	}{
		{"2026-12-01T09:00+01:00[Europe/Paris]", "2026-12-01T09:00+01:00[Europe/Paris]", 0},
		{"2026-12-01T09:00:30+01:00[!Europe/Paris]", "2026-12-01T09:00:30+01:00[Europe/Paris]", 0},
		{"2026-12-01T09:00[Europe/Paris]", "2026-12-01T09:00+01:00[Europe/Paris]", 0},
		{"2026-12-01T08:00Z[Europe/Paris]", "2026-12-01T09:00+01:00[Europe/Paris]", 0},
		{"2026-12-01T09:00+00:00[UTC]", "2026-12-01T09:00+00:00[UTC]", 0},
		{"2026-10-25T02:30+02:00[Europe/Paris]", "2026-10-25T02:30+02:00[Europe/Paris]", 0},
		{"2026-10-25T02:30+01:00[Europe/Paris]", "2026-10-25T02:30+01:00[Europe/Paris]", 0},
		{"2026-03-29T02:30+01:00[Europe/Paris]", "2026-03-29T03:30+02:00[Europe/Paris]", 0},
		{"2026-07-01T09:00+01:00[Europe/Paris]", "2026-07-01T09:00+02:00[Europe/Paris]", -time.Hour},
		{"2026-12-01T09:00+05:00[Europe/Paris]", "2026-12-01T09:00+01:00[Europe/Paris]", 4 * time.Hour},
		{"1899-01-01T12:00+00:09:21[Europe/Paris]", "1899-01-01T12:00+00:09:21[Europe/Paris]", 0},
	} {
		m, moved, err := civil.UTC().ParseZoned(tt.text)
		if err != nil || m.Zoned() != tt.want || moved != tt.moved {
			t.Errorf("%s: got %s, moved %v, %v, want %s, moved %v", tt.text, m.Zoned(), moved, err, tt.want, tt.moved)
		}
	}
	if _, _, err := civil.UTC().ParseZoned("2026-12-01T09:00+05:00[!Europe/Paris]"); reason(t, err) != civil.ZoneDisagrees {
		t.Errorf("a critical zone that disagrees: %v", err)
	}
}

func TestText_goesThroughJSONAndBack(t *testing.T) {
	t.Parallel()
	type all struct {
		D civil.Date
		N civil.Date
		C civil.Clock
		T civil.DateTime
		W civil.Week
		S civil.Span
	}
	in := all{
		D: civil.Date{Year: 2026, Month: 12, Day: 1}, C: civil.Clock{Hour: 9}, T: at(2026, 12, 1, 9, 30),
		W: civil.Week{Year: 2026, Number: 49}, S: civil.Span{Days: 2, Minutes: 90},
	}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"D":"2026-12-01","N":"","C":"09:00","T":"2026-12-01T09:30","W":"2026-W49","S":"2d 1h30"}`; string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	var out all
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("got %+v, %v, want %+v", out, err, in)
	}
	m, _ := zone(t, "Europe/Paris").ParseMoment("2026-12-01 9h")
	if text, err := json.Marshal(m); err != nil || string(text) != `"2026-12-01T09:00:00+01:00"` {
		t.Errorf("got %s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`"2026-12-01T25:00"`), &out.T); reason(t, err) != civil.NoSuchTime {
		t.Errorf("25:00: %v", err)
	}
}
