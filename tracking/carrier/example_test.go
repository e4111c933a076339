package carrier_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/qooqie/qooqie/tracking/carrier"
)

// A test plays Twilio's part: it signs a form and posts it.
func ExampleTwilio() {
	const hook = "https://www.example.nl/qooqie/calls/twilio"
	twilio := carrier.Twilio{AuthToken: "the account's auth token"}
	form := url.Values{
		"CallSid":    {"CA00000000000000000000000000000001"},
		"CallStatus": {"completed"}, "CallDuration": {"90"},
		"From": {"+31612345678"}, "To": {"+31851234567"},
		"Timestamp": {"Tue, 24 Nov 2026 14:58:00 +0000"},
	}
	r := httptest.NewRequest(http.MethodPost, hook, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", twilio.Sign(hook, form))

	now := time.Date(2026, time.November, 24, 15, 0, 0, 0, time.UTC)
	report, err := twilio.Parse(r, hook, []byte(form.Encode()), now)
	fmt.Println(report.Dialled.E164(), report.StartedAt.Format(time.TimeOnly), report.Duration, err)

	_, err = twilio.Parse(r, hook, []byte("CallSid=CA2"), now)
	fmt.Println(err)
	// Output:
	// +31851234567 14:56:30 1m30s <nil>
	// twilio: the signature of the call report is wrong: it fits neither token, URL nor fields
}
