package consent

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// CookieConsent reads the banner of Orest Bida's cookieconsent, version 3, if it
// keeps the answer in a cookie and not in the browser's local storage.
//
// A category that the visitor accepted only in part, for some of its services,
// is in the cookie as one that was accepted: the site gives tracking a category
// without services.
type CookieConsent struct {
	// Analytic and Tracking are the names of the categories for the two
	// purposes, as the site has set them up. A purpose without a name is refused.
	Analytic, Tracking string
	// Revision is the revision that visitors are asked about now, as in the
	// banner's configuration, where it is 0 unless the site has set it.
	Revision int
	// Cookie is the name of the cookie. "" means "cc_cookie".
	Cookie string
	// MaxAge is how old a consent may be. Zero means six months, 183 days; more
	// than 13 months, 395 days, counts as that.
	MaxAge time.Duration
}

// Read returns the answer in the cookie.
func (c CookieConsent) Read(r *http.Request, now time.Time) cookies.Consent {
	name := c.Cookie
	if name == "" {
		name = "cc_cookie"
	}
	return each(r, name, func(value string) cookies.Consent { return c.parse(value, now) })
}

// parse reads one value.
func (c CookieConsent) parse(value string, now time.Time) cookies.Consent {
	fields, ok := object(value)
	if !ok {
		return cookies.Unknown
	}
	var categories []string
	if json.Unmarshal(fields["categories"], &categories) != nil || categories == nil {
		return cookies.Unknown
	}
	accepted := func(category string) cookies.Consent {
		return yesOrNo(category != "" && slices.Contains(categories, category))
	}
	answer := join(accepted(c.Analytic), accepted(c.Tracking))
	if string(fields["revision"]) != strconv.Itoa(c.Revision) || !c.dated(fields, now) {
		return withoutGrants(answer)
	}
	return answer
}

// dated reports whether the last answer is not too old. The banner writes both
// times; where the later one is missing or unreadable, none counts.
func (c CookieConsent) dated(fields map[string]json.RawMessage, now time.Time) bool {
	var last time.Time
	return json.Unmarshal(fields["lastConsentTimestamp"], &last) == nil && fresh(last, now, c.MaxAge)
}
