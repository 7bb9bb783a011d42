package mail

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"

	"editorial/pkg/publish/platform"
)

// maxLine is the longest line of a mail in bytes, without its end: RFC 5322,
// section 2.1.1.
const maxLine = 998

// wired is what is frozen of an edition.
type wired struct {
	Edition string `json:"edition"`
	From    string `json:"from"`
	// Mail is the message without To and Message-ID.
	Mail []byte `json:"mail"`
	// To are the tokens of the recipients.
	To []string `json:"to"`
}

// thaw reads what was frozen.
func thaw(m platform.Message) (wired, error) {
	var w wired
	if err := json.Unmarshal(m.Wire, &w); err != nil || len(w.To) == 0 || w.From == "" || len(w.Mail) == 0 {
		return w, &platform.Error{Class: platform.Invalid, Code: "message", Err: err}
	}
	return w, nil
}

// field is one of a header, with the end of its last line.
type field struct{ name, raw string }

func (f field) is(name string) bool { return strings.EqualFold(f.name, name) }

// value is the field's, unfolded.
func (f field) value() string {
	v := f.raw[len(f.name)+1:]
	return strings.TrimSpace(strings.ReplaceAll(v, "\r\n", ""))
}

// errHeader is a message without a whole header.
var errHeader = errors.New("no header of RFC 5322")

// split parts a message with lines that end in CRLF into the fields of its header
// and its body.
func split(message []byte) (header []field, body []byte, err error) {
	head, body, ok := bytes.Cut(message, []byte("\r\n\r\n"))
	if !ok {
		return nil, nil, errHeader
	}
	for line := range strings.SplitSeq(string(head), "\r\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			if len(header) == 0 {
				return nil, nil, errHeader
			}
			header[len(header)-1].raw += line + "\r\n"
			continue
		}
		name, _, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return nil, nil, errHeader
		}
		header = append(header, field{name, line + "\r\n"})
	}
	return header, body, nil
}

// join is the message of fields and a body.
func join(header []field, body []byte) []byte {
	var b bytes.Buffer
	for _, f := range header {
		b.WriteString(f.raw)
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// own reports whether a field is the recipient's own.
func own(f field) bool { return f.is("To") || f.is("Message-ID") }

// messageID is that of a recipient's mail: the same for ever.
func (w wired) messageID(token string) string {
	_, domain, _ := strings.Cut(w.From, "@")
	return label(w.Edition) + "." + token + "@" + domain
}

// label is a name as a Message-ID can hold it: RFC 5322, section 3.6.4.
func label(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, name), "-")
}

// address returns the mail to one recipient, signed if somebody signs.
func (w wired) address(to address, token string, by *Signer) ([]byte, error) {
	header, body, err := split(w.Mail)
	if err != nil {
		return nil, err
	}
	header = append([]field{
		{"To", "To: <" + to.path() + ">\r\n"},
		{"Message-ID", "Message-ID: <" + w.messageID(token) + ">\r\n"},
	}, header...)
	if by != nil {
		f, err := by.sign(header, body)
		if err != nil {
			return nil, err
		}
		header = append([]field{f}, header...)
	}
	return join(header, body), nil
}

// plain returns the text of a mail as people read it: its first part of type
// text/plain.
func plain(header []field, body []byte) string {
	var kind, coding string
	for _, f := range header {
		switch {
		case f.is("Content-Type"):
			kind = f.value()
		case f.is("Content-Transfer-Encoding"):
			coding = f.value()
		}
	}
	return text(kind, coding, bytes.NewReader(body))
}

func text(kind, coding string, body io.Reader) string {
	media, params, err := mime.ParseMediaType(kind)
	switch {
	case err != nil || media == "text/plain":
		switch strings.ToLower(coding) {
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		}
		data, _ := io.ReadAll(body)
		return strings.ReplaceAll(strings.ToValidUTF8(string(data), "\uFFFD"), "\r\n", "\n")
	case strings.HasPrefix(media, "multipart/"):
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return ""
			}
			if t := text(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p); t != "" {
				return t
			}
		}
	}
	return ""
}
