package tracking

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
)

// Report is what a customer can look at: pools, sessions, calls and counts.
type Report struct {
	// Customer is whose report it is.
	Customer string
	// At is when the report was made.
	At time.Time
	// Zone is the agreement's time zone.
	Zone *time.Location
	// State is the agreement's state at that moment.
	State retention.State
	// Pools are the customer's pools.
	Pools []PoolReport
	// Counters are the daily counts of the last 30 days.
	Counters []Counter
	// Calls are the latest calls, the latest first, at most 1000.
	Calls []Call
}

// PoolReport says how full a pool is.
type PoolReport struct {
	// Pool is the pool's name.
	Pool string
	// SwapTarget is the site's own number, in E.164.
	SwapTarget string
	// Leases has one entry for each number, in the order of the numbers. Those
	// that are not live have no session and may never have been granted.
	Leases []numberpool.Lease
	// Live is how many of them are live.
	Live int
}
