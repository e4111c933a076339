package retention

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zones of agreements, also where the machine has none
)

const (
	// NoGrace as [Agreement.GraceMonths] lets the data fall due at the end of
	// the agreement's last day.
	NoGrace = -1

	defaultGraceMonths = 3
	defaultZone        = "Europe/Amsterdam"
)

// Choice is what a customer wants with its data when the agreement has ended
// (GDPR, article 28(3)(g)). The zero Choice is none: the customer has not said
// so yet.
type Choice uint8

const (
	// Erase is the choice to have all data erased.
	Erase Choice = iota + 1
	// HandOver is the choice to receive a copy, after which all data is erased;
	// the law knows no copy that the processor keeps.
	HandOver
)

// ParseChoice reads "erase" or "handover". Every error is a [*FieldError] with
// Field "choice".
func ParseChoice(s string) (Choice, error) {
	for c := Erase; c <= HandOver; c++ {
		if s == c.String() {
			return c, nil
		}
	}
	return 0, &FieldError{Field: "choice", Value: fmt.Sprintf("%.32s", s), Reason: `must be "erase" or "handover"`}
}

// String returns "erase", "handover", or "none" for the zero Choice.
func (c Choice) String() string {
	switch c {
	case 0:
		return "none"
	case Erase:
		return "erase"
	case HandOver:
		return "handover"
	}
	return "Choice(" + strconv.Itoa(int(c)) + ")"
}

// Agreement is what allows data to be processed: a processing agreement with a
// customer, or the site's own use made by [OwnUse]. The zero Agreement allows
// nothing, and its [Agreement.Validate] says which line to write.
//
// Agreements can be compared with ==, copied and kept; they hold no instants,
// see [Agreement.Window].
type Agreement struct {
	// ID names the agreement in logs and documents. Its data key is found by
	// it, so it never changes. Required.
	ID string
	// Customer names the party that owns the sites, pools and data, in logs and
	// documents. Its signing keys are found by it, so it never changes.
	// Required.
	Customer string
	// Controller is the name of the controller as documents print it. It may be
	// the name of a person and is left out of errors. Required.
	Controller string
	// Start is the first day on which data is processed. Required.
	Start Date
	// End is the last day on which data is processed. Required, except for own
	// use, which has none.
	End Date
	// Zone is the IANA name of the zone whose days the dates are, such as
	// "America/Aruba". Empty means Europe/Amsterdam; "Local" is refused, since
	// an agreement ends at one moment on all machines.
	Zone string
	// GraceMonths is for how many calendar months after End the data is kept.
	// Zero means 3, [NoGrace] none, and more than 120 is refused as a mistake.
	// No law gives this time: it is an instruction of the customer.
	GraceMonths int
	// Choice is what the customer wants at the end. It may still be missing,
	// and must be for own use, where nobody has to be asked.
	Choice Choice
	// PolicyHash is the [Policy.Hash] of the policy that was signed, in
	// lower-case hexadecimal. Empty means that the agreement names none.
	PolicyHash string
	// Continues is the ID of an earlier agreement with the same controller whose
	// data goes on under this one. Without it that data falls due in its own
	// time: nobody inherits it silently.
	Continues string
	// EndEntered is the day on which End was entered, where that was later than
	// agreed. If the data was overdue by then, it is erased only after the
	// policy's notice, so that a slip of the pen destroys nothing.
	EndEntered Date
	// HandedOver is the day on which the customer confirmed its copy. Until
	// then what was to be handed over is kept, and not used.
	HandedOver Date
	// EraseThrough is the last day of which the customer wants all data erased
	// before its time. It is due from the beginning of that day: a controller
	// may always shorten.
	EraseThrough Date

	ownUse bool
}

// OwnUse returns the agreement of a site that tracks for itself: the controller
// processes its own data from the given day on, without an end.
//
// Customer is "own-" and the first 16 hexadecimal digits of the SHA-256 of the
// controller's name in lower case, with single spaces; ID is the same followed
// by "-use". The name itself stays out of logs that way. A company that changes
// its name keeps its keys by setting both fields to what they were. Zone,
// PolicyHash and EraseThrough may be set as well; the other fields are refused
// by [Agreement.Validate].
func OwnUse(controller string, since Date) Agreement {
	name := strings.ToLower(strings.Join(strings.Fields(controller), " "))
	sum := sha256.Sum256([]byte(name))
	customer := "own-" + hex.EncodeToString(sum[:8])
	return Agreement{
		ID:         customer + "-use",
		Customer:   customer,
		Controller: controller,
		Start:      since,
		ownUse:     true,
	}
}

// IsOwnUse reports whether the agreement was made by [OwnUse].
func (a Agreement) IsOwnUse() bool { return a.ownUse }

// Window returns the instants at which the agreement starts, ends and falls
// due. It is worth keeping: making it loads the zone.
//
// The error is that of [Agreement.Validate].
func (a Agreement) Window() (Window, error) {
	if err := a.Validate(); err != nil {
		return Window{}, err
	}
	loc, err := a.Location()
	if err != nil {
		return Window{}, err
	}
	w := Window{Start: a.Start.Start(loc)}
	if !a.End.IsZero() {
		w.End = a.End.End(loc)
		w.Due = a.lastDay().End(loc)
	}
	return w, nil
}

// State returns the state of the agreement at the time now, which is
// [NotStarted] for an agreement that is not valid. It makes a [Window] each
// time; code that asks for every request keeps one instead.
func (a Agreement) State(now time.Time) State {
	w, err := a.Window()
	if err != nil {
		return NotStarted
	}
	return w.State(now)
}

// lastDay returns the last day on which data may be kept. It is counted from
// End in one step, never from the result of another count.
func (a Agreement) lastDay() Date {
	if a.GraceMonths == NoGrace {
		return a.End
	}
	return a.End.AddMonths(cmp.Or(a.GraceMonths, defaultGraceMonths))
}

// Location returns the zone of the agreement's days. It loads the zone each
// time.
//
// A name that is no IANA name is an error of package time, and so is "Local",
// whose meaning differs from machine to machine.
func (a Agreement) Location() (*time.Location, error) {
	zone := cmp.Or(a.Zone, defaultZone)
	if zone == "Local" {
		return nil, errors.New("differs from machine to machine")
	}
	return time.LoadLocation(zone)
}
