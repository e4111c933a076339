// Package consent reads what a visitor answered to the cookie banner of a site,
// from the cookies that the banner's maker sets: [Cookiebot], [OneTrust],
// [Complianz], [Klaro] and the [CookieConsent] of Orest Bida.
//
// Give the banner of the site, and a clock, to [From], and what it returns to
// package tracking:
//
//	Consent: consent.From(time.Now, consent.OneTrust{Analytic: "C0002", Tracking: "C0004"})
//
// It is a package of its own because most sites have one of these banners at
// most, and their forms change more often than the law.
//
// # What counts as consent
//
// Only an explicit answer, to the question that is asked now, not older than
// MaxAge, in a cookie that reads without a doubt (GDPR, articles 4(11) and 7(1)).
// All else is [cookies.Unknown], and never [cookies.Granted]: consent that was
// implied or that the region did not ask for, a banner that nobody answered yet,
// an earlier revision, a value that is cut, forged, ambiguous or longer than 4096
// bytes.
//
// A refusal needs less. It holds without a date and under an earlier revision,
// because an objection is not over when the site changes its banner. Where one
// cookie came several times, or several banners are asked, a refusal wins.
//
// A purpose that a reader has no name for is refused, and so is one whose name is
// not in a cookie that has been answered: a mistake in the configuration must not
// become a consent.
//
// # Raw values
//
// The readers look at the Cookie header itself: net/http drops a cookie with a
// quote or a backslash, which the JSON of some banners has.
//
// What a banner keeps in the browser's local storage, or only in the page, as
// Google Consent Mode does, no server can read: the answer is then Unknown.
package consent
