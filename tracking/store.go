package tracking

import (
	"context"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
)

// Store keeps leases, calls and counters. Package store/sqlite has the embedded
// one; package store/storetest has the suite that each store passes.
//
// Everything is kept for one customer, apart from other customers' data. A
// method that only reads or forgets leaves no trace for a customer that has no
// data. For concurrency, contexts, durability and precision of instants, what
// numberpool.Store says holds for all methods, except that AddCounters is
// allowed to lose its last seconds in a power cut.
type Store interface {
	numberpool.Store
	CallStore
	ReportStore
}

// CallStore keeps calls, one row for each carrier and call id of a customer.
type CallStore interface {
	// PutCall stores c, or, if the customer has a call with c's carrier and id
	// already, merge(stored, c), in one step that no other write comes between.
	// It returns what is stored now. It calls merge at most once, and stores
	// nothing if that changes nothing. After an error nothing of c is stored, or
	// all of it: the caller may try again.
	PutCall(ctx context.Context, c Call, merge func(stored, event Call) Call) (Call, error)

	// Calls returns the customer's calls that started at or after since, the
	// latest first, at most limit. A customer without data has none, which is no
	// error.
	Calls(ctx context.Context, customer string, since time.Time, limit int) ([]Call, error)

	// ForgetCallers empties Caller and CallerHint of the customer's calls that
	// started before the given instant. After an error none are emptied, or all.
	ForgetCallers(ctx context.Context, customer string, before time.Time) error
}

// ReportStore keeps daily counters.
type ReportStore interface {
	// AddCounters adds each Count to the stored counter of the same day, site,
	// kind and key. All are added, or, after an error, none.
	AddCounters(ctx context.Context, customer string, counters []Counter) error

	// Counters returns the customer's counters of the days from and after from,
	// ordered by day, site, kind and key. A customer without data has none, which
	// is no error.
	Counters(ctx context.Context, customer string, from retention.Date) ([]Counter, error)

	// DeleteCounters deletes the customer's counters of days before the given one,
	// or, after an error, none of them.
	DeleteCounters(ctx context.Context, customer string, before retention.Date) error
}

// Counter counts what happened on one day. It has no session and no instant.
type Counter struct {
	// Day is the local day in the agreement's zone.
	Day retention.Date
	// Site is the first of the site's hosts.
	Site string
	// Kind is what is counted.
	Kind CounterKind
	// Key is the path without query for page views, and "source / medium /
	// campaign" for sessions.
	Key string
	// Count is how often.
	Count int64
}

// CounterKind is what a Counter counts.
type CounterKind string

// The kinds of counters.
const (
	PageViews CounterKind = "page_view"
	Sessions  CounterKind = "session"
)
