package wire

import (
	"errors"
	"net/url"
	"strings"

	"editorial/pkg/publish/platform"
)

// shortest is the fewest bytes of a secret that are looked for: shorter ones are
// found in innocent words.
const shortest = 6

// Hush takes secrets out of an error, as they are and as they stand in an
// address. Platforms, and what stands before them, repeat tokens and addresses in
// what they say.
func Hush(err error, secrets ...platform.Hidden) error {
	if err == nil {
		return nil
	}
	clean := hush(secrets)
	var e *platform.Error
	if !errors.As(err, &e) {
		if s := clean(err.Error()); s != err.Error() {
			return errors.New(s)
		}
		return err
	}
	quiet := *e
	quiet.Code, quiet.Detail = clean(e.Code), clean(e.Detail)
	if e.Err != nil {
		if s := clean(e.Err.Error()); s != e.Err.Error() {
			quiet.Err = errors.New(s)
		}
	}
	return &quiet
}

// hush returns what takes the secrets out of a text.
func hush(secrets []platform.Hidden) func(string) string {
	var pairs []string
	for _, s := range secrets {
		plain := s.Reveal()
		if len(plain) < shortest {
			continue
		}
		for _, form := range []string{plain, url.QueryEscape(plain), url.PathEscape(plain)} {
			pairs = append(pairs, form, "***")
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

// Hush takes secrets out of what an answer says, before anything is made of it.
func (a Answer) Hush(secrets ...platform.Hidden) Answer {
	a.Body = []byte(hush(secrets)(string(a.Body)))
	return a
}
