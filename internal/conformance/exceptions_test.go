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
