package cli

import "editorial/pkg/problem"

// fresh returns the errors among found that are not among said. What is less
// than an error is for "editorial check": an office may have thousands of it.
func fresh(found, said []problem.Problem) []problem.Problem {
	known := make(map[string]bool)
	for _, p := range said {
		if p.Severity == problem.Error {
			known[p.Error()] = true
		}
	}
	var left []problem.Problem
	for _, p := range found {
		if p.Severity == problem.Error && !known[p.Error()] {
			left = append(left, p)
		}
	}
	return left
}
