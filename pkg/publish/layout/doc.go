// Package layout parses the templates of an output: ours, with those that an
// office has in their place.
//
//	files := layout.Files{Ours: embedded, Own: own, Dir: "templates/newsletter"}
//	page, err := files.Parse("edition.html", "page.html")   // once
//	data, err := page.Execute("page", values)               // for each page
//
// An own template is text by html/template, which escapes what it shows for
// where it stands, like ours. What is wrong with one is a problem.Problem with
// its place: [CodeSyntax] where it cannot be parsed or escaped, [CodeRun] where
// it fails at its work. Whoever gets one may leave that file out and try again
// with ours, so that nothing else is held up.
package layout
