// Package crash kills the real program, again and again, while it delivers to
// servers that fail in every way they can, and then counts: every placement that
// was due has ended somewhere, none is out twice, none is lost without a word.
//
//	go test ./internal/tools/crash                      the short run
//	make crash                                           a thousand kills on each database
package crash
