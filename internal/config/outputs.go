package config

import (
	"strings"

	"editorial/pkg/civil"
)

// Feeds is which feeds there are and how much they show.
type Feeds struct {
	Window Window `toml:"window"`
	// Full feeds carry the whole text, not only the summary.
	Full bool `toml:"full" later:"true"`
	// ByLang, ByTag and ByPillar make a feed of each, besides the main one.
	ByLang   bool `toml:"by_lang"`
	ByTag    bool `toml:"by_tag"`
	ByPillar bool `toml:"by_pillar"`
	// TTL is how long a reader may wait before it asks again.
	TTL civil.Span `toml:"ttl"`
}

// Newsletter is what every edition says of itself.
type Newsletter struct {
	Title string `toml:"title"`
	// From is the sender, with or without a name: "Le Vélo <lettre@velo.example>".
	From    string `toml:"from" is:"address"`
	ReplyTo string `toml:"reply_to" is:"address"`
	// PostalAddress is the sender's, which the law wants in every mail.
	PostalAddress string `toml:"postal_address"`
	// ListID is the identifier of the List-Id header (RFC 2919), without < and >.
	ListID string `toml:"list_id" is:"list-id"`
	// Subject is the pattern of an edition's subject: ":title", ":date", ":n".
	Subject string `toml:"subject" is:"subject"`
	// Languages are those of one edition, the first one first; nil means the
	// site's main language.
	Languages []string `toml:"languages" is:"site-lang"`
	// UnsubscribeURL is the page behind List-Unsubscribe (RFC 8058): HTTPS.
	UnsubscribeURL string `toml:"unsubscribe_url" is:"https"`
	// Why tells the reader why this mail came.
	Why string `toml:"why"`
	// Archive makes a page of every edition.
	Archive bool `toml:"archive"`
	// Lists part the readers by language and audience; nil means that all get
	// one edition.
	Lists []List `toml:"lists"`
	// To are the addresses, given by hand, that get every edition; at most
	// [MaxRecipients]. A list that does not say has these.
	To   []string `toml:"to" is:"address"`
	SMTP SMTP     `toml:"smtp"`
	DKIM DKIM     `toml:"dkim"`
}

// MaxRecipients is the most addresses that are given by hand: whoever writes to
// more people must let them leave by themselves.
const MaxRecipients = 50

// Lacks returns the keys of what no mail to many may be without, which the law
// and the mail providers want, and which say nothing.
func (n Newsletter) Lacks() []string {
	var keys []string
	for _, x := range []struct{ key, value string }{
		{"newsletter.from", n.From}, {"newsletter.postal_address", n.PostalAddress}, {"newsletter.unsubscribe_url", n.UnsubscribeURL},
	} {
		if strings.TrimSpace(x.value) == "" {
			keys = append(keys, x.key)
		}
	}
	return keys
}

// SMTP is the mail server that takes the editions.
type SMTP struct {
	Host     string   `toml:"host" is:"host"`
	Port     int      `toml:"port" range:"1..65535"`
	Security Security `toml:"security"`
	User     string   `toml:"user"`
	Password Secret   `toml:"password"`
}

// absent reports whether there is no server, whatever the defaults say.
func (s SMTP) absent() bool { return s.Host == "" && s.User == "" && s.Password.IsZero() }

// UTM is what links to the site's pages say, on platforms, of where readers come
// from: parameters that programs for statistics read. They are added to what goes
// out and stand in no file; what is "" is not added.
type UTM struct {
	// The texts may have parts that are filled in: ":platform" and ":kind", and
	// of the post ":slug", ":campaign", ":pillar" and ":lang".
	Source   string `toml:"source" is:"utm"`
	Medium   string `toml:"medium" is:"utm"`
	Campaign string `toml:"campaign" is:"utm"`
}

// DKIM is how mails are signed (RFC 6376).
type DKIM struct {
	// Domain signs: that of the sender, or one above it. Selector is the name of
	// the key in its DNS.
	Domain   string `toml:"domain" is:"host"`
	Selector string `toml:"selector" is:"host"`
	// Key is the private key, as the text of a PEM file.
	Key Secret `toml:"key"`
}

// absent reports whether nothing signs.
func (d DKIM) absent() bool { return d == DKIM{} }

// lacks are the keys that are missing where others are given.
func (d DKIM) lacks() []string {
	var keys []string
	if d.absent() {
		return nil
	}
	if d.Domain == "" {
		keys = append(keys, "newsletter.dkim.domain")
	}
	if d.Selector == "" {
		keys = append(keys, "newsletter.dkim.selector")
	}
	if d.Key.IsZero() {
		keys = append(keys, "newsletter.dkim.key")
	}
	return keys
}

// Policy is the editorial policy.
type Policy struct {
	// Tone is how readers are addressed, by language.
	Tone map[string]Tone `toml:"tone" is:"site-lang" later:"true"`
	// Avoid are words that no post uses.
	Avoid []string `toml:"avoid" later:"true"`
	// AltText, Sources and Licence say what every post must give: a text for
	// each picture, where facts come from, and what readers may do with it.
	AltText bool `toml:"alt_text" later:"true"`
	Sources bool `toml:"sources" later:"true"`
	Licence bool `toml:"licence" later:"true"`
	// LinksOut is how many links to others a post has at least.
	LinksOut int `toml:"links_out" range:"0..50" later:"true"`
	// Share bounds the part of posts about us, about users, about others.
	Share map[About]Share `toml:"share" later:"true"`
	// Approvals is how many people must approve a post, CoolOff how long it
	// rests after the last change.
	Approvals int        `toml:"approvals" range:"0..10"`
	CoolOff   civil.Span `toml:"cool_off"`
	// FourEyes keeps authors and assignees from approving their own posts.
	FourEyes bool `toml:"four_eyes"`
}

// Crisis is the plan for a bad day.
type Crisis struct {
	// People are whom to call, in this order.
	People []string `toml:"people" is:"person" later:"true"`
	// Exempt is the one platform that a freeze does not hold.
	Exempt string `toml:"exempt" is:"platform"`
	// Order is which platform answers first.
	Order []string `toml:"order" is:"platform" later:"true"`
	// Stop says when to end a quarrel.
	Stop       string      `toml:"stop" later:"true"`
	Statements []Statement `toml:"statements" later:"true"`
}

// Statement is a holding statement, written before it is needed.
type Statement struct {
	ID   string `toml:"id" required:"true" identity:"true" is:"name"`
	Lang string `toml:"lang" is:"site-lang"`
	Text string `toml:"text" required:"true"`
}

// Handle is a name on a platform, taken or wanted.
type Handle struct {
	Name     string      `toml:"name" required:"true"`
	Platform Kind        `toml:"platform" required:"true"`
	URL      string      `toml:"url" is:"url"`
	State    HandleState `toml:"state"`
	// Holder is the person who holds the account, Recovery where its recovery
	// leads (a shared mailbox, a safe).
	Holder   string `toml:"holder" is:"person"`
	Recovery string `toml:"recovery"`
	// SecondFactor reports whether signing in needs more than a password.
	SecondFactor bool       `toml:"second_factor"`
	Renews       civil.Date `toml:"renews"`
}

// Watched is somebody else's feed, read next to the plan.
type Watched struct {
	ID   string `toml:"id" required:"true" identity:"true" is:"name"`
	Name string `toml:"name"`
	Feed string `toml:"feed" required:"true" is:"url"`
	Note string `toml:"note"`
}
