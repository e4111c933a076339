package consent_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

// noon is when the tests are played.
var noon = time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)

// The answers to expect.
var (
	unknown    = cookies.Unknown
	granted    = cookies.Granted
	refused    = cookies.Refused
	statistics = cookies.Granted.WithTracking(cookies.Refused)
	marketing  = cookies.Refused.WithTracking(cookies.Granted)
	// old are answers whose consents do not count.
	oldStatistics = cookies.Unknown.WithTracking(cookies.Refused)
	oldMarketing  = cookies.Refused.WithTracking(cookies.Unknown)
)

// request returns a request with lines of cookies.
func request(lines ...string) *http.Request {
	return &http.Request{Header: http.Header{"Cookie": lines}}
}

// test is what a reader finds in a Cookie header.
type test struct {
	name   string
	cookie string
	want   cookies.Consent
}

// check reads each header among other cookies.
func check(t *testing.T, reader consent.Reader, tests []test) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := reader.Read(request("theme=dark; "+test.cookie+"; x=y"), noon)
			require.Equal(t, test.want, got, "want %v, got %v: %s", test.want, got, test.cookie)
			require.Equal(t, got, reader.Read(request("theme=dark", test.cookie, ""), noon), "on a line of its own")
		})
	}
}
