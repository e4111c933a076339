package consent

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// OneTrust reads the banner of OneTrust.
//
// Its cookie is there before the visitor answers. A refusal counts once the
// banner was closed or used; a consent only if it was used, as closing it is no
// consent, and if OptanonAlertBoxClosed says when. Without that cookie OneTrust
// itself asks again. While it awaits a new consent, the old one does not count.
type OneTrust struct {
	// Analytic and Tracking are the ids of the groups of cookies for the two
	// purposes, as the site has set them up: often "C0002" and "C0004". A purpose
	// without an id is refused.
	Analytic, Tracking string
	// MaxAge is how old a consent may be. Zero means six months, 183 days; more
	// than 13 months, 395 days, counts as that.
	MaxAge time.Duration
}

// Read returns the answer in the cookies OptanonConsent and
// OptanonAlertBoxClosed.
func (o OneTrust) Read(r *http.Request, now time.Time) cookies.Consent {
	closed, dated := false, true
	for value := range raw(r.Header, "OptanonAlertBoxClosed") {
		closed = true
		text, err := url.PathUnescape(value)
		given, invalid := time.Parse(time.RFC3339, text)
		dated = dated && err == nil && invalid == nil && fresh(given, now, o.MaxAge)
	}
	return each(r, "OptanonConsent", func(value string) cookies.Consent {
		return o.parse(value, closed, closed && dated)
	})
}

// parse reads one value.
func (o OneTrust) parse(value string, closed, dated bool) cookies.Consent {
	fields, ok := query(value)
	if !ok {
		return cookies.Unknown
	}
	groups, ok := parseGroups(fields["groups"])
	if !ok {
		return cookies.Unknown
	}
	count, err := strconv.ParseUint(fields["interactionCount"], 10, 32)
	_, counted := fields["interactionCount"] // old versions don't
	used := err == nil && count > 0
	if !used && !closed {
		return cookies.Unknown
	}
	answer := join(yesOrNo(groups[o.Analytic]), yesOrNo(groups[o.Tracking]))
	awaiting, asks := fields["AwaitingReconsent"]
	if !dated || counted && !used || asks && awaiting != "false" {
		return withoutGrants(answer)
	}
	return answer
}

// query reads pairs as in a URL's query. The values may be encoded or not; a
// name that comes twice is a doubt.
func query(value string) (fields map[string]string, ok bool) {
	fields = make(map[string]string)
	for pair := range strings.SplitSeq(value, "&") {
		name, text, _ := strings.Cut(pair, "=")
		decoded, err := url.QueryUnescape(text)
		if _, twice := fields[name]; err != nil || twice {
			return nil, false
		}
		fields[name] = decoded
	}
	return fields, true
}

// parseGroups reads "C0001:1,C0002:0". An id that comes twice is a doubt, and the
// empty id is nobody's.
func parseGroups(text string) (groups map[string]bool, ok bool) {
	groups = make(map[string]bool)
	for group := range strings.SplitSeq(text, ",") {
		id, state, _ := strings.Cut(group, ":")
		if _, twice := groups[id]; twice || id == "" || state != "0" && state != "1" {
			return nil, false
		}
		groups[id] = state == "1"
	}
	return groups, true
}
