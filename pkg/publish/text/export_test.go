package text_test

import "editorial/pkg/publish"

func cleaned(s string) string { return publish.Clean(s) }
