package carrier

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// The fields of a report that are used,
// see https://www.twilio.com/docs/voice/twiml#request-parameters.
const (
	fieldID           = "CallSid"
	fieldDialled      = "To"
	fieldCaller       = "From"
	fieldDirection    = "Direction"
	fieldStatus       = "CallStatus"
	fieldDuration     = "CallDuration"
	fieldTimestamp    = "Timestamp"
	fieldDialStatus   = "DialCallStatus"
	fieldDialDuration = "DialCallDuration"
)

var usedFields = [...]string{
	fieldID, fieldDialled, fieldCaller, fieldDirection, fieldStatus,
	fieldDuration, fieldTimestamp, fieldDialStatus, fieldDialDuration,
}

const (
	// maxID is how long the id of a call may be. Twilio's own have 34 bytes.
	maxID = 128
	// maxAge is how far back a start is believed.
	maxAge = 48 * time.Hour
	// maxDuration is how long a call may last at Twilio.
	maxDuration = 24 * time.Hour
)

// normalize brings a signed form into normal form.
func (t Twilio) normalize(form url.Values, now time.Time) (tracking.CallReport, error) {
	refuse := func(reason string) (tracking.CallReport, error) {
		return tracking.CallReport{}, notUnderstood(t.Name(), reason)
	}
	for _, field := range usedFields {
		if len(form[field]) > 1 {
			return refuse(field + " is there twice")
		}
	}
	if direction := form.Get(fieldDirection); direction != "" && direction != "inbound" {
		return refuse("the call was made by Twilio, not by a caller")
	}
	id := form.Get(fieldID)
	if !validID(id) {
		return refuse(fieldID + " is missing or malformed")
	}
	dialled, err := numberpool.ParseNumber(form.Get(fieldDialled))
	if err != nil {
		return refuse(fieldDialled + " is no E.164 number")
	}
	report := tracking.CallReport{ID: id, Dialled: dialled, Caller: caller(form.Get(fieldCaller))}
	report.State, report.Duration = progress(form)
	report.StartedAt = startOf(form, report, now)
	return report, nil
}

// validID reports whether a text can be an id: short, and of visible ASCII.
func validID(id string) bool {
	for _, c := range []byte(id) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return id != "" && len(id) <= maxID
}

// withheld are the words that stand in for a number that is not shown, keyed as
// on a telephone: with them some networks fill the field as if it were a number.
var withheld = map[string]bool{
	"+266696687":   true, // ANONYMOUS
	"+2562533":     true, // BLOCKED
	"+7748283":     true, // PRIVATE
	"+7378742833":  true, // RESTRICTED
	"+86282452253": true, // UNAVAILABLE
	"+8656696":     true, // UNKNOWN
}

// caller returns the number that called, or "" if it is withheld or no number.
func caller(from string) string {
	n, err := numberpool.ParseNumber(from)
	if err != nil || withheld[from] {
		return ""
	}
	return n.E164()
}

// progress returns how far the call came and how long it was answered. When
// <Dial> reports how its own leg ended, that counts: it tells whether a person
// answered, the call's status only whether Twilio did.
func progress(form url.Values) (tracking.CallState, time.Duration) {
	if status := form.Get(fieldDialStatus); status != "" {
		return stateOf(status), seconds(form.Get(fieldDialDuration))
	}
	return stateOf(form.Get(fieldStatus)), seconds(form.Get(fieldDuration))
}

// stateOf translates a status.
func stateOf(status string) tracking.CallState {
	switch status {
	case "in-progress", "answered":
		return tracking.Answered
	case "completed":
		return tracking.Finished
	case "busy", "no-answer", "failed", "canceled":
		return tracking.Missed
	default: // queued, initiated, ringing, and what Twilio may add
		return tracking.Ringing
	}
}

// seconds reads a duration. What no call can last counts as not told.
func seconds(text string) time.Duration {
	n, err := strconv.ParseUint(text, 10, 32)
	if d := time.Duration(n) * time.Second; err == nil && d <= maxDuration {
		return d
	}
	return 0
}

// startOf returns when the call started, as far as the report tells.
//
// A status callback says when what it reports happened. What <Dial> reports is
// requested while the line is open, so it comes as the dialled leg ends. Nothing
// else says to which end the duration leads back.
func startOf(form url.Values, report tracking.CallReport, now time.Time) time.Time {
	at, told := timestamp(form.Get(fieldTimestamp))
	if !told && form.Get(fieldDialStatus) != "" {
		at, told = now, true
	}
	if !told || at.After(now) {
		return now
	}
	if report.State >= tracking.Missed {
		at = at.Add(-report.Duration)
	}
	if now.Sub(at) > maxAge {
		return now
	}
	return at
}

// timestamp reads an instant as in RFC 2822, section 3.3, with the zone in
// digits or one of its two names for UTC.
func timestamp(text string) (time.Time, bool) {
	for _, utc := range [...]string{" GMT", " UT", " UTC"} {
		if rest, found := strings.CutSuffix(text, utc); found {
			text = rest + " +0000"
		}
	}
	for _, layout := range [...]string{"Mon, _2 Jan 2006 15:04:05 -0700", "_2 Jan 2006 15:04:05 -0700"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}
