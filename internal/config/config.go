package config

import (
	"net/url"
	"strings"

	"editorial/pkg/civil"
)

// FileName is the name of the file in the office's folder.
const FileName = "config.toml"

// Config is the strategy. Slices and maps are nil, strings "" and numbers zero
// where the office says nothing and no default is stated.
type Config struct {
	Site       Site                `toml:"site"`
	Content    Content             `toml:"content"`
	Strategy   Strategy            `toml:"strategy"`
	Audiences  []Audience          `toml:"audiences"`
	Objectives []Objective         `toml:"objectives" later:"true"`
	Pillars    []Pillar            `toml:"pillars"`
	Platforms  map[string]Platform `toml:"platforms"`
	Formats    map[string]Format   `toml:"formats"`
	People     []Person            `toml:"people"`
	Plan       Plan                `toml:"plan"`
	Feeds      Feeds               `toml:"feeds"`
	Newsletter Newsletter          `toml:"newsletter"`
	Delivery   Delivery            `toml:"delivery"`
	Policy     Policy              `toml:"policy"`
	Crisis     Crisis              `toml:"crisis"`
	UTM        UTM                 `toml:"utm"`
	Handles    []Handle            `toml:"handles" later:"true"`
	Watch      []Watched           `toml:"watch" later:"true"`
}

// Site is the publication as a whole.
type Site struct {
	Title       string `toml:"title"`
	Description string `toml:"description"`
	// URL is absolute and ends with a slash.
	URL string `toml:"url" is:"url"`
	// Lang is the main language; Langs are all of them, the main one first,
	// never empty after Read.
	Lang  string   `toml:"lang" is:"lang"`
	Langs []string `toml:"langs" is:"lang"`
	// Zone is an IANA name that civil.LoadZone takes.
	Zone       string `toml:"zone" is:"zone"`
	Author     string `toml:"author"`
	Email      string `toml:"email" is:"email"`
	Licence    string `toml:"licence"`
	LicenceURL string `toml:"licence_url" is:"url"`
	// Permalink is the pattern of a page's path: "/:lang/:slug/". It ends with
	// "/" or ".html".
	Permalink string `toml:"permalink" is:"permalink"`
	// Pages makes the pages. Without it feeds still lead to where another
	// program puts them.
	Pages bool `toml:"pages"`
	// Robots says which programs may read the pages.
	Robots Robots `toml:"robots"`
	// Platforms are where a post goes that names none; nil means all.
	Platforms []string `toml:"platforms" is:"platform"`
	// Hub is the address of a WebSub hub, or "".
	Hub string `toml:"hub" is:"url"`
	// IndexNow is the key by which search engines are told of new pages, or "": it
	// stands in a file of the site, for everybody to read.
	IndexNow string `toml:"indexnow" is:"indexnow"`
}

// OnTheWeb reports whether the site has an address that others can reach, and not
// that of this machine, which an office has that says nothing.
func (s Site) OnTheWeb() bool {
	u, err := url.Parse(s.URL)
	return err == nil && u.Hostname() != "" && !isLoopback(u.Hostname()) && !strings.HasSuffix(strings.ToLower(u.Hostname()), ".localhost")
}

// Content is what the posts call things, besides the names that everybody
// knows: docs/front-matter.md lists those.
type Content struct {
	// DateKeys and the others are further keys of front matter for what they
	// name, the one that counts most first.
	DateKeys        []string `toml:"date_keys" is:"post-key"`
	UpdatedKeys     []string `toml:"updated_keys" is:"post-key"`
	ExpiresKeys     []string `toml:"expires_keys" is:"post-key"`
	LangKeys        []string `toml:"lang_keys" is:"post-key"`
	TranslationKeys []string `toml:"translation_keys" is:"post-key"`
	// Folders say the language of what is in them; those that are called as a
	// language of the site need not be named.
	Folders []LangFolder `toml:"folders"`
	// Tags is what parts tags and categories that are one text.
	Tags TagStyle `toml:"tags"`
}

// LangFolder is a folder of posts in one language.
type LangFolder struct {
	Name string `toml:"name" required:"true"`
	Lang string `toml:"lang" required:"true" is:"site-lang"`
}

// Strategy is what the office is for.
type Strategy struct {
	Message string `toml:"message" later:"true"`
	// Currency is the ISO 4217 code of every amount of money.
	Currency string `toml:"currency" is:"currency" later:"true"`
}

