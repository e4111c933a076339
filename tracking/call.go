package tracking

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

// Call is a call on a tracking number, as it is stored: a copy of the
// attribution it is credited to, and no session and no lease.
type Call struct {
	// Customer is the customer who owns the dialled number.
	Customer string
	// Carrier is the name of the carrier that reported the call.
	Carrier string
	// ID is the carrier's id of the call.
	ID string
	// Pool is the name of the dialled number's pool, or "" if no pool has it.
	Pool string
	// Dialled is the number that was called.
	Dialled numberpool.Number
	// Caller is a keyed pseudonym of the number that called, in hexadecimal, or
	// "" if it is withheld or forgotten.
	Caller string
	// CallerHint is the last two digits of the number that called, or "".
	CallerHint string
	// State is how far the call came.
	State CallState
	// StartedAt is when the call started.
	StartedAt time.Time
	// Duration is how long it was answered, in whole seconds, 0 while unknown.
	Duration time.Duration
	// ReceivedAt is when the report came that Attribution was decided on.
	ReceivedAt time.Time
	// Attribution is what the call is credited to; zero means nobody.
	Attribution numberpool.Attribution
	// Probability is how sure that is, 0 to 1.
	Probability float64
	// Rung is the step of the ladder that had shown the number.
	Rung Rung
}

// CallState is how far a call came. Later states are larger; a call never goes
// back.
type CallState uint8

// The states of a call.
const (
	Ringing  CallState = iota + 1 // reported, not answered yet
	Answered                      // somebody speaks
	Missed                        // over without an answer: busy, no answer, canceled, failed
	Finished                      // over, it was answered
)

// Rung says which step of the ladder served a number.
type Rung uint8

// The rungs of the ladder.
const (
	// SwapTarget is the site's own number.
	SwapTarget Rung = iota
	// Session is a number leased to one session.
	Session
)

// mergeCalls joins two reports of one call, in any order and however often each
// comes. The later state and the earlier start are true. Attribution belongs to
// the start, so it is taken from the report with the earlier one, or from the
// one that came first.
func mergeCalls(a, b Call) Call {
	merged := a
	if b.StartedAt.Before(a.StartedAt) ||
		b.StartedAt.Equal(a.StartedAt) && b.ReceivedAt.Before(a.ReceivedAt) {
		merged = b
	}
	merged.State = max(a.State, b.State)
	merged.Duration = max(a.Duration, b.Duration)
	if merged.Caller == "" {
		merged.Caller, merged.CallerHint = a.Caller+b.Caller, a.CallerHint+b.CallerHint
	}
	return merged
}
