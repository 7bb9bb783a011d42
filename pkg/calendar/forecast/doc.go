// Package forecast says how likely coming slots are to be filled, from how long
// posts took so far. It is pure: the history of stages goes in as [Track]s, what
// is coming as [Slot]s, and chance comes from a seed that the content gives, so
// that the same input always has the same answer. There is no clock in it.
//
// [Fit] learns from the tracks, as they stood at an instant, how long posts stay
// in each stage and where they go from there. [Model.Curve] says how likely a
// post is to be ready by each hour from now; [Model.Simulate] draws many futures
// and counts in how many of them each slot is filled; [Model.Start] says when
// to begin. [Test] holds back what happened after an instant, forecasts it, and
// scores the forecasts. Where there is too little history [Reckon] says what the
// planned work and people's hours alone allow.
//
// docs/forecast.md explains the model, with an example to be followed by hand.
package forecast
