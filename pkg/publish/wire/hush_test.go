package wire_test

import (
	"errors"
	"strings"
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

func TestHush_takesSecretsOutOfErrors(t *testing.T) {
	const secret = "123:AA+bb/cc"
	for name, err := range map[string]error{
		"plain":       errors.New("dial /bot123:AA+bb/cc/x"),
		"in an URL":   &platform.Error{Class: platform.Auth, Detail: "not found: /bot123%3AAA%2Bbb%2Fcc/sendMessage"},
		"in the code": &platform.Error{Class: platform.Auth, Code: secret},
		"below":       &platform.Error{Class: platform.Temporary, Err: errors.New("proxy: " + secret)},
	} {
		t.Run(name, func(t *testing.T) {
			got := wire.Hush(err, secret)
			if strings.Contains(got.Error(), "AA") || !strings.Contains(got.Error(), "***") {
				t.Errorf("%v", got)
			}
			if platform.ClassOf(got) != platform.ClassOf(err) {
				t.Errorf("class %s, was %s", platform.ClassOf(got), platform.ClassOf(err))
			}
		})
	}
	if wire.Hush(nil, secret) != nil {
		t.Error("an error out of nothing")
	}
	if got := wire.Hush(errors.New("a cat"), "a"); got.Error() != "a cat" {
		t.Errorf("a secret of one letter: %v", got)
	}
}
