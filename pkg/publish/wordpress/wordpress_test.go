package wordpress_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wordpress"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	p := publishtest.Post("wordpress")
	if all := wordpress.Format().Validate(p); len(all) != 0 {
		t.Errorf("%v", all)
	}
	p.Title, p.HTML, p.Text = " ", "\n", ""
	p.Media[0].Alt = ""
	var codes []problem.Code
	for _, f := range wordpress.Format().Validate(p) {
		codes = append(codes, f.Code)
	}
	if len(codes) != 3 || codes[0] != "blog-nothing-to-say" {
		t.Errorf("%v", codes)
	}
	p.Text = "Trois mots seulement."
	if all := wordpress.Format().Validate(p); problem.Errors(all) != 0 {
		t.Errorf("%v", all)
	}
}

func TestRender_givesAnAddressToEveryPost(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"freins": `"slug":"freins"`, "": `"slug":"r-gler-ses-freins-avant-l-hiver"`, "../../x y": `"slug":"x-y"`, strings.Repeat("a", 300): `"slug":"` + strings.Repeat("a", 190) + `"`,
	} {
		p := publishtest.Post("wordpress")
		p.Slug = in
		m, err := wordpress.Format().Render(p)
		if err != nil || !strings.Contains(string(m.Wire), want) {
			t.Errorf("%q: %s, %v", in, m.Wire, err)
		}
	}
	p := publishtest.Post("wordpress")
	p.Slug, p.Title = "", "日本"
	m, _ := wordpress.Format().Render(p)
	if !strings.Contains(string(m.Wire), `"slug":"post-`) {
		t.Errorf("%s", m.Wire)
	}
}

// answers gives one answer to everything.
type answers struct {
	status int
	body   string
	header http.Header
}

func (a answers) Do(r *http.Request) (*http.Response, error) {
	h := a.header
	if h == nil {
		h = http.Header{}
	}
	return &http.Response{StatusCode: a.status, Header: h, Body: io.NopCloser(strings.NewReader(a.body)), Request: r}, nil
}

// TestCommit_maps what a site answers to a commit.
func TestCommit_mapsAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers
		class platform.Class
		code  string
	}{
		"wrong password":    {answers{401, `{"code":"incorrect_password","message":"<b>no</b>","data":{"status":401}}`, nil}, platform.Auth, "incorrect_password"},
		"switched off":      {answers{403, `{"code":"application_passwords_disabled","message":"","data":null}`, nil}, platform.Auth, "application_passwords_disabled"},
		"stranger":          {answers{401, `{"code":"rest_cannot_edit","message":""}`, nil}, platform.Auth, "rest_cannot_edit"},
		"not allowed":       {answers{403, `{"code":"rest_cannot_publish","message":""}`, nil}, platform.Permission, "rest_cannot_publish"},
		"gone":              {answers{404, `{"code":"rest_post_invalid_id","message":""}`, nil}, platform.Invalid, "rest_post_invalid_id"},
		"no interface":      {answers{404, `{"code":"rest_no_route","message":""}`, nil}, platform.Auth, "rest_no_route"},
		"https":             {answers{301, ``, http.Header{"Location": {"https://velo.example/"}}}, platform.Auth, "moved"},
		"bad parameter":     {answers{400, `{"code":"rest_invalid_param","message":"bad","data":{"params":{"slug":"not so"}}}`, nil}, platform.Invalid, "rest_invalid_param"},
		"fatal error":       {answers{500, `{"code":"internal_server_error","message":"","data":{"status":500}}`, nil}, platform.Uncertain, "internal_server_error"},
		"maintenance":       {answers{503, `<html>`, nil}, platform.Uncertain, ""},
		"too fast":          {answers{429, ``, http.Header{"Retry-After": {"30"}}}, platform.Rate, ""},
		"warning of PHP":    {answers{200, "<br />Warning: x" + `{"id":7,"status":"publish"}`, nil}, platform.Uncertain, "unreadable-answer"},
		"another post":      {answers{200, `{"id":8,"status":"publish"}`, nil}, platform.Uncertain, "unreadable-answer"},
		"waits for review":  {answers{200, `{"id":7,"status":"pending"}`, nil}, platform.Permission, "pending-review"},
		"private":           {answers{200, `{"id":7,"status":"private"}`, nil}, platform.Invalid, "other-status"},
		"dated ahead":       {answers{200, `{"id":7,"status":"future","date_gmt":"2099-01-01T00:00:00"}`, nil}, platform.Invalid, "dated-ahead"},
		"answer of nothing": {answers{200, `{}`, nil}, platform.Uncertain, "unreadable-answer"},
	} {
		pub := wordpress.New(account("https://velo.example", "awa", "geheim"), c.answers)
		j := job(t, pub, publishtest.Post("wordpress"))
		j.Handle = platform.Handle(`{"post":7}`)
		_, err := pub.Commit(t.Context(), j)
		if e := platform.As(err); err == nil || e.Class != c.class || e.Code != c.code || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v, want %s %s", name, err, c.class, c.code)
		}
	}
}

// TestCommit_bringsWhatIsNotThere: no post goes out without its pictures.
func TestCommit_bringsWhatIsNotThere(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	pub := wordpress.New(account(address, "awa", "abcd efgh"), http.DefaultClient)
	j := job(t, pub, numbered("unprepared"))
	files := j.Files
	j.Files = publishtest.Files{}
	if _, err := pub.Commit(t.Context(), j); err == nil || len(f.posts) != 0 {
		t.Fatalf("%v: %d posts", err, len(f.posts))
	}
	j.Files = files
	if _, err := pub.Commit(t.Context(), j); err != nil || len(f.posts) != 1 || len(f.media) != 1 {
		t.Errorf("%v: %+v", err, f.posts)
	}
}

// TestPrepare_makesAnewWhatSomebodyDeleted: a draft that is gone for good does
// not keep its post in for ever; one that is there is not written again.
func TestPrepare_makesAnewWhatSomebodyDeleted(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	pub := wordpress.New(account(address, "awa", "abcd efgh"), http.DefaultClient)
	j := job(t, pub, numbered("gone"))
	h, err := pub.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	f.posts[0].Title = "Somebody's"
	if again, err := pub.Prepare(t.Context(), j); err != nil || string(again) != string(h) || f.posts[0].Title != "Somebody's" {
		t.Errorf("%s, %v", again, err)
	}
	// A text that was written anew goes into the same draft, and none goes out
	// that was prepared for another.
	p := numbered("gone")
	p.HTML = "<p>Autrement dit.</p>"
	k := job(t, pub, p)
	k.Handle = h
	if _, err := pub.Commit(t.Context(), k); platform.As(err).Code != "not-prepared" {
		t.Errorf("one message prepared, another sent: %v", err)
	}
	if _, err := pub.Prepare(t.Context(), k); err != nil || len(f.posts) != 1 || !strings.Contains(f.posts[0].Content, "Autrement dit.") {
		t.Errorf("%v: %+v", err, f.posts[0])
	}
	f.posts = nil
	if r := out(t, pub, j); r.ID == "" || len(f.posts) != 1 || f.posts[0].Status != "publish" {
		t.Errorf("%+v %+v", r, f.posts)
	}
}
