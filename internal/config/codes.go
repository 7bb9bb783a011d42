package config

import "editorial/pkg/problem"

// Codes of the problems that reading finds, besides those of pkg/value for a
// file that is no TOML. All begin with "config-": these problems stop a command,
// whatever it is. The parameters stand beside them.
const (
	CodeMissingFile problem.Code = "config-missing" // file
	// CodeNotRegular is that of any file of the office that is a pipe, a
	// socket or a device.
	CodeNotRegular problem.Code = "not-regular-file"

	// Keys.
	CodeUnknownKey  problem.Code = "config-unknown-key"  // key, known
	CodeMisspeltKey problem.Code = "config-misspelt-key" // key, near
	CodeMissingKey  problem.Code = "config-missing-key"  // key
	CodeDuplicate   problem.Code = "config-name-twice"   // key, value, first
	CodeBadName     problem.Code = "config-bad-name"     // key, value

	// Values: each says what would be right.
	CodeNotText       problem.Code = "config-not-text" // key, value; so are the next
	CodeNotBoolean    problem.Code = "config-not-boolean"
	CodeNotInteger    problem.Code = "config-not-integer"
	CodeNotNumber     problem.Code = "config-not-number"
	CodeNotList       problem.Code = "config-not-list"
	CodeNotTable      problem.Code = "config-not-table"
	CodeNotDate       problem.Code = "config-not-date"
	CodeNotClock      problem.Code = "config-not-clock"
	CodeNotWeekday    problem.Code = "config-not-weekday"
	CodeNotWeekTime   problem.Code = "config-not-week-time"
	CodeNotSpan       problem.Code = "config-not-span"
	CodeNotDays       problem.Code = "config-not-days"
	CodeNotWork       problem.Code = "config-not-work"
	CodeNotLanguage   problem.Code = "config-not-language"
	CodeNotURL        problem.Code = "config-not-url"
	CodeNotHTTPS      problem.Code = "config-not-https"
	CodeNotEmail      problem.Code = "config-not-email"
	CodeNameUnquoted  problem.Code = "config-name-unquoted"
	CodeNotHost       problem.Code = "config-not-host"
	CodeNotListID     problem.Code = "config-not-list-id"
	CodeNotIndexNow   problem.Code = "config-not-indexnow"
	CodeNotCurrency   problem.Code = "config-not-currency"
	CodeNotPermalink  problem.Code = "config-not-permalink"
	CodeNotPostKey    problem.Code = "config-not-post-key"
	CodeNotSubject    problem.Code = "config-not-subject"
	CodeNotUTM        problem.Code = "config-not-utm"
	CodeBadZone       problem.Code = "config-bad-zone"       // value
	CodeMisspeltZone  problem.Code = "config-misspelt-zone"  // value, near
	CodeUnknownValue  problem.Code = "config-unknown-value"  // key, value, known
	CodeMisspeltValue problem.Code = "config-misspelt-value" // key, value, near
	CodeNoSuchName    problem.Code = "config-no-such-name"   // key, value
	CodeOutOfRange    problem.Code = "config-out-of-range"   // key, value, min, max
	CodeMinAboveMax   problem.Code = "config-min-above-max"  // key, min, max
	CodeBackwards     problem.Code = "config-backwards"      // key, from, to

	// Rhythm.
	CodeNoAnchor     problem.Code = "config-no-anchor"           // key, anchor
	CodeEvery        problem.Code = "config-every-without-times" // key
	CodeBadRule      problem.Code = "config-bad-rule"            // key, value, detail
	CodeRulePart     problem.Code = "config-rule-part"           // key, part
	CodeRuleNoTime   problem.Code = "config-rule-without-time"   // key, at
	CodeRuleNever    problem.Code = "config-rule-never"          // key, value
	CodeRuleTooOften problem.Code = "config-rule-too-often"      // key, max
	CodeTooManySlots problem.Code = "config-too-many-slots"      // key, max

	// The office as a whole.
	CodeCycle        problem.Code = "config-derive-cycle"              // key, cycle
	CodeMixTooMuch   problem.Code = "config-mix-too-much"              // key, sum
	CodeNoMeasure    problem.Code = "config-objective-without-measure" // value, lacks
	CodeNoDate       problem.Code = "config-objective-without-date"    // value
	CodeOpenSecret   problem.Code = "config-secret-in-file"            // key, variable
	CodeNoTitle      problem.Code = "config-site-without-title"
	CodeListPlatform problem.Code = "config-list-platform" // key, value, known
	CodeListName     problem.Code = "config-list-name"     // key, value
	CodeOneListID    problem.Code = "config-one-list-id"   // platforms
	CodeLiveLacking  problem.Code = "config-live-lacking"  // platform, lacks

	// The mail server.
	CodeTooManyRecipients problem.Code = "config-too-many-recipients" // key, count, max
	CodeSMTPOpen          problem.Code = "config-smtp-open"           // key
	CodeDKIM              problem.Code = "config-dkim"                // key, lacks, variable
	CodeDKIMDomain        problem.Code = "config-dkim-domain"         // key, value, from

	// Environment and flags.
	CodeUnknownVariable   problem.Code = "config-unknown-variable"   // name
	CodeMisspeltVariable  problem.Code = "config-misspelt-variable"  // name, near
	CodeAmbiguousVariable problem.Code = "config-ambiguous-variable" // name, first, second
	CodeTwoSources        problem.Code = "config-two-sources"        // name, other
	CodeBadSet            problem.Code = "config-bad-set"            // value
	CodeUnknownSet        problem.Code = "config-unknown-set"        // key
	CodeBadValue          problem.Code = "config-bad-value"          // key, value, detail
	CodeSecretFile        problem.Code = "config-secret-file"        // name, detail
)
