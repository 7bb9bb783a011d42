package calendar

import "editorial/pkg/problem"

func Expand(in Input) (Instance, []problem.Problem) { return Instance{}, nil }
func Make(inst Instance) Plan                       { return Plan{} }
