package cookies

import "strconv"

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

// Consent is a visitor's answer to the site's question. A site that asks about
// statistics and marketing apart gets two answers, which may differ:
//
//	cookies.Granted.WithTracking(cookies.Refused)
//
// is a visitor who allows statistics and refuses marketing. The three constants
// are the same answer to both.
type Consent uint8

// The low half of a Consent is the answer about analytic use, the high half that
// about tracking; in each, 0 is unknown, 1 granted, and all else refused.
const (
	// Unknown means that there is no answer, or none that counts: too old, to
	// an earlier question, or unreadable.
	Unknown Consent = 0x00
	// Granted means that the visitor consented explicitly.
	Granted Consent = 0x11
	// Refused means that the visitor refused, objected or withdrew. Values that
	// mean nothing count as this.
	Refused Consent = 0x22

	analyticHalf Consent = 0x0f
	trackingHalf Consent = 0xf0
)

// Analytic returns the answer about analytic use: Unknown, Granted or Refused.
func (c Consent) Analytic() Consent { return answer(c & analyticHalf) }

// Tracking returns the answer about tracking: Unknown, Granted or Refused.
func (c Consent) Tracking() Consent { return answer(c >> 4) }

// WithTracking returns c with another answer about tracking, that of t.
func (c Consent) WithTracking(t Consent) Consent {
	return c.Analytic()&analyticHalf | t.Tracking()&trackingHalf
}

// answer returns what half a Consent means.
func answer(half Consent) Consent {
	switch half {
	case Unknown:
		return Unknown
	case Granted & analyticHalf:
		return Granted
	default:
		return Refused
	}
}

// String returns the answer in words, or both if they differ.
func (c Consent) String() string {
	analytic, tracking := c.Analytic().word(), c.Tracking().word()
	if analytic == tracking {
		return analytic
	}
	return "analytic " + analytic + ", tracking " + tracking
}

// word names one answer.
func (c Consent) word() string {
	switch c {
	case Unknown:
		return "unknown"
	case Granted:
		return "granted"
	default:
		return "refused"
	}
}
