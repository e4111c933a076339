package numberpool

import (
	"context"
	"time"
)

// PoolID names a pool: the customer whose numbers they are, and the pool's name
// among that customer's.
type PoolID struct {
	// Customer is the id of the customer who owns the numbers and the data.
	Customer string
	// Name is the pool's name, unique among the customer's pools.
	Name string
}

// Attribution says what brought a session. Empty fields are unknown.
type Attribution struct {
	// Source is where the visitor came from, such as "google".
	Source string
	// Medium is the kind of source, such as "cpc" or "email".
	Medium string
	// Name is the campaign's name.
	Name string
	// Term is the search term or keyword.
	Term string
	// Content tells apart ads or links of one campaign.
	Content string
	// Channel is the channel group, such as "Paid Search".
	Channel string
	// ClickID is the kind of click id that was present, such as "gclid"; never
	// its value.
	ClickID string
	// Referrer is the host of the referring page, without path.
	Referrer string
	// Landing is the path of the first page, without query.
	Landing string
}

// Lease is one number's present or past assignment to a session.
type Lease struct {
	// Pool is the pool of the number.
	Pool PoolID
	// Number is what the session sees.
	Number Number
	// Generation counts the grants of the number. It fences late writers: a
	// write that names an older generation is refused. 0 means never leased.
	// A renewal keeps it, also one that begins another assignment.
	Generation uint64
	// Session holds the number. It is zero once the lease has ended: only a
	// live lease carries a session id.
	Session SessionID
	// Since is when this assignment, with this attribution, began.
	Since time.Time
	// SeenAt is the last sign of the session that was stored.
	SeenAt time.Time
	// ExpiresAt is the stored end. Before it nobody else gets the number.
	ExpiresAt time.Time
	// Attribution is what a call in this assignment is credited to.
	Attribution Attribution
}

// Live reports whether the lease is exclusive at now. The end itself is not
// part of it.
func (l Lease) Live(now time.Time) bool { return now.Before(l.ExpiresAt) }

// Store keeps leases. Every method is safe for concurrent use by any number of
// goroutines and processes, and returns the context's error when ctx ends
// before the outcome is known; the write may then still happen. A write that
// returned nil is durable. Instants are kept in microseconds.
//
// The refusals named below are wrapped by the error that is returned. Any other
// error says that the store itself has failed, and carries no number and no
// session in its text.
type Store interface {
	// PoolLeases makes sure that every number in add has a row in the pool,
	// and returns the rows of all the pool's numbers in the order of the
	// numbers. A number that another customer or pool has is ErrNumberOwned,
	// and then nothing is added.
	PoolLeases(ctx context.Context, pool PoolID, add []Number) ([]Lease, error)

	// GrantLease writes want if the number's row has the generation before
	// want's and its end is not after want.Since, and returns what is stored.
	// The assignment it replaces is kept as an interval, without session.
	// If the session has a row in the pool already, that row is renewed
	// instead, as RenewLease does, and returned. Otherwise it returns the row
	// as it stands, with ErrLeaseTaken, or ErrUnknownNumber.
	GrantLease(ctx context.Context, want Lease) (Lease, error)

	// RenewLease moves the end of the row with want's number and generation to
	// the later of the stored end and want.ExpiresAt, and sets its session and
	// SeenAt; that holds after the end as well, as long as nobody else was
	// granted the number. If want.Attribution is not zero and differs from the
	// stored one, the assignment so far becomes an interval and a new one
	// begins at want.SeenAt. Another generation is ErrLeaseTaken,
	// a number that the pool has not is ErrUnknownNumber.
	RenewLease(ctx context.Context, want Lease) (Lease, error)

	// ReleaseLease ends the lease at the given instant if the generation is
	// still the row's, and takes the session off it. Releasing what has
	// ended or is somebody else's does nothing, and neither does releasing
	// a lease whose session was seen after at: a later request relies on it.
	// None of that is an error.
	ReleaseLease(ctx context.Context, pool PoolID, n Number, generation uint64, at time.Time) error

	// EndLeases takes the session ids off leases whose end is not after now,
	// and deletes intervals that were last seen before forget. A customer
	// without data is no error.
	EndLeases(ctx context.Context, customer string, now, forget time.Time) error

	// NumberHolders returns the assignments of the number, past and present,
	// that began at or before at and were last seen at or after from, the
	// latest first, at most 200. None has a session. A number that the pool
	// has not has no holders, which is no error.
	NumberHolders(ctx context.Context, pool PoolID, n Number, from, at time.Time) ([]Lease, error)
}
