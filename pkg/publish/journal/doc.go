// Package journal is what may become of a placement on its way out: its states,
// the steps between them, and what a failure leads to. It is pure; the worker of
// internal/delivery obeys it, and docs/delivery.md draws it.
package journal
