package retention

import (
	"strconv"
	"time"
)

// lateCall is how long after the end of an agreement a call that was made before
// it may still be reported: long enough for a carrier to repeat its webhook over
// a weekend on which the site was down.
const lateCall = 72 * time.Hour

// State is where an agreement, or a record that is kept under it, stands at one
// moment. The zero State is [NotStarted], which allows nothing.
type State uint8

const (
	// NotStarted is the state before the first day, and that of a record of
	// which no agreement speaks: there is no instruction to do anything.
	NotStarted State = iota
	// Active is the state from the first to the last day of the agreement.
	Active
	// Grace is the state after the last day: what is there is kept and may be
	// looked at, but nothing new is gathered.
	Grace
	// Due is the state after the grace, and of a record that its own period has
	// ended: the data may no longer be kept, and what the customer chose has to
	// be done.
	Due
	// Held is the state of a record under a [LegalHold]: it is kept and not used.
	// The states from here on are those of records; a [Window] has none of them.
	Held
	// Restricted is Held where the person asked for erasure: the record is not
	// used, and erased when the hold is released (GDPR, article 18(1)).
	Restricted
	// Pending is the state of what is due, and was to be handed over before, while
	// the customer has not confirmed its copy: it is kept and not used.
	Pending
	// Overdue is the state of what was due before the end of the agreement was
	// entered, for as long as the policy's notice: it is kept and not used.
	Overdue
)

// stateNames has the names in the order of the constants.
var stateNames = [...]string{"not started", "active", "grace", "due", "held", "restricted", "pending", "overdue"}

// String returns the name of the state in lower case.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "State(" + strconv.Itoa(int(s)) + ")"
}

// Window is an [Agreement] in instants. Its methods are pure, fast and fail
// closed: a zero Window allows nothing.
type Window struct {
	// Start is the first instant at which the agreement is active.
	Start time.Time
	// End is the first instant at which it no longer is. Zero means that there
	// is no end.
	End time.Time
	// Due is the first instant at which its data may no longer be kept. Zero if
	// End is.
	Due time.Time
}

// State returns the state of the agreement at the time now.
func (w Window) State(now time.Time) State {
	switch {
	case w.Start.IsZero() || now.Before(w.Start):
		return NotStarted
	case w.End.IsZero() || now.Before(w.End):
		return Active
	case now.Before(w.Due):
		return Grace
	default:
		return Due
	}
}

// MayTrack reports whether a visitor may be given a cookie or a lease, and a
// page view be counted, at the time now: only while the agreement is active.
// When it returns false, cookies of ours that still come in are ended.
func (w Window) MayTrack(now time.Time) bool { return w.State(now) == Active }

// MayStoreCall reports whether a call may be stored that began at started and
// was reported at the time now. While the agreement is active it may. In the
// grace it may if it began while the agreement was active and is reported at
// most 72 hours after the end, because the customer is owed what was gathered
// for it in time. A call of which the beginning is not known (a zero started)
// is not stored in the grace.
func (w Window) MayStoreCall(started, now time.Time) bool {
	switch w.State(now) {
	case Active:
		return true
	case Grace:
		return w.State(started) == Active && !now.After(w.End.Add(lateCall))
	default:
		return false
	}
}

// MayRead reports whether stored data may be looked at and exported at the time
// now: while the agreement is active and in the grace, so that the customer can
// take its copy.
func (w Window) MayRead(now time.Time) bool {
	state := w.State(now)
	return state == Active || state == Grace
}
