package config

import (
	"math"
	"strconv"
	"time"

	"editorial/pkg/civil"
)

// PerMille is a part of a whole in thousandths; in the file a number from 0 to
// 1.
type PerMille int

// String returns the number of the file: "0.9".
func (p PerMille) String() string { return strconv.FormatFloat(float64(p)/1000, 'f', -1, 64) }

// Weight is what a slot is worth in thousandths, 1 to 10,000; in the file a
// number from 0.001 to 10.
type Weight int

// String returns the number of the file: "1.5".
func (w Weight) String() string { return PerMille(w).String() }

// Work is minutes of work; in the file a number of hours (1.5) or a text
// ("1h30").
type Work int

// String returns the text of the file: "1h30", "45m".
func (w Work) String() string { return civil.FormatWork(int(w)) }

// Amount is money in hundredths of the currency; in the file a number.
type Amount int64

// String returns the number of the file: "12.5".
func (a Amount) String() string { return strconv.FormatFloat(float64(a)/100, 'f', -1, 64) }

// maxAmount keeps a float exact to the hundredth.
const maxAmount Amount = 1e14

// Weekday is a day of the week.
type Weekday time.Weekday

// String returns "Mon" … "Sun".
func (d Weekday) String() string { return time.Weekday(d).String()[:3] }

// WeekTime is a time of the week on the wall.
type WeekTime struct {
	Day   Weekday
	Clock civil.Clock
}

// String returns "Tue 09:00".
func (t WeekTime) String() string { return t.Day.String() + " " + t.Clock.String() }

// known is a text that must be one of a few.
type known interface{ Known() []string }

// Kind is what a platform is.
type Kind string

// Kinds of platforms that something in the program asks for by name.
const (
	KindBlog       Kind = "blog"
	KindRSS        Kind = "rss"
	KindNewsletter Kind = "newsletter"
)

// Known returns every kind. "other" is a place without a name here: its posts
// are prepared, and a person puts them there.
func (Kind) Known() []string {
	return []string{
		"blog", "rss", "newsletter", "facebook", "x", "youtube", "flickr", "mastodon", "bluesky",
		"instagram", "threads", "linkedin", "tiktok", "pinterest", "pixelfed", "peertube", "nostr",
		"telegram", "discord", "slack", "wordpress", "ghost", "micropub", "git", "other",
	}
}

// Intent is what a post does.
type Intent string

const (
	Inform   Intent = "inform"
	Converse Intent = "converse"
	Engage   Intent = "engage"
	Promote  Intent = "promote"
	Watch    Intent = "watch"
)

// Intents returns the five intents.
func Intents() []Intent { return []Intent{Inform, Converse, Engage, Promote, Watch} }

// Known returns the names of the intents.
func (Intent) Known() []string { return []string{"inform", "converse", "engage", "promote", "watch"} }

// About is whom a post is about.
type About string

const (
	AboutUs     About = "us"
	AboutUsers  About = "users"
	AboutOthers About = "others"
)

// Known returns whom posts can be about.
func (About) Known() []string { return []string{"us", "users", "others"} }

// LateAction is what happens to a placement that is too late.
type LateAction string

const (
	Hold LateAction = "hold"
	Drop LateAction = "drop"
)

// Known returns the actions.
func (LateAction) Known() []string { return []string{"hold", "drop"} }

// TagStyle is what parts tags that are written as one text.
type TagStyle string

const (
	TagCommas TagStyle = "commas"
	// TagSpaces lets spaces part a text without a comma, as Jekyll does.
	TagSpaces TagStyle = "spaces"
)

// Known returns the styles.
func (TagStyle) Known() []string { return []string{string(TagCommas), string(TagSpaces)} }

// Tone is how a text addresses its reader.
type Tone string

// Known returns the tones: two for French, one for English.
func (Tone) Known() []string { return []string{"tu", "vous", "you"} }

// HandleState is how sure a name is.
type HandleState string

// Known returns the states of a name.
func (HandleState) Known() []string { return []string{"owned", "free", "taken", "at-risk"} }

// Security is how the line to a mail server is protected.
type Security string

// The ways: TLS from the start, STARTTLS required, none.
const (
	SecurityTLS      Security = "tls"
	SecurityStartTLS Security = "starttls"
	SecurityNone     Security = "none"
)

// Known returns the ways.
func (Security) Known() []string {
	return []string{string(SecurityTLS), string(SecurityStartTLS), string(SecurityNone)}
}

// thousandths rounds a number of the file to thousandths; false where it does
// not fit.
func thousandths(f float64) (int, bool) {
	if math.IsNaN(f) || math.Abs(f) > 1e6 {
		return 0, false
	}
	return int(math.Round(f * 1000)), true
}

// Robots says which programs may read the site: all; those that find pages for
// people, and none that gather texts to train models of language; none.
type Robots string

// The robots that a site may have.
const (
	RobotsAll      Robots = "all"
	RobotsNoModels Robots = "no-ai"
	RobotsNone     Robots = "none"
)

// Known returns all values.
func (Robots) Known() []string {
	return []string{string(RobotsAll), string(RobotsNoModels), string(RobotsNone)}
}
