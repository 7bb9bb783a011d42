package conformance

// The cases that are not met, with the reason. Each group is one reason.

func tomlExceptions() map[string]string { return map[string]string{} }

func yamlExceptions() map[string]string {
	e := map[string]string{}
	because(e, "read, though its lines should be indented by more: the library is lenient, and what is meant is clear",
		"tabs-that-look-like-indentation/01", "wrong-indented-flow-sequence", "wrong-indented-multiline-quoted-scalar")
	because(e, "read as an empty text, though its blank lines are indented by more than its first: the library is lenient",
		"block-scalar-with-more-spaces-than-first-content-line")
	because(e, "refused: the library knows no colon in the name of an anchor",
		"allowed-characters-in-alias", "anchors-with-colon-in-name")
	because(e, "refused: a tag of somebody's own (!local, !!set, !!binary) means nothing in a post, and to drop it would change what is meant",
		"construct-binary", "spec-example-2-25-unordered-sets", "spec-example-2-27-invoice", "spec-example-5-6-node-property-indicators",
		"spec-example-6-24-verbatim-tags", "spec-example-8-21-block-scalar-nodes", "spec-example-8-21-block-scalar-nodes-1-3")
	because(e, "refused: directives end with ---, which ends front matter as well; no post can have one",
		"directive-variants/05", "directive-variants/06", "tabs-that-look-like-indentation/07")
	return e
}

func commonMarkExceptions() map[string]string {
	e := map[string]string{}
	because(e, "raw HTML is cleaned: comments, scripts, styles, forms, declarations, unknown elements and attributes go",
		list("150 152-154 163 164 169-173 176-183 201 308 309 491 524 536 613-617 625-629")...)
	because(e, "raw HTML is closed where its block ends, so that it takes nothing of what follows",
		list("148 187 476 477 494")...)
	because(e, "addresses of raw HTML are escaped as those of Markdown are", list("21 31 344 630 631 642 643")...)
	because(e, "a picture of raw HTML without a text gets an empty one", "475")
	because(e, "no link leads to a scheme that is not known", "598", "599", "601")
	because(e, "a bare address is a link, as in GitHub’s Markdown", "608", "611", "612")
	return e
}

func gfmExceptions() map[string]string {
	e := map[string]string{}
	because(e, "Goldmark takes a line of hyphens below the text of an item for the second line of a table of one column", "table 14")
	return e
}
