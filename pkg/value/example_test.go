package value_test

import (
	"fmt"

	"editorial/pkg/value"
)

func ExampleParseTOML() {
	v, problems := value.ParseTOML("config.toml", []byte("[site]\ntitle = \"Les Roues libres\"\nlang = 'fr'\n"), 1)
	lang, _ := v.Get("site", "lang")
	fmt.Println(lang.Kind, lang.Str, lang.At, len(problems))

	_, problems = value.ParseTOML("config.toml", []byte("lang = 'fr'\nlang = 'en'\n"), 1)
	fmt.Println(problems[0])
	// Output:
	// string fr config.toml:3:8 0
	// config.toml:2:1: duplicate-key key="lang" line="1"
}

func ExampleSetTOML() {
	src := []byte("[plan]\nweeks =  13  # a quarter\n")
	out, err := value.SetTOML(src, []string{"plan", "weeks"}, value.Value{Kind: value.Int, Int: 26}, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(out))
	// Output:
	// [plan]
	// weeks =  26  # a quarter
}
