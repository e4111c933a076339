package consent

import (
	"net/http"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// Reader reads visitors' answers. It is called by many goroutines at once.
type Reader interface {
	// Read returns the answer that a request brings, and [cookies.Unknown] where
	// it finds none. A consent that is too old at now is none.
	Read(r *http.Request, now time.Time) cookies.Consent
}

// Func makes a Reader of a function, for banners that this package does not know.
type Func func(r *http.Request, now time.Time) cookies.Consent

// Read calls the function.
func (f Func) Read(r *http.Request, now time.Time) cookies.Consent { return f(r, now) }

// From returns a function that asks all readers, in the form that a site's
// configuration takes. For each purpose a refusal wins over a consent, and a
// consent over no answer. Without readers nobody is asked.
//
// The clock is called once for each request; it is [time.Now], but in tests.
func From(clock func() time.Time, readers ...Reader) func(*http.Request) cookies.Consent {
	return func(r *http.Request) cookies.Consent {
		now, all := clock(), cookies.Unknown
		for _, reader := range readers {
			answer := reader.Read(r, now)
			all = join(
				either(all.Analytic(), answer.Analytic()),
				either(all.Tracking(), answer.Tracking()))
		}
		return all
	}
}

// join makes one Consent of the answers to the two purposes.
func join(analytic, tracking cookies.Consent) cookies.Consent {
	return analytic.WithTracking(tracking)
}

// either is what two banners say about one purpose. A visitor may have seen only
// one of them, so no answer does not weigh.
func either(a, b cookies.Consent) cookies.Consent {
	switch {
	case a == cookies.Refused || b == cookies.Refused:
		return cookies.Refused
	case a == cookies.Granted || b == cookies.Granted:
		return cookies.Granted
	}
	return cookies.Unknown
}

// both is what two cookies of one name say about one purpose. Nobody knows which
// of them holds, so only what both grant is granted.
func both(a, b cookies.Consent) cookies.Consent {
	switch {
	case a == cookies.Refused || b == cookies.Refused:
		return cookies.Refused
	case a == cookies.Granted && b == cookies.Granted:
		return cookies.Granted
	}
	return cookies.Unknown
}

// each reads every cookie of the name and joins what they say. read gets the raw
// value and returns Unknown where it finds a doubt.
func each(r *http.Request, name string, read func(value string) cookies.Consent) cookies.Consent {
	answer, first := cookies.Unknown, true
	for value := range raw(r.Header, name) {
		one := cookies.Unknown
		if len(value) <= maxValue {
			one = read(value)
		}
		if first {
			answer, first = one, false
			continue
		}
		answer = join(both(answer.Analytic(), one.Analytic()), both(answer.Tracking(), one.Tracking()))
	}
	return answer
}

// withoutGrants takes the consents out of an answer and leaves the refusals.
func withoutGrants(c cookies.Consent) cookies.Consent {
	return join(both(c.Analytic(), cookies.Unknown), both(c.Tracking(), cookies.Unknown))
}

const (
	// defaultMaxAge is six months, after which the CNIL advises to ask again.
	defaultMaxAge = 183 * 24 * time.Hour
	// longestMaxAge is 13 months, after which the TCF demands it.
	longestMaxAge = 395 * 24 * time.Hour
	// skew is how far a browser's clock may be ahead.
	skew = 24 * time.Hour
)

// fresh reports whether an answer that was given at a time still counts.
func fresh(given, now time.Time, maxAge time.Duration) bool {
	if maxAge == 0 {
		maxAge = defaultMaxAge
	}
	age := now.Sub(given)
	return age >= -skew && age <= min(maxAge, longestMaxAge)
}
