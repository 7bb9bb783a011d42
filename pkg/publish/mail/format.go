package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// Kind is what configurations call a newsletter.
const Kind = "newsletter"

const (
	// MaxRecipients is the most addresses that are given by hand. More readers
	// are subscribers, who can leave by themselves.
	MaxRecipients = 50
	// MaxBytes is the longest mail: far more than an edition is, and less than
	// what servers take (10 to 50 MB; common defaults, November 2026).
	MaxBytes = 5 << 20
	// ahead is how long before its hour an edition is frozen.
	ahead = 5 * time.Minute
)

// Codes of what keeps an edition from being mailed. The parameter platform is
// always there.
const (
	CodeNoEdition     problem.Code = "mail-no-edition"
	CodeNoRecipient   problem.Code = "mail-no-recipient"
	CodeTooMany       problem.Code = "mail-too-many"     // count, max
	CodeBadAddress    problem.Code = "mail-bad-address"  // value
	CodeTwice         problem.Code = "mail-twice"        // value
	CodeBadSender     problem.Code = "mail-bad-sender"   // value
	CodeBadMessage    problem.Code = "mail-bad-message"  // detail
	CodeTooLong       problem.Code = "mail-too-long"     // count, max
	CodeNoUnsubscribe problem.Code = "mail-unsubscribe"  // no parameter more
	CodeForeignHeader problem.Code = "mail-header"       // value
	CodeLineTooLong   problem.Code = "mail-line-length"  // line, max
	CodeLineEnds      problem.Code = "mail-line-ends"    // no parameter more
	CodeOneField      problem.Code = "mail-header-count" // value
)

// Format is what an edition is as mail.
type Format struct {
	// ByHand is that of an edition which a person sends, from a list of his own:
	// nobody need be named, and there may be no message, only Post.Plain.
	ByHand bool
}

var _ platform.Format = Format{}

// Caps says what mail can do.
func (Format) Caps() platform.Caps {
	return platform.Caps{Kind: Kind, Guarantee: platform.AskAfterLoss, Ahead: ahead}
}

// Validate finds what keeps the edition from being sent.
func (f Format) Validate(post platform.Post) []problem.Problem {
	var all []problem.Problem
	find := func(severity problem.Severity, code problem.Code, params ...string) {
		p := problem.Params{"platform": Kind}
		for i := 0; i+1 < len(params); i += 2 {
			p[params[i]] = params[i+1]
		}
		all = append(all, problem.Problem{Code: code, Severity: severity, Params: p})
	}
	e := post.Edition
	if e == nil {
		find(problem.Error, CodeNoEdition)
		return all
	}
	if f.ByHand && len(e.Message) == 0 {
		return all
	}
	if !f.ByHand {
		f.envelope(e, find)
	}
	f.lines(e.Message, find)
	f.header(e.Message, find)
	return all
}

// finder notes a problem with parameters in pairs.
type finder func(severity problem.Severity, code problem.Code, params ...string)

// envelope looks at the addresses.
func (Format) envelope(e *platform.Edition, find finder) {
	if from, err := parse(e.From); err != nil || from.utf8() {
		find(problem.Error, CodeBadSender, "value", e.From)
	}
	seen := map[string]bool{}
	for _, to := range e.To {
		a, err := parse(to)
		if err != nil {
			find(problem.Error, CodeBadAddress, "value", to)
			continue
		}
		token := a.token("")
		if seen[token] {
			find(problem.Warning, CodeTwice, "value", to)
		}
		seen[token] = true
	}
	switch n := len(seen); {
	case len(e.To) == 0:
		find(problem.Error, CodeNoRecipient)
	case n > MaxRecipients:
		find(problem.Error, CodeTooMany, "count", strconv.Itoa(n), "max", strconv.Itoa(MaxRecipients))
	}
}

