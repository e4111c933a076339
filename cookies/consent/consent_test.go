package consent_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

// says returns a reader with a fixed answer.
func says(c cookies.Consent) consent.Reader {
	return consent.Func(func(*http.Request, time.Time) cookies.Consent { return c })
}

func TestFromRefusalWins(t *testing.T) {
	t.Parallel()
	answers := []cookies.Consent{unknown, granted, refused, statistics, marketing, oldStatistics, oldMarketing}
	clock := func() time.Time { return noon }
	require.Equal(t, unknown, consent.From(clock)(request()))
	for _, a := range answers {
		require.Equal(t, a, consent.From(clock, says(a))(request()))
		for _, b := range answers {
			got := consent.From(clock, says(a), says(b))(request())
			require.Equal(t, got, consent.From(clock, says(b), says(a))(request()), "the order does not matter")
			for _, purpose := range []func(cookies.Consent) cookies.Consent{cookies.Consent.Analytic, cookies.Consent.Tracking} {
				want := unknown
				if purpose(a) == granted || purpose(b) == granted {
					want = granted
				}
				if purpose(a) == refused || purpose(b) == refused {
					want = refused
				}
				require.Equal(t, want, purpose(got), "%v and %v", a, b)
			}
		}
	}
}

func TestFromGivesRequestAndTime(t *testing.T) {
	t.Parallel()
	r, calls := request("a=b"), 0
	f := consent.From(func() time.Time { calls++; return noon }, says(granted),
		consent.Func(func(got *http.Request, now time.Time) cookies.Consent {
			require.Same(t, r, got)
			require.Equal(t, noon, now)
			return unknown
		}))
	require.Equal(t, granted, f(r))
	require.Equal(t, 1, calls)
}

func Example() {
	now := time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)
	ask := consent.From(func() time.Time { return now }, // time.Now in a program
		consent.OneTrust{Analytic: "C0002", Tracking: "C0004"},
		consent.Klaro{Analytic: "statistics", Tracking: "calls"})

	r := &http.Request{Header: http.Header{}}
	r.Header.Add("Cookie", `klaro={"statistics":true,"calls":false}`)
	answer := ask(r)
	permission := cookies.Permit(cookies.Netherlands, answer, r.Header)
	fmt.Println(answer)
	fmt.Println(permission.Analytic, permission.Tracking, permission.Reason)
	// Output:
	// analytic granted, tracking refused
	// true false the visitor consented to analytic use only
}

// The zero reader is safe: its names are those of nobody.
func Example_incorrect() {
	r := &http.Request{Header: http.Header{"Cookie": {`klaro={"statistics":true}`}}}
	fmt.Println(consent.Klaro{}.Read(r, time.Time{}))
	// Output:
	// refused
}
