package config

import (
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// text checks what a text must be. Names that must lead somewhere are looked
// up when everything is read.
func (d *decoder) text(s spot, text, is string) bool {
	code := problem.Code("")
	switch is {
	case "":
		return true
	case "platform", "person", "pillar", "format", "audience", "site-lang":
		if text != "" {
			d.refs = append(d.refs, ref{what: is, name: text, key: s.key, at: s.at})
		}
		return true
	case "country":
		return d.among(s, text, countries())
	case "zone":
		return d.zone(s, text)
	case "lang":
		code = unless(isLang(text), CodeNotLanguage)
	case "name":
		code = unless(isName(text), CodeBadName)
	case "post-key":
		code = unless(isPostKey(text), CodeNotPostKey)
	case "permalink":
		code = unless(isPermalink(text), CodeNotPermalink)
	default:
		if text == "" { // says that there is none
			return true
		}
		code = optional(text, is)
	}
	if code != "" {
		d.find(s, code, problem.Params{"value": text})
	}
	return code == ""
}

// optional checks texts that may also be empty.
func optional(text, is string) problem.Code {
	switch is {
	case "url":
		return unless(isURL(text, "http", "https"), CodeNotURL)
	case "https":
		return unless(isURL(text, "https"), CodeNotHTTPS)
	case "email":
		a, err := mail.ParseAddress(text)
		return unless(err == nil && a.Address == text, CodeNotEmail)
	case "address":
		a, err := mail.ParseAddress(text)
		if name, _, ok := strings.Cut(text, "<"); err != nil && ok && strings.ContainsAny(name, `,;:()[]@."`) {
			return CodeNameUnquoted
		}
		return unless(err == nil && !strings.ContainsAny(text, "\r\n") && mailbox(a.Address), CodeNotEmail)
	case "host":
		return unless(isHost(text), CodeNotHost)
	case "list-id":
		return unless(isHost(text) && strings.Contains(text, "."), CodeNotListID)
	case "indexnow":
		return unless(isIndexNow(text), CodeNotIndexNow)
	case "currency":
		return unless(len(text) == 3 && strings.ToUpper(text) == text && isWord(text), CodeNotCurrency)
	case "utm":
		return unless(placeholders(text, ":platform", ":kind", ":slug", ":campaign", ":pillar", ":lang"), CodeNotUTM)
	case "subject":
		return unless(placeholders(text, ":title", ":date", ":n", ":site"), CodeNotSubject)
	}
	return ""
}

// isIndexNow reports whether a text is a key of IndexNow: 8 to 128 letters of
// ASCII, digits and hyphens.
func isIndexNow(text string) bool {
	return len(text) >= 8 && len(text) <= 128 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// mailbox reports whether every mail server takes an address: beyond ASCII its
// domain has another form, what stands before it has none.
func mailbox(address string) bool {
	local, _, _ := strings.Cut(address, "@")
	return !strings.ContainsFunc(local, func(r rune) bool { return r <= ' ' || r > '~' })
}

func unless(ok bool, code problem.Code) problem.Code {
	if ok {
		return ""
	}
	return code
}

func (d *decoder) zone(s spot, name string) bool {
	if _, err := civil.LoadZone(name); err == nil {
		return true
	}
	if near := civil.NearestZone(name); near != "" {
		d.find(s, CodeMisspeltZone, problem.Params{"value": name, "near": near})
	} else {
		d.find(s, CodeBadZone, problem.Params{"value": name})
	}
	return false
}

// isName reports whether a text can be an id or the name of a platform or
// format: these become parts of file names, variables and lines of the agreed
// calendar.
func isName(s string) bool {
	if s == "" || len(s) > 40 || s[0] == '-' || s[0] == '_' {
		return false
	}
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return false
		}
	}
	return true
}

// isLang reports whether a text is a language tag of BCP 47, written with
// hyphens.
func isLang(s string) bool {
	if s == "" || len(s) > 35 || strings.Contains(s, "_") {
		return false
	}
	_, err := language.Parse(s)
	return err == nil
}

// isURL reports whether a text is an absolute address without a password in it.
func isURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	return err == nil && slices.Contains(schemes, u.Scheme) && isHost(u.Hostname()) && u.User == nil && u.Fragment == "" &&
		!strings.ContainsAny(s, " \t\r\n\"<>\\^`{|}")
}

// isHost reports whether a text is the name or the address of a machine.
func isHost(s string) bool {
	if net.ParseIP(s) != nil {
		return true
	}
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if r < 0x80 && !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
				return false
			}
		}
	}
	return true
}

// isPermalink reports whether a text is the pattern of a page's path: it begins
// with "/", ends with "/" or ".html", has a part of which every post has its
// own, so that no two posts meet by rule, and no part of it leads upward.
func isPermalink(s string) bool {
	folder := strings.TrimSuffix(s, "/")
	if len(s) < 2 || s[0] != '/' || folder == s && !strings.HasSuffix(s, ".html") && !strings.HasSuffix(s, ":output_ext") {
		return false
	}
	for part := range strings.SplitSeq(folder[1:], "/") {
		if part == "" || strings.Trim(part, ".") == "" {
			return false
		}
		for _, r := range part {
			if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.~:", r)) {
				return false
			}
		}
	}
	own := []string{
		":slug", ":id", ":title", ":path", ":filename", ":contentbasename", ":slugorfilename", ":slugorcontentbasename", ":slugortitle",
	}
	known := append([]string{
		":lang", ":otherlang", ":section", ":sections", ":category", ":categories", ":pillar", ":year", ":short_year",
		":month", ":i_month", ":day", ":i_day", ":y_day", ":output_ext",
	}, own...)
	return placeholders(s, known...) && slices.ContainsFunc(own, func(p string) bool { return strings.Contains(s, p) })
}

// isPostKey reports whether a text can be a further name of a key of posts: no
// key that means something else already, above all none that keeps a post from
// going out.
func isPostKey(s string) bool {
	switch strings.ToLower(s) {
	case "", "draft", "published", "embargo", "approval", "not_before", "deadline", "id", "title", "slug", "summary", "authors",
		"tags", "image", "canonical", "question", "invite", "stage", "effort", "logged", "assignee", "format", "platforms",
		"priority", "pillar", "intent", "audience", "objective", "campaign", "series", "part", "repeat", "edition", "variants",
		"permalink", "aliases":
		return false
	}
	return len(s) <= 40 && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
}

// placeholders reports whether every :word of a pattern is one of those known.
func placeholders(s string, known ...string) bool {
	for {
		i := strings.IndexByte(s, ':')
		if i < 0 {
			return true
		}
		n := 1
		for i+n < len(s) && (s[i+n] >= 'a' && s[i+n] <= 'z' || s[i+n] == '_') {
			n++
		}
		for n > 1 && s[i+n-1] == '_' {
			n-- // parts do not end with it
		}
		// A colon that no word follows is a colon.
		if n > 1 && !slices.Contains(known, s[i:i+n]) {
			return false
		}
		s = s[i+n:]
	}
}

func isWord(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return false
		}
	}
	return true
}

// countries are those whose public holidays the calendar knows, by their codes
// of ISO 3166-1.
func countries() []string { return []string{"be", "ca", "ch", "de", "fr", "gb", "lu", "us"} }
