package config

import "editorial/pkg/civil"

// Platform is a place where posts go.
type Platform struct {
	// Kind is what the place is; the platform's name where that is a kind.
	Kind Kind   `toml:"kind"`
	Role string `toml:"role" later:"true"`
	// Live allows sending. Without it nothing ever leaves for this platform.
	Live bool `toml:"live"`
	// UTM lets links say where readers come from, as [UTM] has it.
	UTM    bool   `toml:"utm"`
	Rhythm Rhythm `toml:"rhythm"`
	// Edition is how many posts one slot takes; zero where a slot takes one post.
	// Newsletters always have editions.
	Edition Bounds `toml:"edition"`
	Caps    Caps   `toml:"caps"`
	// Archive makes a public page of every edition of this newsletter. One that
	// does not say has Newsletter's, where it is the only one or the one with
	// the name "newsletter"; another has none.
	Archive bool `toml:"archive"`
	// Blackout and Quiet close this platform alone, besides Plan's.
	Blackout []Range `toml:"blackout"`
	Quiet    []Quiet `toml:"quiet"`
	// Gap is the least time between two used slots, Spread between two posts of
	// one pillar.
	Gap    civil.Span `toml:"gap"`
	Spread civil.Span `toml:"spread"`
	// Lead is how many days before the slot the work is due.
	Lead civil.Span `toml:"lead" is:"days"`
	// DerivesFrom is the platform on which a post appears first, Lag the least
	// time after it.
	DerivesFrom string     `toml:"derives_from" is:"platform"`
	Lag         civil.Span `toml:"lag"`
	// Mix bounds the share of an intent, PillarMix that of a pillar.
	Mix       map[Intent]Share `toml:"mix"`
	PillarMix map[string]Share `toml:"pillar_mix" is:"pillar"`
	// Languages are those of the posts it takes; nil means every one.
	Languages []string `toml:"languages" is:"site-lang"`
	// Format is what this platform's version of a post is (it has an effort),
	// Effort overrides that; with neither the version costs nothing.
	Format string `toml:"format" is:"format"`
	Effort Work   `toml:"effort" range:"0..60000"`
	// Conversation is the time a week that answering people takes.
	Conversation Work `toml:"conversation" range:"0..10080" later:"true"`
	Late         Late `toml:"late"`
	// Spacing is the least time between two deliveries, whatever their instants.
	Spacing civil.Span `toml:"spacing"`
	// Budget is the most that the platform may charge for the posts of a month,
	// in US dollars; 0 is no limit.
	Budget Amount `toml:"budget" range:"0..100000000"`
	// Native hands posts over to a platform that can publish later itself.
	Native     bool       `toml:"native"`
	Window     Window     `toml:"window" later:"true"`
	Connection Connection `toml:"connection"`
}

// Rhythm is when a platform has slots. Times, PerWeek and RRule add up.
type Rhythm struct {
	// Times are the same every week.
	Times []SlotTime `toml:"times"`
	// PerWeek spreads slots evenly over the week's open hours.
	PerWeek PerWeek `toml:"per_week"`
	// RRule is a recurrence rule of RFC 5545 section 3.3.10, in wall-clock time:
	// DTSTART is [Rhythm.Start]. docs/config.md says which parts it may have.
	RRule string      `toml:"rrule"`
	At    civil.Clock `toml:"at"`
	// Every keeps one week out of so many, counted from Anchor's: 2 is every
	// two weeks. It is for Times only.
	Every  int        `toml:"every" range:"1..52"`
	Anchor civil.Date `toml:"anchor"`
	// Weight is what a slot is worth that does not say; 1000 is plain.
	Weight Weight `toml:"weight"`
}

// SlotTime is a time of the week. In the file "Tue 09:00" alone will do.
type SlotTime struct {
	At WeekTime `toml:"at" required:"true"`
	// Weight is 0 where the slot does not say: then the rhythm's counts.
	Weight Weight `toml:"weight"`
}

// PerWeek is N slots a week (0: none) between two times of the days On.
type PerWeek struct {
	N       int         `toml:"n" required:"true" range:"1..70"`
	Between civil.Clock `toml:"between"`
	And     civil.Clock `toml:"and"`
	On      []Weekday   `toml:"on"`
}

// absent reports whether there are no such slots, whatever the defaults say.
func (p PerWeek) absent() bool { return p.N == 0 }

// Bounds is how many posts an edition takes.
type Bounds struct {
	Min int `toml:"min" range:"1..100"`
	Max int `toml:"max" range:"1..100"`
}

// Caps is the most slots that may be used; 0 means no cap.
type Caps struct {
	Day  int `toml:"day" range:"0..100"`
	Week int `toml:"week" range:"0..500"`
}

// Share bounds a part of a whole.
type Share struct {
	Min PerMille `toml:"min" range:"0..1000"`
	Max PerMille `toml:"max" range:"0..1000"`
}

// Late is what becomes of a placement that could not go out in time.
type Late struct {
	// Within this time it still goes out, after it Then happens.
	Within civil.Span `toml:"within"`
	Then   LateAction `toml:"then"`
}

// Window is how much a feed shows: at most Count entries (0: no limit), none
// older than Age (zero: no limit).
type Window struct {
	Count int        `toml:"count" range:"0..1000"`
	Age   civil.Span `toml:"age"`
}

// Connection is the account behind a platform. docs/connections.md says which
// keys a platform needs.
type Connection struct {
	// Server is the address of the instance or of the API.
	Server   string `toml:"server" is:"url"`
	Account  string `toml:"account"`
	ClientID string `toml:"client_id"`
	// ClientSecret is the app's. Token and Password take the place of what
	// "connect" keeps; of both, the password is the token's own secret.
	ClientSecret Secret `toml:"client_secret"`
	Token        Secret `toml:"token"`
	Password     Secret `toml:"password"`
	// Scopes are what "connect" asks for, in the place of what publishing needs.
	Scopes []string `toml:"scopes"`
	// Redirect is where the platform sends a person back to, as it was registered
	// there; "" is a free port of this machine.
	Redirect string `toml:"redirect" is:"url"`
	// Options are the platform's own settings.
	Options map[string]string `toml:"options"`
}

// IsZero reports whether there is no account.
func (c Connection) IsZero() bool {
	return c.Server == "" && c.Account == "" && c.ClientID == "" && c.ClientSecret.IsZero() && c.Token.IsZero() && c.Password.IsZero() && len(c.Options) == 0
}
