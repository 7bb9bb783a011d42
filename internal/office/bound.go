package office

import "editorial/pkg/calendar/bound"

// Weigh sets Bound: what no plan of the office is worth more than. It takes
// longer than planning, so it is done on demand.
func (p *Proposal) Weigh() {
	n := bound.Of(&p.Instance, p.Plan.Value)
	p.Bound = &n
}

// Short is how much the plan is worth less than the bound at most, per mille
// of the bound and rounded up; 0 says that no plan is better.
func (p *Proposal) Short() int {
	if p.Bound == nil || *p.Bound <= p.Plan.Value {
		return 0
	}
	missing := *p.Bound - p.Plan.Value
	return (1000*missing + *p.Bound - 1) / *p.Bound
}
