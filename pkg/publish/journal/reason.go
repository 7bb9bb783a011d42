package journal

// Reason is why a delivery stands where it stands: a code that the screens word
// ("delivery.reason-…").
type Reason string

const (
	NoReason Reason = ""

	// Of what is held.
	Frozen       Reason = "frozen"       // the office is frozen
	NotReady     Reason = "not-ready"    // the post is not ready, or has errors
	NotApproved  Reason = "not-approved" // nobody, or too few, approved this very text
	CoolOff      Reason = "cool-off"     // its text changed too short a while ago
	Embargoed    Reason = "embargo"      // its embargo is not over
	ByHand       Reason = "by-hand"      // an assisted platform: a person posts it
	NeedsAccount Reason = "auth"         // the credentials are no good
	NoPermission Reason = "permission"   // the account may not do this
	OutOfQuota   Reason = "quota"        // the platform takes no more for now
	OutOfMoney   Reason = "budget"       // it would cost more than the month's budget
	SaidBefore   Reason = "said-before"  // the same was said on this account lately
	TooLate      Reason = "too-late"     // it could not go out in time
	TooManyTries Reason = "tries"        // every attempt failed, none can have arrived
	FromBackup   Reason = "after-a-gap"  // it may have gone out while nothing was recorded

	// Of what failed.
	Refused Reason = "refused" // the platform does not take it
	Broken  Reason = "invalid" // it does not fit the platform
	// PartlyOut: of a thread, or of an edition, a part is out.
	PartlyOut Reason = "partly-out"

	// Of what is uncertain.
	AnswerLost Reason = "answer-lost" // it may have arrived
	CannotLook Reason = "cannot-look" // and the platform cannot say
	CannotAsk  Reason = "cannot-ask"  // and the platform does not let us look
	NotSettled Reason = "not-settled" // and the platform cannot say yet
	HandedOver Reason = "handed-over" // the platform itself publishes it, and is asked then

	// Of what a person said.
	PersonSaid  Reason = "person"
	PersonAgain Reason = "send-again"
	PersonRetry Reason = "retry"

	// Of what is cancelled.
	TakenOut Reason = "taken-out" // it is not in the agreed calendar any more
)

// Reasons returns all reasons but none.
func Reasons() []Reason {
	return []Reason{
		Frozen, NotReady, NotApproved, CoolOff, Embargoed, ByHand, NeedsAccount, NoPermission, OutOfQuota, OutOfMoney, SaidBefore,
		TooLate, TooManyTries, FromBackup, Refused, Broken, PartlyOut, AnswerLost, CannotLook, CannotAsk, NotSettled, HandedOver, PersonSaid, PersonAgain, PersonRetry, TakenOut,
	}
}

// NeedsPerson reports whether only somebody can bring a delivery out of its
// state.
func NeedsPerson(s State, r Reason) bool {
	switch s {
	case Uncertain:
		return r == CannotLook || r == CannotAsk
	case Failed:
		return r != PersonSaid
	case Held:
		switch r {
		case Frozen, CoolOff, Embargoed, OutOfQuota:
			return false // time brings it on
		}
		return true
	}
	return false
}
