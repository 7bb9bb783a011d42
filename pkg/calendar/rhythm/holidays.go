package rhythm

import (
	"slices"
	"time"

	"editorial/pkg/civil"
)

// Countries returns the codes that [Holidays] knows (ISO 3166-1, lower case).
func Countries() []string { return []string{"be", "ca", "ch", "de", "fr", "gb", "lu", "us"} }

// Holidays returns the public holidays that the whole of a country keeps in a
// year, in order, on their own dates: not the substitute days of some
// countries, nor what a region or canton adds. False: an unknown country.
//
// They are computed here because the library for it reads the zone of the
// host; a test compares the two.
func Holidays(country string, year int) ([]Day, bool) {
	if !slices.Contains(Countries(), country) {
		return nil, false
	}
	h := holidays{year: year, easter: easter(year)}
	newYear := "New Year's Day"
	switch country {
	case "fr":
		newYear = "Jour de l’an"
	case "be", "ch", "lu":
		newYear = "Nouvel an"
	case "de":
		newYear = "Neujahr"
	}
	h.fixed(time.January, 1, newYear)
	switch country {
	case "fr":
		h.french()
	case "be":
		h.belgian()
	case "ch":
		h.swiss()
	case "de":
		h.german()
	case "lu":
		h.luxembourgish()
	case "gb":
		h.british()
	case "us":
		h.american()
	case "ca":
		h.canadian()
	}
	slices.SortFunc(h.days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return h.days, true
}

type holidays struct {
	year   int
	easter civil.Date
	days   []Day
}

func (h *holidays) add(d civil.Date, name string) {
	h.days = append(h.days, Day{Date: d, Name: name, Holiday: true})
}

func (h *holidays) fixed(m time.Month, day int, name string) {
	h.add(civil.Date{Year: h.year, Month: m, Day: day}, name)
}

// moving adds a day so many days after Easter Sunday.
func (h *holidays) moving(days int, name string) { h.add(h.easter.AddDays(days), name) }

// nth adds the n-th of a weekday in a month; the last for n = -1.
func (h *holidays) nth(n int, w time.Weekday, m time.Month, name string) {
	d := civil.Date{Year: h.year, Month: m, Day: 1}
	if n < 0 {
		d = civil.Date{Year: h.year, Month: m + 1, Day: 1}.AddDays(-7)
		n = 1
	}
	d = d.AddDays((int(w) - int(d.Weekday()) + 7) % 7)
	h.add(d.AddDays(7*(n-1)), name)
}

func (h *holidays) french() {
	h.moving(1, "Lundi de Pâques")
	h.fixed(time.May, 1, "Fête du Travail")
	h.fixed(time.May, 8, "Victoire 1945")
	h.moving(39, "Ascension")
	h.moving(50, "Lundi de Pentecôte")
	h.fixed(time.July, 14, "Fête nationale")
	h.fixed(time.August, 15, "Assomption")
	h.fixed(time.November, 1, "Toussaint")
	h.fixed(time.November, 11, "Armistice 1918")
	h.fixed(time.December, 25, "Noël")
}

func (h *holidays) belgian() {
	h.moving(1, "Lundi de Pâques")
	h.fixed(time.May, 1, "Fête du Travail")
	h.moving(39, "Ascension")
	h.moving(50, "Lundi de Pentecôte")
	h.fixed(time.July, 21, "Fête nationale")
	h.fixed(time.August, 15, "Assomption")
	h.fixed(time.November, 1, "Toussaint")
	h.fixed(time.November, 11, "Armistice")
	h.fixed(time.December, 25, "Noël")
}

// swiss are the days that every canton keeps.
func (h *holidays) swiss() {
	h.moving(39, "Ascension")
	h.fixed(time.August, 1, "Fête nationale")
	h.fixed(time.December, 25, "Noël")
}

func (h *holidays) german() {
	h.moving(-2, "Karfreitag")
	h.moving(1, "Ostermontag")
	h.fixed(time.May, 1, "Tag der Arbeit")
	h.moving(39, "Christi Himmelfahrt")
	h.moving(50, "Pfingstmontag")
	h.fixed(time.October, 3, "Tag der Deutschen Einheit")
	h.fixed(time.December, 25, "Erster Weihnachtstag")
	h.fixed(time.December, 26, "Zweiter Weihnachtstag")
}

func (h *holidays) luxembourgish() {
	h.moving(1, "Lundi de Pâques")
	h.fixed(time.May, 1, "Fête du Travail")
	h.fixed(time.May, 9, "Journée de l’Europe")
	h.moving(39, "Ascension")
	h.moving(50, "Lundi de Pentecôte")
	h.fixed(time.June, 23, "Fête nationale")
	h.fixed(time.August, 15, "Assomption")
	h.fixed(time.November, 1, "Toussaint")
	h.fixed(time.December, 25, "Noël")
	h.fixed(time.December, 26, "Saint-Étienne")
}

// british are the days of England and Wales.
func (h *holidays) british() {
	h.moving(-2, "Good Friday")
	h.moving(1, "Easter Monday")
	h.nth(1, time.Monday, time.May, "Early May bank holiday")
	h.nth(-1, time.Monday, time.May, "Spring bank holiday")
	h.nth(-1, time.Monday, time.August, "Summer bank holiday")
	h.fixed(time.December, 25, "Christmas Day")
	h.fixed(time.December, 26, "Boxing Day")
}

func (h *holidays) american() {
	h.nth(3, time.Monday, time.January, "Martin Luther King Jr. Day")
	h.nth(3, time.Monday, time.February, "Washington's Birthday")
	h.nth(-1, time.Monday, time.May, "Memorial Day")
	h.fixed(time.June, 19, "Juneteenth")
	h.fixed(time.July, 4, "Independence Day")
	h.nth(1, time.Monday, time.September, "Labor Day")
	h.nth(2, time.Monday, time.October, "Columbus Day")
	h.fixed(time.November, 11, "Veterans Day")
	h.nth(4, time.Thursday, time.November, "Thanksgiving")
	h.fixed(time.December, 25, "Christmas Day")
}

// canadian are the days of the federal public service.
func (h *holidays) canadian() {
	h.moving(-2, "Good Friday")
	h.moving(1, "Easter Monday")
	// The Monday before 25 May.
	d := civil.Date{Year: h.year, Month: time.May, Day: 24}
	h.add(d.AddDays(-((int(d.Weekday()) + 6) % 7)), "Victoria Day")
	h.fixed(time.July, 1, "Canada Day")
	h.nth(1, time.Monday, time.September, "Labour Day")
	h.fixed(time.September, 30, "National Day for Truth and Reconciliation")
	h.nth(2, time.Monday, time.October, "Thanksgiving")
	h.fixed(time.November, 11, "Remembrance Day")
	h.fixed(time.December, 25, "Christmas Day")
	h.fixed(time.December, 26, "Boxing Day")
}

// easter returns Easter Sunday of the Gregorian calendar (the anonymous
// algorithm of 1876, as in Meeus, Astronomical Algorithms, chapter 8).
func easter(year int) civil.Date {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil.Date{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}
