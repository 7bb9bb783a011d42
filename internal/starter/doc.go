// Package starter is the model office that "editorial init" writes: a strategy
// to start from, point by point, with posts that show each feature, in French
// and in English. Each is written for its own readers, not translated.
//
// The files lie below fr and en, and below common what both have. Their dates
// count from the day they are asked for, so that a model is always fresh:
//
//	{{today}}          that day, as in 2026-10-19; {{year}} its year
//	{{Tue+1}}          the first Tuesday after it; {{Tue-2}} the last but one before it
//	{{Mon+9+6d}}       six days after the ninth Monday to come
//	{{Sat+4 long}}     as people say it: "samedi 14 novembre"
//	{{Thu+2 open}}     the first of the Thursdays, from the second on, that is no public holiday
//	{{id}}             an id, different for each file and day
//
// The same day gives the same bytes.
package starter
