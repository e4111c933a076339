// Package frameworks shows how chi, echo and gin mount Qooqie. A tracker is
// ordinary net/http middleware, so each takes a few lines: the tracker's routes
// go to the router, and its Handler goes around it.
package frameworks
