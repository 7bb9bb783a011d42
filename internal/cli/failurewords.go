package cli

import (
	"encoding/json"
	"regexp"
	"strings"

	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// maxQuoted is the most columns of what a platform says that a sentence quotes: all
// of it is in --json and in the log.
const maxQuoted = 160

// sayFailure words what became of a delivery: the class of the failure, where the
// reason does not say the same, the code where it is known, and the platform's own
// words in quotation marks.
func (a *app) sayFailure(why journal.Reason, detail string) string {
	return a.sayError(detail, func(class string) string {
		if sameAs(why, platform.Class(class)) {
			return ""
		}
		return a.say("delivery.class-" + class)
	})
}

// sayAsked is [app.sayFailure] for a question about an account: no post is spoken
// of.
func (a *app) sayAsked(detail string) string {
	return a.sayError(detail, func(class string) string {
		if key := "delivery.asked-" + class; a.words.Has(key) {
			return a.say(key)
		}
		return a.say("delivery.class-" + class)
	})
}

// sayError words the text of a [platform.Error], of whose class a sentence is given;
// any other text stands as it is.
func (a *app) sayError(detail string, sayClass func(class string) string) string {
	head, said, _ := strings.Cut(detail, ": ")
	fields := strings.Fields(head)
	if len(fields) == 0 || !a.words.Has("delivery.class-"+fields[0]) {
		return words.Inert(detail)
	}
	text, status := sayClass(fields[0]), ""
	fields = fields[1:]
	if len(fields) > 0 && regexp.MustCompile(`^\d+$`).MatchString(fields[0]) {
		status, fields = fields[0], fields[1:]
	}
	code := strings.Join(fields, " ")
	switch key := "delivery.detail-" + code; {
	case code != "" && a.words.Has(key):
		text = a.joined(text, a.say(key))
	case code != "" && said != "":
		said = code + ": " + said
	case code != "":
		said = code
	}
	if said = itsWords(said); said != "" {
		status = strings.TrimSpace(status + " " + a.words.Say("delivery.quoted", problem.Params{"said": term.Cut(words.Inert(said), maxQuoted)}))
	}
	return a.joined(text, status)
}

// plainly is what an error says, on one line.
func plainly(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// joined puts a colon between two texts that are there.
func (a *app) joined(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + a.say("delivery.colon") + second
}

// itsWords are what a platform says without what only programs read: how git ended,
// and the form of an answer that is a JSON object with a sentence in it.
func itsWords(said string) string {
	said = strings.TrimSpace(regexp.MustCompile(`(: )?exit status \d+$`).ReplaceAllString(said, ""))
	at := strings.IndexByte(said, '{')
	if at < 0 {
		return said
	}
	var doc map[string]any
	if json.Unmarshal([]byte(said[at:]), &doc) != nil {
		return said
	}
	for _, name := range []string{"description", "error_description", "message", "error"} {
		if text, ok := doc[name].(string); ok && text != "" {
			return said[:at] + text
		}
	}
	return said
}
