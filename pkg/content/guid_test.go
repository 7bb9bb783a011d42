package content_test

import (
	"strings"
	"testing"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

func TestGUID(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		front, want string
		code        problem.Code
	}{
		"an address":       {`guid: "https://old.example/?p=12&x=é"`, "https://old.example/?p=12&x=é", ""},
		"in another case":  {`GUID: tag:old.example,2009:12`, "tag:old.example,2009:12", ""},
		"a number":         {`guid: 0012`, "0012", ""},
		"none":             {`tags: a`, "", ""},
		"null":             {`guid:`, "", ""},
		"a list":           {`guid: [a]`, "", content.CodeBadGUID},
		"empty":            {`guid: " "`, "", content.CodeBadGUID},
		"two lines":        {`guid: "a\nb"`, "", content.CodeBadGUID},
		"too long":         {`guid: ` + strings.Repeat("a", 2000), "", content.CodeBadGUID},
		"no XML character": {`guid: "a\uffffb"`, "", content.CodeBadGUID},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := content.Read("a.md", []byte("---\ntitle: A\n"+c.front+"\n---\n"), content.Defaults{})
			content.CheckGUIDs([]*content.Post{p})
			if got := p.GUID(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			switch {
			case c.code == "" && len(p.Problems) > 0:
				t.Errorf("problems: %v", p.Problems)
			case c.code != "" && (len(p.Problems) != 1 || p.Problems[0].Code != c.code || p.Problems[0].Line != 3):
				t.Errorf("got %v, want %s on line 3", p.Problems, c.code)
			}
		})
	}
}

func TestCheckGUIDs_namesEachOfTheSame(t *testing.T) {
	t.Parallel()
	read := func(name, guid string) *content.Post {
		return content.Read(name, []byte("---\ntitle: A\nguid: "+guid+"\n---\n"), content.Defaults{})
	}
	posts := []*content.Post{read("a.md", "x:1"), read("b.md", "x:2"), read("c.md", "x:1")}
	content.CheckGUIDs(posts)
	for i, n := range []int{1, 0, 1} {
		if len(posts[i].Problems) != n {
			t.Fatalf("%s: %v", posts[i].Path, posts[i].Problems)
		}
	}
	if p := posts[2].Problems[0]; p.Code != content.CodeSameGUID || p.Params["other"] != "a.md" || p.Line != 3 || p.Col != 7 {
		t.Errorf("got %v", p)
	}
}
