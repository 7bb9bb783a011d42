// Package web shows an office in a browser while people write: the site as a
// build would make it, the plan, the private files, previews, and a page that
// says how the office stands. Everything is made in memory and nothing is
// written. When a file of the office changes, or a post comes due, the site is
// made again and the browser is told.
//
// It is for the people of the office: by default it listens on the loopback
// interface alone, and it answers only to names that no stranger can point at
// this machine (see Hosts), so that no page of the web can read drafts.
// Pages run no script but one small file of ours, and work without it.
package web
