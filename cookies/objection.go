package cookies

import (
	"net/http"
	"strings"
	"time"
)

const (
	// objection is the value of qooqie_sid that says that the visitor objected.
	// It is the same for everybody, so it points at nobody, and no session has
	// it: it is shorter than a tag.
	objection = "objected"
	// objectionMonths is how long an objection lasts, in calendar months: as
	// long as the CNIL lets an audience measurement's cookie live, and less than
	// the 400 days to which browsers cut a life (RFC 6265bis section 5.5).
	objectionMonths = 13
)

// Object adds the lines to a response's header that record the objection of the
// request's visitor (GDPR, article 21): they end qooqie_campaign, and set
// qooqie_sid to a value that is the same for everybody, for 13 calendar months.
// It needs neither keys nor agreement nor consent: the cookie is strictly
// necessary for what the visitor asks.
//
// The objection is then in the header of each request, where [Permit] honours
// it. Nothing replaces it but [Scope.TakeBack] and the end of its life:
// [Scope.End] leaves it, [Codec.Read] reads no session beside it, and
// [Codec.SetSession] and [Codec.SetCampaign] write nothing into a response that
// records one. A response to another request of the same browser, begun before
// the objection came, can still overtake it: the visitor then has to object
// again, which a page that shows whether [Objected] holds lets them see.
func (s Scope) Object(h http.Header, r *http.Request, secure bool, now time.Time) {
	p := s.at(r.Host)
	life := addMonths(now, objectionMonths).Sub(now)
	p.set(h, SIDName, []byte(objection), life, secure)
	p.endOther(h, r.Header, SIDName, secure)
	p.end(h, r.Header, CampaignName, secure)
}

// TakeBack adds the lines to a response's header that end the objection of the
// request's visitor, who is then as one who never came.
func (s Scope) TakeBack(h http.Header, r *http.Request, secure bool) {
	s.at(r.Host).end(h, r.Header, SIDName, secure)
}

// Objected reports whether the cookies of a request's header have an objection.
// One counts among several cookies of the same name, and with or without the
// prefix of [Scope]: a doubt is decided for the visitor.
func Objected(h http.Header) bool {
	s := scan(h)
	for f, ok := s.next(); ok; f, ok = s.next() {
		if f.objects() {
			return true
		}
	}
	return false
}

// objecting reports whether a response's header records an objection.
func objecting(h http.Header) bool {
	for _, line := range h["Set-Cookie"] {
		pair, _, _ := strings.Cut(line, ";")
		if f, ok := ours(pair); ok && f.objects() {
			return true
		}
	}
	return false
}