// Audience is a group of people whom the office wants to reach.
type Audience struct {
	ID          string   `toml:"id" required:"true" identity:"true" is:"name"`
	Name        string   `toml:"name" later:"true"`
	Description string   `toml:"description" later:"true"`
	Languages   []string `toml:"languages" is:"lang" later:"true"`
	// Where are the platforms on which these people are.
	Where []string `toml:"where" is:"platform" later:"true"`
	// Interests are the kinds of information they look for.
	Interests []string `toml:"interests" later:"true"`
	// Propensity says, by platform, how inclined they are to answer there.
	Propensity map[string]PerMille `toml:"propensity" range:"0..1000" is:"platform" later:"true"`
}

// Objective is a goal that can be measured.
type Objective struct {
	ID   string `toml:"id" required:"true" identity:"true" is:"name"`
	Name string `toml:"name"`
	// Metric is what is counted ("subscribers"), Target how many by the day By.
	Metric string     `toml:"metric"`
	Target float64    `toml:"target"`
	By     civil.Date `toml:"by"`
	// Money and Hours are what reaching it may cost.
	Money     Amount   `toml:"money"`
	Hours     Work     `toml:"hours"`
	Audience  string   `toml:"audience" is:"audience"`
	Platforms []string `toml:"platforms" is:"platform"`
}

// Pillar is a subject that the office keeps coming back to.
type Pillar struct {
	ID          string `toml:"id" required:"true" identity:"true" is:"name"`
	Name        string `toml:"name" later:"true"`
	Description string `toml:"description" later:"true"`
	// About says whom posts of this pillar are about.
	About About `toml:"about" later:"true"`
}

// Format is a kind of thing to make: article, thread, video, ….
type Format struct {
	Description string `toml:"description" later:"true"`
	// Effort is the work that one takes where the post does not say.
	Effort Work `toml:"effort" range:"0..60000"`
}

// Person is somebody who works on posts.
type Person struct {
	ID        string   `toml:"id" required:"true" identity:"true" is:"name"`
	Name      string   `toml:"name"`
	Role      string   `toml:"role" later:"true"`
	Email     string   `toml:"email" is:"email" later:"true"`
	Languages []string `toml:"languages" is:"lang" later:"true"`
	// Hours is the work a week, spread evenly over Days.
	Hours    Work      `toml:"hours" range:"0..10080"`
	Days     []Weekday `toml:"days"`
	Absences []Range   `toml:"absences"`
	// Extra are hours that they have in single weeks beside the usual ones.
	Extra []Extra `toml:"extra"`
	// Rate is what an hour costs.
	Rate Amount `toml:"rate" later:"true"`
}

// Extra are hours in the week of a day. Nothing is kept in reserve of them.
type Extra struct {
	Week  civil.Date `toml:"week" required:"true"`
	Hours Work       `toml:"hours" required:"true" range:"1..10080"`
}

// Range is some days, both ends included. In the file one day may stand for a
// range of that day.
type Range struct {
	From civil.Date `toml:"from" required:"true"`
	To   civil.Date `toml:"to"`
	Why  string     `toml:"why"`
}

// Plan is how the planner works.
type Plan struct {
	// Weeks is the length of the horizon.
	Weeks int `toml:"weeks" range:"1..104"`
	// Lock is the near stretch of the agreed calendar that planning leaves alone.
	Lock civil.Span `toml:"lock"`
	// Reserve is the part of everybody's hours that is not planned.
	Reserve PerMille `toml:"reserve" range:"0..900"`
	// Blackout are days without any slot, Quiet hours without any.
	Blackout []Range `toml:"blackout"`
	Quiet    []Quiet `toml:"quiet"`
	// Holidays are the countries (ISO 3166-1, lower case) whose public holidays
	// have no slot.
	Holidays []string `toml:"holidays" is:"country"`
	// Priority is that of a post which does not say.
	Priority int `toml:"priority" range:"1..5"`
}

// Quiet is a stretch of every day (of the days On) without slots: From
// included, To not. To before From means the next morning.
type Quiet struct {
	From civil.Clock `toml:"from" required:"true"`
	To   civil.Clock `toml:"to" required:"true"`
	// On are the days on which it begins; empty means every day.
	On []Weekday `toml:"on"`
}
