package newsletter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"editorial/pkg/publish"
)

// nobody is the empty group of RFC 5322: the recipient is filled in when the
// message is sent.
const nobody = "undisclosed-recipients:;"

// headerRunes is the most characters of a subject or name: more than any
// program shows, and far from the 998 that a line may have.
const headerRunes = 250

// message makes the message of an edition: multipart/alternative, the text
// first. The same edition gives the same bytes.
func (m *Mailing) message(e Edition, x *sent) ([]byte, error) {
	subject := header(x.letter.Subject)
	sum := digest(e.ID, m.opts.ListID, subject, m.from.String(), e.At.UTC().Format(time.RFC3339), string(x.text), string(x.html))
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP),
		gomail.WithBoundary(sum[:40]), gomail.WithNoDefaultUserAgent())
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, &mail.Address{Name: header(m.from.Name), Address: m.from.Address})
	if m.back != nil {
		msg.SetAddrHeaderFromMailAddress(gomail.HeaderReplyTo, &mail.Address{Name: header(m.back.Name), Address: m.back.Address})
	}
	_, domain, _ := strings.Cut(m.from.Address, "@")
	msg.SetGenHeader("To", nobody)
	msg.Subject(subject)
	msg.SetDateWithValue(e.At)
	msg.SetMessageIDWithValue(sum[40:64] + "@" + domain)
	for _, h := range m.listHeaders(x.letter) {
		msg.SetGenHeader(gomail.Header(h[0]), h[1])
	}
	msg.SetBodyString(gomail.TypeTextPlain, string(x.text))
	msg.AddAlternativeString(gomail.TypeTextHTML, string(x.html))
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// listHeaders tell mail programs what this is. Precedence keeps answering
// machines quiet (RFC 3834, section 2, knows it as common practice);
// Auto-Submitted is left out, for people wrote this.
func (m *Mailing) listHeaders(l *letter) [][2]string {
	all := [][2]string{{"Precedence", "bulk"}, {"List-Post", "NO"}, {"Content-Language", strings.Join(l.languages(), ", ")}}
	if id, err := hostASCII(m.opts.ListID); err == nil && id != "" {
		all = append(all, [2]string{"List-Id", phrase(l.Name) + "<" + id + ">"})
	}
	if to := webAddress(m.opts.UnsubscribeURL); strings.HasPrefix(to, "https:") {
		all = append(all, [2]string{"List-Unsubscribe", "<" + to + ">"}, [2]string{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"})
	}
	if to := webAddress(l.Archive); to != "" {
		all = append(all, [2]string{"List-Archive", "<" + to + ">"})
	}
	return all
}

// phrase returns a name as RFC 5322 writes it before an address: quoted, or in
// encoded words where it is not ASCII (RFC 2047, section 5), with a space after
// it. A name is only that: the address is never part of its words.
func phrase(name string) string {
	if name = header(name); name == "" {
		return ""
	}
	const after = "<a@b>"
	return strings.TrimSuffix((&mail.Address{Name: name, Address: "a@b"}).String(), after)
}

// languages returns those of the letter, the frame's first.
func (l *letter) languages() []string {
	all := []string{l.Lang}
	for _, s := range l.Sections {
		if !slices.ContainsFunc(all, func(have string) bool { return strings.EqualFold(have, s.Lang) }) {
			all = append(all, s.Lang)
		}
	}
	return all
}

// address reads an address of RFC 5322; "" is none. Its domain becomes ASCII,
// which every server takes.
func address(s string) (*mail.Address, error) {
	if s == "" {
		return nil, nil
	}
	a, err := mail.ParseAddress(s)
	if err != nil {
		return nil, fmt.Errorf("%w: address %q: %w", ErrOptions, s, err)
	}
	local, domain, _ := strings.Cut(a.Address, "@")
	ascii, err := hostASCII(domain)
	if err != nil || !printable(local) {
		return nil, fmt.Errorf("%w: address %q: only its name and its domain may have letters beyond ASCII", ErrOptions, s)
	}
	a.Address = local + "@" + ascii
	return a, nil
}

// hostASCII returns a host's name as DNS knows it.
func hostASCII(host string) (string, error) {
	if printable(host) {
		return host, nil
	}
	name, port, ok := strings.Cut(host, ":")
	name, err := idna.Lookup.ToASCII(name)
	if ok {
		name += ":" + port
	}
	return name, err
}

// readable returns a mail address as people write it: its domain with letters
// beyond ASCII, where it has them.
func readable(address string) string {
	local, domain, ok := strings.Cut(address, "@")
	if shown, err := idna.Display.ToUnicode(domain); ok && err == nil {
		return local + "@" + shown
	}
	return address
}

func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// webAddress returns an address of the web as a header can hold it, or "".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	if u.Host, err = hostASCII(u.Host); err != nil {
		return ""
	}
	if to := u.String(); printable(to) && !strings.ContainsAny(to, "<>") {
		return to
	}
	return ""
}

// header returns a text that a header may hold: one line that is not too long,
// without what would be read as an encoded word of RFC 2047.
func header(s string) string {
	s = publish.Line(s)
	if r := []rune(s); len(r) > headerRunes {
		s = string(r[:headerRunes-1]) + "…"
	}
	return strings.ReplaceAll(s, "=?", "=\u2060?")
}

// digest is a hash of texts, each kept apart from the next.
func digest(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		h.Write([]byte(strconv.Itoa(len(t)) + ":" + t))
	}
	return hex.EncodeToString(h.Sum(nil))
}
