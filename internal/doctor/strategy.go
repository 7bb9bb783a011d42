package doctor

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/problem"
)

// strategy says whether there is an office and whether config.toml can be
// used.
func strategy(p Patient) (Finding, bool) {
	isMissing := func(x problem.Problem) bool { return x.Code == config.CodeMissingFile }
	n := problem.Errors(p.Problems)
	switch {
	case slices.ContainsFunc(p.Problems, isMissing):
		return found(Mend, "no-office", nil)
	case p.Office == nil && n > 0:
		return found(Mend, "config-broken", problem.Params{"n": strconv.Itoa(n)})
	case p.Office == nil:
		return found(Mend, "unreadable", problem.Params{"detail": p.Err.Error()})
	}
	c := p.Office.Config
	return found(Well, "config", problem.Params{"platforms": strconv.Itoa(len(c.Platforms)), "people": strconv.Itoa(len(c.People))})
}

// posts says how many files have errors.
func posts(p Patient) (Finding, bool) {
	n, warnings := 0, 0
	for _, post := range p.Office.Corpus.Posts {
		if post.HasErrors() {
			n++
		}
	}
	for _, x := range p.Office.Problems {
		if x.Severity == problem.Warning {
			warnings++
		}
	}
	params := problem.Params{"n": strconv.Itoa(n)}
	switch {
	case n > 0:
		return found(Mend, "posts-broken", params)
	case warnings > 0:
		return found(Note, "posts-warned", problem.Params{"n": strconv.Itoa(warnings)})
	}
	return found(Well, "posts", problem.Params{"n": strconv.Itoa(len(p.Office.Corpus.Posts))})
}

// addresses finds those of a model or of a trial, to which no link leads.
func addresses(p Patient) (Finding, bool) {
	c := p.Office.Config
	var sample []string
	for _, x := range []struct{ key, host string }{
		{"site.url", hostOf(c.Site.URL)}, {"site.email", hostOfMail(c.Site.Email)},
		{"newsletter.from", hostOfMail(c.Newsletter.From)}, {"newsletter.reply_to", hostOfMail(c.Newsletter.ReplyTo)},
		{"newsletter.unsubscribe_url", hostOf(c.Newsletter.UnsubscribeURL)},
	} {
		if Placeholder(x.host) {
			sample = append(sample, x.key)
		}
	}
	if len(sample) > 0 {
		return found(Mend, "addresses-sample", problem.Params{"keys": strings.Join(sample, ", ")})
	}
	return found(Well, "addresses", problem.Params{"url": c.Site.URL})
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func hostOfMail(address string) string {
	a, err := mail.ParseAddress(address)
	if err != nil {
		return ""
	}
	_, host, _ := strings.Cut(a.Address, "@")
	return host
}

// Placeholder reports a name that leads nobody anywhere: those of RFC 2606 and
// RFC 6761, which documentation uses, and the machine itself.
func Placeholder(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	switch host {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	for _, top := range []string{"example", "test", "invalid", "localhost", "example.com", "example.org", "example.net"} {
		if host == top || strings.HasSuffix(host, "."+top) {
			return true
		}
	}
	return false
}

func secrets(p Patient) (Finding, bool) {
	var keys []string
	for _, x := range p.Office.Problems {
		if x.Code == config.CodeOpenSecret {
			keys = append(keys, x.Params["key"])
		}
	}
	if len(keys) > 0 {
		return found(Mend, "secrets-in-file", problem.Params{"keys": strings.Join(keys, ", ")})
	}
	return found(Well, "secrets", nil)
}

// newsletter asks for what the law and the mail providers want of a mailing.
func newsletter(p Patient) (Finding, bool) {
	has := false
	for _, x := range p.Office.Config.Platforms {
		has = has || x.Kind == config.KindNewsletter
	}
	if !has {
		return Finding{}, false
	}
	if lacks := p.Office.Config.Lacks(""); lacks != nil {
		return found(Mend, "newsletter-lacks", problem.Params{"keys": strings.Join(lacks, ", ")})
	}
	return found(Well, "newsletter", nil)
}

// feeds reads what the last build made.
func feeds(_ Patient, files fs.FS) (Finding, bool) {
	n := 0
	var broken []string
	err := fs.WalkDir(files, office.PublicDir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		var good func(io.Reader) bool
		switch base := path.Base(name); {
		case path.Ext(base) == ".xml":
			good = wellFormedXML
		case base == "feed.json":
			good = wellFormedJSON
		default:
			return nil
		}
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if n++; !good(f) {
			broken = append(broken, name)
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && n == 0:
		return found(Note, "feeds-none", nil)
	case err != nil:
		return found(Mend, "unreadable", problem.Params{"detail": err.Error()})
	case len(broken) > 0:
		return found(Mend, "feeds-broken", problem.Params{"n": strconv.Itoa(len(broken)), "files": some(broken)})
	}
	return found(Well, "feeds", problem.Params{"n": strconv.Itoa(n)})
}

func wellFormedXML(r io.Reader) bool {
	d := xml.NewDecoder(r)
	elements := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return elements > 0
		}
		if err != nil {
			return false
		}
		if _, ok := t.(xml.StartElement); ok {
			elements++
		}
	}
}

func wellFormedJSON(r io.Reader) bool {
	var v map[string]any
	d := json.NewDecoder(r)
	return d.Decode(&v) == nil && !d.More()
}
