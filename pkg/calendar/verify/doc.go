// Package verify checks a calendar that was exported as docs/planning.md
// describes ("editorial plan --export"), rule by rule, on the file alone.
//
// It shares no code with the planner, and does not import it: what both get
// right was written twice. [Check] returns every break of a rule as a problem
// that names both sides, and every number of the file that does not follow
// from the others.
package verify
