// Package delivery is the worker: it brings every placement that is due out
// once, or to a state that says why not. It obeys package journal, keeps what it
// does in package store before and after it does it, and knows of platforms only
// what package platform says.
package delivery
