// Package courier joins the office, its accounts and the worker: it is what the
// commands publish, run and status call. What is due comes from the agreed
// calendar, what is sent from the posts as they are at that moment.
package courier
