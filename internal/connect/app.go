package connect

import "strings"

// Way is how an account proves itself the first time.
type Way string

const (
	// Typed is a token, an app password or the address of a webhook that a person
	// makes on the platform.
	Typed  Way = "typed"
	OAuth2 Way = "oauth2"
	OAuth1 Way = "oauth1"
	// Machine is what this machine has already: the SSH key or credential helper of
	// its git. Where that is not enough, a token is typed.
	Machine Way = "machine"
)

// App is how a kind of platform lets programs in.
type App struct {
	Kind string
	Way  Way
	// Authorize is the page for the person, Exchange where the code becomes a
	// token; of OAuth 1.0a Request is where it begins. One that begins with "/"
	// is below the server of the account.
	Authorize, Exchange, Request string
	// Register is where a program introduces itself, on platforms that take
	// everybody; "" where a person must make an app first.
	Register string
	Scopes   []string
	// Organisation are the scopes for an account that is no person.
	Organisation []string
	// Commas part scopes, instead of spaces.
	Commas bool
	PKCE   bool
	// Basic sends client id and secret as a header rather than in the form.
	Basic bool
	// Extra are parameters of the page for the person.
	Extra map[string]string
	// Port is the one of the loopback to which the platform sends back, where it
	// wants to know the address before; 0 is any. None allows no loopback at all.
	Port int
	None bool
	// Long exchanges a token that ends in an hour for one that lives.
	Long Long
	// Who says whose account it is; "" where the answer with the token does, or
	// nobody.
	Who string
	// WantsAccount and WantsServer: of a typed token alone nobody knows whose and
	// where it is.
	WantsAccount, WantsServer bool
	// Pages looks for the page's own token: an account of Facebook is a person,
	// who may have several pages.
	Pages string
}

// Long is a second exchange, of a token for a longer one.
type Long struct {
	At, Grant string
	// Param is the name of the token that is given.
	Param string
	// Client also says which app it is.
	Client bool
}

// RegisteredPort is the port that "connect" listens on for platforms that want to
// know the address before.
const RegisteredPort = 8484

// GraphVersion is the version of Meta's interface: each lives about two years.
//
// Source: the versions named in public code of 2026.
const GraphVersion = "v25.0"

// Of returns how a kind lets programs in; false of a kind that nobody connects.
func Of(kind string) (App, bool) {
	for _, a := range apps() {
		if a.Kind == kind {
			return a, true
		}
	}
	return App{}, false
}

// apps is the table of all kinds.
//
// Sources, each read in 2026: docs.x.com (OAuth 2.0 with PKCE), developers.google.com
// (OAuth for installed apps), developers.facebook.com (manual login flow, page
// tokens, Instagram business login, Threads long-lived tokens),
// learn.microsoft.com/linkedin (authorization code flow), docs.joinmastodon.org
// (apps, oauth), flickr.com/services/api/auth.oauth.html.
func apps() []App {
	all := []App{
		{
			Kind: "x", Way: OAuth2, PKCE: true, Basic: true, Port: RegisteredPort,
			Authorize: "https://x.com/i/oauth2/authorize", Exchange: "https://api.x.com/2/oauth2/token",
			Scopes: []string{"tweet.read", "tweet.write", "users.read", "media.write", "offline.access"},
		},
		{
			Kind: "youtube", Way: OAuth2, PKCE: true,
			Authorize: "https://accounts.google.com/o/oauth2/v2/auth", Exchange: "https://oauth2.googleapis.com/token",
			Scopes: []string{"https://www.googleapis.com/auth/youtube.upload", "https://www.googleapis.com/auth/youtube.force-ssl"},
			Extra:  map[string]string{"access_type": "offline", "prompt": "consent"}, // or there is no refresh token
		},
		{
			Kind: "facebook", Way: OAuth2, Commas: true, Port: RegisteredPort,
			Authorize: "https://www.facebook.com/" + GraphVersion + "/dialog/oauth",
			Exchange:  "https://graph.facebook.com/" + GraphVersion + "/oauth/access_token",
			Scopes:    []string{"pages_show_list", "pages_manage_posts", "pages_read_engagement"},
			Long:      Long{At: "https://graph.facebook.com/" + GraphVersion + "/oauth/access_token", Grant: "fb_exchange_token", Param: "fb_exchange_token", Client: true},
			Pages:     "https://graph.facebook.com/" + GraphVersion + "/me/accounts",
		},
		{
			Kind: "instagram", Way: OAuth2, Commas: true, None: true,
			Authorize: "https://www.instagram.com/oauth/authorize", Exchange: "https://api.instagram.com/oauth/access_token",
			Scopes: []string{"instagram_business_basic", "instagram_business_content_publish"},
			Long:   Long{At: "https://graph.instagram.com/access_token", Grant: "ig_exchange_token", Param: "access_token"},
		},
		{
			Kind: "threads", Way: OAuth2, Commas: true, None: true,
			Authorize: "https://threads.net/oauth/authorize", Exchange: "https://graph.threads.net/oauth/access_token",
			Scopes: []string{"threads_basic", "threads_content_publish"},
			Long:   Long{At: "https://graph.threads.net/access_token", Grant: "th_exchange_token", Param: "access_token"},
		},
		{
			Kind: "linkedin", Way: OAuth2, Port: RegisteredPort,
			Authorize: "https://www.linkedin.com/oauth/v2/authorization", Exchange: "https://www.linkedin.com/oauth/v2/accessToken",
			Scopes: []string{"openid", "profile", "w_member_social"}, Organisation: []string{"w_organization_social", "r_organization_social"},
			Who: "https://api.linkedin.com/v2/userinfo", // the author of a member's posts
		},
		{
			Kind: "flickr", Way: OAuth1,
			Request:   "https://www.flickr.com/services/oauth/request_token",
			Authorize: "https://www.flickr.com/services/oauth/authorize", Exchange: "https://www.flickr.com/services/oauth/access_token",
			Extra: map[string]string{"perms": "write"},
		},
	}
	for _, kind := range []string{"mastodon", "pixelfed"} {
		all = append(all, App{
			Kind: kind, Way: OAuth2, PKCE: true, Register: "/api/v1/apps", Authorize: "/oauth/authorize", Exchange: "/oauth/token",
			Scopes: []string{"read:accounts", "read:statuses", "write:statuses", "write:media"}, Who: "/api/v1/accounts/verify_credentials",
		})
	}
	return append(all,
		App{Kind: "bluesky", Way: Typed, WantsAccount: true},
		App{Kind: "telegram", Way: Typed, WantsAccount: true},
		App{Kind: "discord", Way: Typed}, App{Kind: "slack", Way: Typed},
		App{Kind: "wordpress", Way: Typed, WantsAccount: true, WantsServer: true},
		App{Kind: "git", Way: Machine},
		App{Kind: "ghost", Way: Typed, WantsServer: true}, App{Kind: "micropub", Way: Typed, WantsServer: true},
	)
}

// ScopesFor are the scopes that publishing for an account needs.
func (a App) ScopesFor(account string) []string {
	if a.Organisation != nil && strings.Contains(account, "organization:") {
		return a.Organisation
	}
	return a.Scopes
}

// At returns the app with its addresses below a server where they are; ok is
// false where it needs one and has none.
func (a App) At(server string) (App, bool) {
	server = strings.TrimSuffix(server, "/")
	for _, p := range []*string{&a.Authorize, &a.Exchange, &a.Register, &a.Who} {
		if strings.HasPrefix(*p, "/") {
			if server == "" {
				return a, false
			}
			*p = server + *p
		}
	}
	return a, true
}