// lines looks at what SMTP is strict about: every line ends in CRLF, CR and LF
// stand nowhere else, no line is too long, nothing is zero.
func (Format) lines(message []byte, find finder) {
	if n := len(message); n > MaxBytes {
		find(problem.Error, CodeTooLong, "count", strconv.Itoa(n), "max", strconv.Itoa(MaxBytes))
	}
	rest := bytes.ReplaceAll(message, []byte("\r\n"), nil)
	if bytes.ContainsAny(rest, "\r\n\x00") || !bytes.HasSuffix(message, []byte("\r\n")) {
		find(problem.Error, CodeLineEnds)
	}
	n := 0
	for line := range bytes.SplitSeq(message, []byte("\r\n")) {
		if n++; len(line) > maxLine {
			find(problem.Error, CodeLineTooLong, "line", strconv.Itoa(n), "max", strconv.Itoa(maxLine))
			return
		}
	}
}

// foreign are fields that a mail of ours never has: others would see them, or
// servers write them.
func foreign(f field) bool {
	return slices.ContainsFunc([]string{"Bcc", "Cc", "Return-Path", "Received", "DKIM-Signature", "Sender"}, f.is) ||
		strings.HasPrefix(strings.ToLower(f.name), "resent-")
}

// header looks at the header of a message.
func (f Format) header(message []byte, find finder) {
	header, _, err := split(message)
	if err != nil {
		find(problem.Error, CodeBadMessage, "detail", err.Error())
		return
	}
	count := map[string]int{}
	for _, x := range header {
		count[strings.ToLower(x.name)]++
		if foreign(x) {
			find(problem.Error, CodeForeignHeader, "value", x.name)
		}
		if strings.ContainsFunc(x.raw, func(r rune) bool { return r > '~' }) {
			find(problem.Error, CodeBadMessage, "detail", x.name+": 8-bit")
		}
	}
	for _, name := range []string{"From", "Date", "Subject"} { // RFC 5322, section 3.6
		if count[strings.ToLower(name)] != 1 {
			find(problem.Error, CodeOneField, "value", name)
		}
	}
	for _, name := range []string{"To", "Message-ID", "Reply-To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"} {
		if count[strings.ToLower(name)] > 1 {
			find(problem.Error, CodeOneField, "value", name)
		}
	}
	if !f.ByHand && !leaves(header) {
		find(problem.Error, CodeNoUnsubscribe)
	}
}

// leaves reports whether readers can unsubscribe with one click: RFC 8058.
func leaves(header []field) bool {
	var to, post bool
	for _, f := range header {
		switch {
		case f.is("List-Unsubscribe"):
			to = strings.HasPrefix(strings.ToLower(f.value()), "<https://")
		case f.is("List-Unsubscribe-Post"):
			post = f.value() == "List-Unsubscribe=One-Click"
		}
	}
	return to && post
}

// Render freezes the mail without what is each recipient's own.
func (f Format) Render(post platform.Post) (platform.Message, error) {
	if found := f.Validate(post); problem.Errors(found) > 0 {
		i := slices.IndexFunc(found, func(p problem.Problem) bool { return p.Severity == problem.Error })
		return platform.Message{}, found[i]
	}
	e := post.Edition
	if f.ByHand {
		return platform.Message{Kind: Kind, Title: e.Subject, Parts: []platform.Part{{Text: post.Plain}}}, nil
	}
	header, body, err := split(e.Message)
	if err != nil {
		return platform.Message{}, err
	}
	header = slices.DeleteFunc(header, own)
	from, err := parse(e.From)
	if err != nil {
		return platform.Message{}, err
	}
	w := wired{Edition: e.ID, From: from.path(), Mail: join(header, body)}
	for _, to := range e.To {
		a, err := parse(to)
		if err != nil {
			return platform.Message{}, err
		}
		if token := a.token(post.Key); !slices.Contains(w.To, token) {
			w.To = append(w.To, token)
		}
	}
	wire, err := json.Marshal(w)
	if err != nil {
		return platform.Message{}, err
	}
	sum := sha256.Sum256(w.Mail)
	return platform.Message{
		Kind: Kind, Title: e.Subject, Wire: wire,
		// The mail is a file, too: lists of other readers may have the same text.
		Media: []platform.Media{{Name: "mail.eml", Type: "message/rfc822", Bytes: int64(len(w.Mail)), Sum: hex.EncodeToString(sum[:])}},
		Parts: []platform.Part{{Text: plain(header, body), Count: len(w.Mail), Limit: MaxBytes, Unit: "bytes"}},
	}, nil
}
