package wire_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/publish/wire"
)

// part is what a reader of others sees of one part of a form.
type part struct{ Field, File, Type, Data string }

// parts reads a form back.
func parts(t *testing.T, r wire.Request) []part {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.Size != int64(len(body)) {
		t.Errorf("%d bytes, and said to be %d", len(body), r.Size)
	}
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var all []part
	for form := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		p, err := form.NextRawPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(p)
		all = append(all, part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), string(data)})
	}
}

func TestMultipart_sendsFieldsAndFilesInOrder(t *testing.T) {
	var got []part
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = parts(t, wire.Request{Header: r.Header, Body: r.Body, Size: r.ContentLength})
	}))
	defer srv.Close()
	r, err := wire.Multipart(srv.URL, []wire.Field{{Name: "caption", Value: "é\r\n--x"}, {Name: "json", Value: "{}", Type: "application/json"}}, []wire.File{
		{Field: "one", Name: "1.png", Type: "image/png", Data: []byte("first")},
		{Field: "two", Name: "2.png", Type: "image/png", From: strings.NewReader("second, and more"), Size: 6, Sum: "of second"},
		{Field: "three[]", Name: "3", Type: "image/png"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wire.Do(t.Context(), srv.Client(), r); err != nil {
		t.Fatal(err)
	}
	want := []part{
		{"caption", "", "", "é\r\n--x"}, {"json", "", "application/json", "{}"},
		{"one", "1.png", "image/png", "first"}, {"two", "2.png", "image/png", "second"}, {"three[]", "3", "image/png", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMultipart_quotesNamesOfFiles(t *testing.T) {
	for name, want := range map[string]string{
		"Été à l’île.PNG":               `form-data; name="f"; filename="Été à l’île.PNG"`, // RFC 7578, 4.2: no filename*
		"a b; name=chat_id.png":         `form-data; name="f"; filename="a b; name=chat_id.png"`,
		`"; name="chat_id"; x="`:        `form-data; name="f"; filename="\"; name=\"chat_id\"; x=\""`,
		`a\`:                            `form-data; name="f"; filename="a\\"`,
		"a\r\nContent-Type: text/x\r\n": `form-data; name="f"; filename="a%0D%0AContent-Type: text/x%0D%0A"`,
	} {
		r, err := wire.Multipart("https://a.example", nil, []wire.File{{Field: "f", Name: name, Type: "image/png", Data: []byte("x")}})
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		if lines := strings.Split(string(body), "\r\n"); lines[1] != "Content-Disposition: "+want || lines[2] != "Content-Type: image/png" {
			t.Errorf("%q: %q", name, lines[1:3])
		}
		r.Body = bytes.NewReader(body)
		if got := parts(t, r); len(got) != 1 || got[0].Field != "f" || got[0].Data != "x" {
			t.Errorf("%q: read as %+v", name, got)
		}
	}
}

func TestMultipart_boundaryFollowsFromWhatIsSent(t *testing.T) {
	kind := func(fields []wire.Field, files ...wire.File) string {
		r, err := wire.Multipart("https://a.example", fields, files)
		if err != nil {
			t.Fatal(err)
		}
		return r.Header.Get("Content-Type")
	}
	text := []wire.Field{{Name: "a", Value: "b"}}
	seen := map[string]string{}
	for name, got := range map[string]string{
		"a field":           kind(text),
		"another value":     kind([]wire.Field{{Name: "a", Value: "c"}}),
		"its name, longer":  kind([]wire.Field{{Name: "ab", Value: ""}}),
		"with a file":       kind(text, wire.File{Field: "f", Data: []byte("1")}),
		"another file":      kind(text, wire.File{Field: "f", Data: []byte("2")}),
		"a long file":       kind(text, wire.File{Field: "f", From: strings.NewReader("1"), Size: 1, Sum: "x"}),
		"another long file": kind(text, wire.File{Field: "f", From: strings.NewReader("2"), Size: 1, Sum: "y"}),
	} {
		if other, there := seen[got]; there {
			t.Errorf("%s has the boundary of %s", name, other)
		}
		seen[got] = name
	}
	if a, b := kind(text, wire.File{Data: []byte("1")}), kind(text, wire.File{Data: []byte("1")}); a != b {
		t.Errorf("the same form twice: %s, %s", a, b)
	}
}
