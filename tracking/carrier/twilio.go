package carrier

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/qooqie/qooqie/tracking"
)

// Twilio reads the status callbacks of Twilio's Programmable Voice, and of
// providers that sign and name fields as Twilio does. Set the URL as the
// "status callback" of each number, not as its voice URL: the answer is no TwiML.
//
// By default Twilio reports a call only once it is over; ask for the events
// initiated, ringing and answered as well where that can be set. A number that
// forwards with <Dial> counts as answered as soon as Twilio picks up, unless
// <Dial> has answerOnBridge="true"; without it, a call that nobody answered is
// reported as finished.
//
// The signature has no time in it, so a report can be repeated by whoever has
// seen one. That changes nothing: a call is stored once, by its id.
type Twilio struct {
	// AuthToken is the account's auth token, with which Twilio signs. Required:
	// without it every report is refused.
	AuthToken string `json:"-"`
	// PreviousToken is accepted as well, so that reports that are on their way
	// while the token is replaced are not lost. "" means none.
	PreviousToken string `json:"-"`
}

// Name returns "twilio".
func (Twilio) Name() string { return "twilio" }

// Format prints the type alone, whatever the verb, so that no log has a token.
func (Twilio) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "carrier.Twilio") // fmt keeps what it prints in memory
}

// Parse verifies the X-Twilio-Signature of a report and brings it into normal
// form. The URL may have the scheme's port written out or not.
//
// Duration and Caller are as the report has them. Caller is "" if the number is
// withheld, or if the caller has none, as with SIP and Twilio's own clients. An
// unknown status counts as ringing, because Twilio's list grows. StartedAt is
// Timestamp, less the duration if the call is over. Where Timestamp is missing,
// lies in the future or more than 48 hours back, it is now.
//
// The error wraps tracking.ErrSignature if the report is not signed with a
// token, or is no form, which is what Twilio signs. It wraps tracking.ErrReport
// if the dialled number or the call's id is missing or malformed, if a field
// that is used occurs twice, and if Twilio made the call: the second leg of a
// forwarded call has an id of its own and would count as another call.
func (t Twilio) Parse(r *http.Request, url string, body []byte, now time.Time) (tracking.CallReport, error) {
	form, err := t.verify(r.Header, url, body)
	if err != nil {
		return tracking.CallReport{}, err
	}
	return t.normalize(form, now)
}

// Sign returns the X-Twilio-Signature of a form that is posted to the URL. It is
// for tests that play the carrier's part. Without an AuthToken it is "", which
// signs nothing.
func (t Twilio) Sign(url string, form url.Values) string {
	if t.AuthToken == "" {
		return ""
	}
	return encodeSignature(sign(t.AuthToken, url, signedFields(form)))
}
