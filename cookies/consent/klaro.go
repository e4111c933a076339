package consent

import (
	"net/http"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// Klaro reads the banner of Klaro, if it keeps the answer in a cookie and not in
// the browser's local storage. Its cookie has no date and no revision, so a
// consent counts as long as it lives, 120 days by default.
type Klaro struct {
	// Analytic and Tracking are the names of the services for the two purposes,
	// as the site has set them up. A purpose without a name is refused.
	Analytic, Tracking string
	// Cookie is the name of the cookie. "" means "klaro".
	Cookie string
}

// Read returns the answer in the cookie.
func (k Klaro) Read(r *http.Request, _ time.Time) cookies.Consent {
	name := k.Cookie
	if name == "" {
		name = "klaro"
	}
	return each(r, name, func(value string) cookies.Consent {
		fields, ok := object(value)
		if !ok {
			return cookies.Unknown
		}
		for _, field := range fields {
			if boolean(string(field)) == cookies.Unknown {
				return cookies.Unknown
			}
		}
		given := func(service string) cookies.Consent {
			return yesOrNo(service != "" && string(fields[service]) == "true")
		}
		return join(given(k.Analytic), given(k.Tracking))
	})
}
