package platform

import (
	"context"
	"encoding/json"
	"time"

	"editorial/pkg/problem"
)

// Format is what a post is on a platform. It is pure: no account, no clock, no
// network.
type Format interface {
	Caps() Caps
	// Validate finds all that keeps the post from the platform (errors), and
	// what readers would stumble over (warnings). A position that is empty is
	// that of the post's file.
	Validate(Post) []problem.Problem
	// Render makes the message. The same post gives the same bytes. It may
	// refuse only what Validate finds an error in.
	Render(Post) (Message, error)
}

// Publisher is a format and an account.
type Publisher interface {
	Format
	// Prepare does all that can be repeated or abandoned: uploads, drafts,
	// containers. It goes on from the handle of the job, keeps what it has done
	// by Job.Save, and returns what Commit needs. An error of class [Pending]
	// says when to call again.
	Prepare(context.Context, Job) (Handle, error)
	// Commit is the one call that readers see. It is called once for every time
	// that nobody knows of an earlier one.
	Commit(context.Context, Job) (Receipt, error)
	// Lookup says whether the job is out. It changes nothing on the platform.
	Lookup(context.Context, Job) (Finding, error)
}

// Job is one placement on its way.
type Job struct {
	Key Key
	// Due is the instant of the placement, Now the present. Since is when Commit
	// was first called; zero where it never was.
	Due, Now, Since time.Time
	Message         Message
	// Handle is what was prepared so far, or what Lookup found of it.
	Handle Handle
	Files  Files
	// Not are the ids of posts that are other deliveries'.
	Not []string
	// Save keeps a handle for good before the next step is taken; nil keeps
	// nothing, for tests.
	Save func(context.Context, Handle) error
}

// Keep saves a handle, where somebody keeps it.
func (j Job) Keep(ctx context.Context, h Handle) error {
	if j.Save == nil {
		return nil
	}
	return j.Save(ctx, h)
}

// Handle is what a publisher has prepared, in a shape of its own: JSON without
// secrets. Nil is nothing.
type Handle json.RawMessage

// Evidence is how it is known that a post is out.
type Evidence string

const (
	ByResponse Evidence = "response" // the platform answered the commit
	ByLookup   Evidence = "lookup"   // it was found there afterwards
	ByNative   Evidence = "native"   // the platform published what it was given before
	ByPerson   Evidence = "person"   // somebody said so
)

// Receipt is what is known of a post that is out.
type Receipt struct {
	// ID is the platform's own; URL where readers find it. Either may be "".
	ID  string `json:"id,omitempty"`
	URL string `json:"url,omitempty"`
	// At is when the platform says it went out; zero where it does not say.
	At       time.Time `json:"at,omitzero"`
	Evidence Evidence  `json:"evidence"`
	// Parts are the ids of a thread, in order.
	Parts []string `json:"parts,omitempty"`
}

// Whether is what a look-up can find.
type Whether string

const (
	Found    Whether = "found"
	NotFound Whether = "not-found"
	// Unknown: the platform offers no way to look, or cannot say yet.
	Unknown Whether = "unknown"
)

// Finding is what a look-up found. Receipt counts if it is Found. Handle, unless
// nil, takes the place of the job's: of a thread it says which parts are out, and
// Commit goes on after them.
type Finding struct {
	Whether Whether
	Receipt Receipt
	Handle  Handle
}

// Caps is what a platform can do, as data.
type Caps struct {
	// Kind is the name of the platform in configurations.
	Kind string
	// Guarantee is what becomes of a commit whose answer is lost.
	Guarantee Guarantee
	// Settle is how long the platform may take until a look-up finds what was
	// committed: before, not finding means nothing.
	Settle time.Duration
	// Ahead is how long before the instant preparing begins; a handle is good
	// for Fresh (zero: for good) and is made anew after that.
	Ahead, Fresh time.Duration
	// Spacing is the least time between two posts of one account.
	Spacing time.Duration
	// Threads allows several posts that answer each other.
	Threads bool
	// Media is the most files of one post.
	Media int
	// Native are the bounds within which the platform itself can publish later;
	// zero where it cannot.
	NativeMin, NativeMax time.Duration
}

// Guarantee is what a platform's interface lets anybody promise.
type Guarantee string

const (
	// ExactlyOnce: a commit can be repeated, or looked up for sure.
	ExactlyOnce Guarantee = "exactly-once"
	// AskAfterLoss: at most once; if the answer is lost, only a person can tell.
	AskAfterLoss Guarantee = "ask-after-loss"
)

// Checker knows how an account is: for doctor, and before the instant comes.
type Checker interface {
	Check(context.Context) (Standing, error)
}

// Renewer lets an account's credentials live longer where they end soon, as long
// as nothing is published that would do so on the way. Where there is nothing to
// do it does nothing. An error says that it could not, and nothing of whether the
// present ones are still good.
type Renewer interface {
	Renew(ctx context.Context, now time.Time) error
}

// Standing is how an account is. Strings are "" and numbers 0 where the platform
// does not say.
type Standing struct {
	Account string
	// Expires is when the credentials end; zero: not known, or never.
	Expires time.Time
	// Missing are the scopes that publishing needs and the account lacks.
	Missing []string
	// Left of Quota posts (or units) can be sent until Resets.
	Left, Quota int
	Resets      time.Time
	// Limits are what this server allows, by name ("characters").
	Limits map[string]int
}

// Meter reads numbers of what is out, by their usual names: "likes", "replies",
// "shares", "views", "clicks".
type Meter interface {
	Metrics(context.Context, Receipt) (map[string]int64, error)
}

// Commenter reads what people answered.
type Commenter interface {
	Comments(ctx context.Context, r Receipt, cursor string) (all []Comment, next string, err error)
}

// Comment is an answer of somebody. Text is theirs: hostile.
type Comment struct {
	ID, Author, Text, URL string
	At                    time.Time
}

// Follower says something under a post that is out. It is repeatable: key is the
// one of the placement, and what was said before under it is not said again.
type Follower interface {
	Follow(ctx context.Context, job Job, r Receipt) error
}

// Scheduler hands a prepared post over to the platform, which will publish it at
// Job.Due. Confirming it is Lookup's work.
type Scheduler interface {
	HandOver(context.Context, Job) (Receipt, error)
	// Recall takes it back before it is out.
	Recall(context.Context, Job, Receipt) error
}

// Settler takes what a person knows into a handle: of what is uncertain in it,
// all is out, or (again) none is. A publisher whose jobs have parts that may be
// uncertain one by one, such as the recipients of a mail, is one.
type Settler interface {
	Settle(h Handle, again bool) (Handle, error)
}
