package cookies

import (
	"net/http"
	"slices"
)

// Permission is what may be done for a request.
type Permission struct {
	// Analytic permits the cookies and a number of the visitor's own.
	Analytic bool
	// Tracking permits the uses that need consent in every profile. It is never
	// true without Analytic.
	Tracking bool
	// Conflict says that the visitor consented to tracking and sends a signal
	// against it. The signal wins; Global Privacy Control asks sites to disclose
	// which of the two does.
	Conflict bool
	// Reason is what decided.
	Reason Reason
}

// Reason is why a Permission is as it is. String gives it in words.
type Reason uint8

// The reasons of a Permission.
const (
	reasonNoProfile Reason = iota
	reasonObjected
	reasonRefused
	reasonSignal
	reasonGranted
	reasonGrantedAnalytic
	reasonAnalytic
	reasonNoConsent
)

// String returns the reason in words for people.
func (r Reason) String() string {
	switch r {
	case reasonObjected:
		return "the visitor objected"
	case reasonRefused:
		return "the visitor refused"
	case reasonSignal:
		return "the browser sends Sec-GPC or DNT"
	case reasonGranted:
		return "the visitor consented"
	case reasonGrantedAnalytic:
		return "the visitor consented to analytic use only"
	case reasonAnalytic:
		return "the profile permits analytic use without consent"
	case reasonNoConsent:
		return "the profile permits nothing without consent"
	default:
		return "the site has no profile"
	}
}

// Permit decides what may be done for a request, from the site's profile, the
// visitor's answer and the request's header. It is pure, and the first of these
// decides:
//
//  1. an objection in the header, see [Objected]: nothing;
//  2. a refusal of analytic use: nothing, as whoever may not be counted may not
//     be followed either;
//  3. Sec-GPC or DNT: no tracking, and analytic use as far as the answer or the
//     profile permits it;
//  4. a consent: what was consented to. A consent to tracking alone needs a
//     profile that permits the analytic use on which tracking rests;
//  5. the profile.
//
// A refusal of tracking alone leaves analytic use to the profile.
func Permit(p Profile, c Consent, h http.Header) Permission {
	analytic := c.Analytic() == Granted || p == Netherlands
	tracking := c.Tracking() == Granted
	switch {
	case Objected(h):
		return Permission{Reason: reasonObjected}
	case !p.Valid():
		return Permission{Reason: reasonNoProfile}
	case c.Analytic() == Refused:
		return Permission{Reason: reasonRefused}
	case signals(h):
		return Permission{Analytic: analytic, Conflict: tracking, Reason: reasonSignal}
	case !analytic:
		return Permission{Reason: reasonNoConsent}
	case tracking:
		return Permission{Analytic: true, Tracking: true, Reason: reasonGranted}
	case c.Analytic() == Granted:
		return Permission{Analytic: true, Reason: reasonGrantedAnalytic}
	}
	return Permission{Analytic: true, Reason: reasonAnalytic}
}

// signals reports whether the browser asks not to be tracked, by Global Privacy
// Control or Do Not Track. Only the exact value "1" counts, on any of several
// lines.
func signals(h http.Header) bool {
	return slices.Contains(h["Sec-Gpc"], "1") || slices.Contains(h["Dnt"], "1")
}
