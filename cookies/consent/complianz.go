package consent

import (
	"net/http"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// Complianz reads the banner of the WordPress plugin Complianz. Its "statistics"
// are analytic use, its "marketing" is tracking.
//
// Its cookies have no date, so a consent counts as long as they live, 365 days by
// default. Consents to single services do not count.
type Complianz struct {
	// PolicyID is the id of the cookie policy that visitors are asked about now,
	// the value that cmplz_policy_id gets. Without it no consent counts.
	PolicyID string
	// Prefix is what the names of the cookies begin with. "" means "cmplz_".
	Prefix string
}

// Read returns the answer in the cookies statistics and marketing, if policy_id
// and banner-status allow, each with the prefix before it.
func (c Complianz) Read(r *http.Request, _ time.Time) cookies.Consent {
	prefix := c.Prefix
	if prefix == "" {
		prefix = "cmplz_"
	}
	answer := join(
		each(r, prefix+"statistics", allowOrDeny),
		each(r, prefix+"marketing", allowOrDeny))
	is := func(name, want string) bool {
		return each(r, prefix+name, func(value string) cookies.Consent { return yesOrNo(value == want) }) == cookies.Granted
	}
	if c.PolicyID == "" || !is("policy_id", c.PolicyID) || !is("banner-status", "dismissed") {
		return withoutGrants(answer)
	}
	return answer
}

// allowOrDeny reads the state of a category.
func allowOrDeny(value string) cookies.Consent {
	switch value {
	case "allow":
		return cookies.Granted
	case "deny":
		return cookies.Refused
	}
	return cookies.Unknown
}
