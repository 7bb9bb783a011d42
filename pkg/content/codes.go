package content

import "editorial/pkg/problem"

// Codes of the problems of files.
const (
	CodeUnreadable   problem.Code = "unreadable"
	CodeFileTooLarge problem.Code = "file-too-large"
	CodeTooManyFiles problem.Code = "too-many-files"
	CodeSymlink      problem.Code = "symlink"
	CodeSpecialFile  problem.Code = "special-file"
	CodeFileName     problem.Code = "bad-file-name"
)

// Codes of the problems of front matter as a whole. Those of its syntax are
// package value's.
const (
	CodeNoFrontMatter       problem.Code = "no-front-matter"
	CodeUnclosedFrontMatter problem.Code = "unclosed-front-matter"
	CodeFrontMatterTooLarge problem.Code = "front-matter-too-large"
	CodeUTF16               problem.Code = "utf16"
	// CodeForeignFrontMatter is front matter that is a program.
	CodeForeignFrontMatter problem.Code = "foreign-front-matter"
	// CodeConflict is one of the body, too.
	CodeConflict problem.Code = "post-conflict"
)

// Codes of the problems of keys and values.
const (
	CodeMisspeltKey problem.Code = "misspelt-key"
	CodeNearKey     problem.Code = "near-key"
	CodeKeyTwice    problem.Code = "key-twice"

	CodeNotText    problem.Code = "not-text"
	CodeNotTexts   problem.Code = "not-texts"
	CodeNotBoolean problem.Code = "not-boolean"
	CodeNotInteger problem.Code = "not-integer"
	CodeNeedsTable problem.Code = "needs-table"

	CodeTooManyValues problem.Code = "too-many-values"

	CodeNoTitle       problem.Code = "no-title"
	CodeUnknownStage  problem.Code = "unknown-stage"
	CodeDraftButStage problem.Code = "draft-but-stage"
	CodeOutOfRange    problem.Code = "out-of-range"
	CodeBadID         problem.Code = "bad-id"
	CodeBadSlug       problem.Code = "bad-slug"
	CodeBadLang       problem.Code = "bad-lang"
	CodeBadURL        problem.Code = "bad-url"
	CodeBadName       problem.Code = "bad-name"

	CodeBadDate       problem.Code = "bad-date"
	CodeNoSuchDate    problem.Code = "no-such-date"
	CodeNoDayInName   problem.Code = "no-day-in-name"
	CodeAmbiguousDate problem.Code = "ambiguous-date"
	CodeWrongWeekday  problem.Code = "wrong-weekday"
	CodeZoneDisagrees problem.Code = "zone-disagrees"
	CodeNotDay        problem.Code = "not-a-day"
	CodeBadWork       problem.Code = "bad-work"
	CodeBadSpan       problem.Code = "bad-span"
	CodeOutWithoutDay problem.Code = "published-without-date"
)

// Codes of the problems between posts.
const (
	CodeSameID          problem.Code = "same-id"
	CodeSamePart        problem.Code = "same-part"
	CodeSameTranslation problem.Code = "same-translation"
	CodeSameEdition     problem.Code = "same-edition"
	CodeNoImage         problem.Code = "no-such-image"
)
