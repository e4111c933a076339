package tracking

import (
	"net/http"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking/bot"
	"github.com/qooqie/qooqie/tracking/campaign"
)

// Decision says what may be done for a request, and why.
type Decision struct {
	// Track says that the visitor may get cookies and a number.
	Track bool
	// EndCookies says that cookies of ours came in that may no longer be there:
	// the response ends them.
	EndCookies bool
	// Reason is why.
	Reason Reason
	// Attribution is what brought this request, if Track. It is zero for a page
	// view within the site.
	Attribution numberpool.Attribution

	site    *site
	visitor cookies.Visitor
	// campaign says that Attribution is worth a qooqie_campaign.
	campaign bool
}

// Reason is why a request is tracked or not, in words for people.
type Reason string

// The reasons of a Decision.
const (
	reasonTracked     Reason = "tracked"
	reasonNotDocument Reason = "no page is asked for"
	reasonNoSite      Reason = "no site has this host"
	reasonNotActive   Reason = "no agreement is in force"
	reasonNotPerson   Reason = "a crawler, a preview or a prefetch"
	reasonNoKeys      Reason = "the keys are not available"
	reasonNotAllowed  Reason = "the visitor's choice or the site's profile does not allow it"
)

// Decide says what may be done for the request at the given time. It depends on
// the configuration, the request and the keys that are loaded, and changes
// nothing. It is safe for concurrent use.
func (t *Tracker) Decide(r *http.Request, now time.Time) Decision {
	if !wantsDocument(r) || strings.HasPrefix(r.URL.Path, t.snap.prefix) {
		return Decision{Reason: reasonNotDocument}
	}
	s := t.snap.siteOf(r.Host)
	if s == nil {
		return Decision{Reason: reasonNoSite}
	}
	d := Decision{site: s}
	permission := s.permit(r)
	switch codec := s.keys.codec.Load(); {
	case !s.window.MayTrack(now):
		d.Reason, d.EndCookies = reasonNotActive, cookies.Present(r.Header)
	case !permission.Analytic:
		d.Reason, d.EndCookies = reasonNotAllowed, cookies.Present(r.Header)
	case bot.Classify(r) != bot.Person:
		d.Reason = reasonNotPerson
	case codec == nil:
		d.Reason = reasonNoKeys
	default:
		d.Track, d.Reason = true, reasonTracked
		d.visitor = codec.Read(r.Header, now)
		d.attribute(r)
	}
	return d
}

// permit asks the site what the visitor answered, and its profile what that allows.
func (s *site) permit(r *http.Request) cookies.Permission {
	answer := cookies.Unknown
	if s.Consent != nil {
		answer = s.Consent(r)
	}
	return cookies.Permit(s.Profile, answer, r.Header)
}

// attribute finds out what brought the request.
func (d *Decision) attribute(r *http.Request) {
	self := func(host string) bool { return d.site.owns(host, r.Host) }
	c := campaign.Parse(r.URL, r.Referer(), self)
	if c.IsDirect() && cameFromSelf(r.Referer(), self) {
		return
	}
	// A label made for one recipient would tell who the visitor is.
	d.Attribution = numberpool.Attribution(c.Bucketed())
	d.campaign = !c.IsDirect()
}

// owns reports whether a host is one of the site's, given the host of the request.
func (s *site) owns(host, requested string) bool {
	host = hostname(host)
	if host == hostname(requested) {
		return true
	}
	for _, h := range s.Hosts {
		if h == host {
			return true
		}
	}
	return false
}

// cameFromSelf reports whether the referrer is a page of the site itself.
func cameFromSelf(referrer string, self func(string) bool) bool {
	_, rest, found := strings.Cut(referrer, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return found && self(rest[strings.LastIndexByte(rest, '@')+1:])
}

// wantsDocument reports whether the request is one whose answer a browser shows
// as a page: a GET that accepts HTML and is not for an image, a script or a
// frame on another site (Fetch Metadata, W3C).
func wantsDocument(r *http.Request) bool {
	if r.Method != http.MethodGet || r.Header.Get("Upgrade") != "" {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "", "document", "empty":
	case "iframe", "frame", "embed", "object":
		// The browser sends no cookies of ours there: each view would be a
		// session of its own.
		if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
			return false
		}
	default:
		return false
	}
	return acceptsHTML(r.Header["Accept"])
}

// acceptsHTML reports whether the Accept lines have text/html or */*, or there
// are none.
func acceptsHTML(accept []string) bool {
	for _, line := range accept {
		if strings.Contains(line, "text/html") || strings.Contains(line, "*/*") {
			return true
		}
	}
	return len(accept) == 0
}
