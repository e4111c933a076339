package cookies

import (
	"net/http"
	"slices"
	"strconv"
)

// Profile is a site's legal decision on what is done without consent. It has no
// default: the zero Profile permits nothing.
type Profile uint8

const (
	_ Profile = iota
	// Netherlands permits analytic use unless the visitor refused, and tracking
	// with consent (Telecommunicatiewet, article 11.7a(3)(b)).
	Netherlands
	// Strict permits nothing without consent.
	Strict
)

// Valid reports whether p is one of the profiles.
func (p Profile) Valid() bool { return p == Netherlands || p == Strict }

// String returns the profile's name, "" for the zero Profile.
func (p Profile) String() string {
	switch p {
	case 0:
		return ""
	case Netherlands:
		return "Netherlands"
	case Strict:
		return "Strict"
	default:
		return "Profile(" + strconv.Itoa(int(p)) + ")"
	}
}

// Consent is a visitor's answer to the site's question.
type Consent uint8

const (
	// Unknown means that there is no answer, or none that counts: too old, to
	// an earlier question, or unreadable.
	Unknown Consent = iota
	// Granted means that the visitor consented explicitly.
	Granted
	// Refused means that the visitor refused, objected or withdrew. Values that
	// are none of the three count as this.
	Refused
)

// Permission is what may be done for a request.
type Permission struct {
	// Analytic permits the cookies and a number of the visitor's own.
	Analytic bool
	// Tracking permits the uses that need consent in every profile. It is never
	// true without Analytic.
	Tracking bool
	// Conflict says that the visitor consented and sends a signal against
	// tracking. The signal wins, and the site has to tell so.
	Conflict bool
	// Reason is what decided.
	Reason Reason
}

// Reason is why a Permission is as it is. String gives it in words.
type Reason uint8

// The reasons of a Permission.
const (
	reasonNoProfile Reason = iota
	reasonRefused
	reasonSignal
	reasonGranted
	reasonAnalytic
	reasonNoConsent
)

// String returns the reason in words for people.
func (r Reason) String() string {
	switch r {
	case reasonRefused:
		return "the visitor refused"
	case reasonSignal:
		return "the browser sends Sec-GPC or DNT"
	case reasonGranted:
		return "the visitor consented"
	case reasonAnalytic:
		return "the profile permits analytic use without consent"
	case reasonNoConsent:
		return "the profile permits nothing without consent"
	default:
		return "the site has no profile"
	}
}

// Permit decides what may be done for a request, from the site's profile, the
// visitor's answer and the signals in the request's header, Sec-GPC and DNT. A
// refusal goes before the signals, these before a consent, and the profile
// decides the rest. A signal always stands against tracking; analytic use it
// leaves to the profile and the answer.
func Permit(p Profile, c Consent, h http.Header) Permission {
	if !p.Valid() {
		return Permission{Reason: reasonNoProfile}
	}
	granted := c == Granted
	switch {
	case !granted && c != Unknown:
		return Permission{Reason: reasonRefused}
	case signals(h):
		return Permission{Analytic: granted || p == Netherlands, Conflict: granted, Reason: reasonSignal}
	case granted:
		return Permission{Analytic: true, Tracking: true, Reason: reasonGranted}
	case p == Netherlands:
		return Permission{Analytic: true, Reason: reasonAnalytic}
	}
	return Permission{Reason: reasonNoConsent}
}

// signals reports whether the browser asks not to be tracked, by Global Privacy
// Control or Do Not Track. Only the exact value "1" counts, on any of several
// lines.
func signals(h http.Header) bool {
	return slices.Contains(h["Sec-Gpc"], "1") || slices.Contains(h["Dnt"], "1")
}
