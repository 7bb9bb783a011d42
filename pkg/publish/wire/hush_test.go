package wire_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
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

func TestMultipart_sendsFieldsAndFilesInOrder(t *testing.T) {
	type seen struct{ caption, one, two, name string }
	var got seen
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got.caption = r.FormValue("caption")
		for field, to := range map[string]*string{"one": &got.one, "two": &got.two} {
			f, head, err := r.FormFile(field)
			if err != nil {
				t.Error(err)
				return
			}
			data, _ := io.ReadAll(f)
			*to = string(data)
			got.name += head.Header.Get("Content-Type") + " "
		}
	}))
	defer srv.Close()
	r, err := wire.Multipart(srv.URL, []wire.Field{{Name: "caption", Value: "é\r\n--x"}}, []wire.File{
		{Field: "one", Name: "é \"1\".png", Type: "image/png", Data: []byte("first")},
		{Field: "two", Name: "2", Type: "image/png", Data: []byte("second")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wire.Do(t.Context(), srv.Client(), r); err != nil {
		t.Fatal(err)
	}
	if want := (seen{"é\r\n--x", "first", "second", "image/png image/png "}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
