// Package lint looks in the HTML of a mail for what big mail programs take out,
// do not show or show wrongly.
//
//	for _, f := range lint.HTML(page) { … }    // a mail, or a template of one
//	for _, f := range lint.CSS(sheet) { … }    // its style sheet
//
// The list is short and our own: what breaks in programs that many people
// read mail with (Gmail, Outlook, Yahoo, Apple Mail, and what French providers
// offer), and what has no use without it. What is merely less beautiful
// somewhere, such as a round corner, is not in it.
//
// Templates are read as they are written: [Blank] takes the actions out of
// one, and what stands in all their branches is looked at.
package lint
