package cookies

import (
	"net/http"
	"strings"
)

// scanner finds our cookies in the lines of the Cookie header. HTTP/2 clients
// may send several lines (RFC 9113 section 8.2.3). It splits as net/http does,
// but allocates nothing and has no limit that other cookies could use up.
type scanner struct {
	lines []string // those not begun yet
	rest  string   // what is left of the current one
}

// scan begins to read the cookies of a request.
func scan(h http.Header) scanner { return scanner{lines: h["Cookie"]} }

// next returns the next cookie of ours in the order of the request. The value
// may be anything.
func (s *scanner) next() (name, value string, ok bool) {
	for {
		for s.rest == "" {
			if len(s.lines) == 0 {
				return "", "", false
			}
			s.rest, s.lines = s.lines[0], s.lines[1:]
		}
		var pair string
		pair, s.rest, _ = strings.Cut(s.rest, ";")
		if name, value, ok = ours(pair); ok {
			return name, value, true
		}
	}
}

// ours splits a pair if it is a cookie of ours.
func ours(pair string) (name, value string, ok bool) {
	name, value, _ = strings.Cut(trim(pair), "=")
	switch trim(name) {
	case SIDName:
		return SIDName, unquote(value), true
	case CampaignName:
		return CampaignName, unquote(value), true
	}
	return "", "", false
}

// trim takes off the spaces that net/http takes off around cookies and names.
func trim(s string) string {
	for s != "" && space(s[0]) {
		s = s[1:]
	}
	for s != "" && space(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// space reports whether b is one of the four.
func space(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// unquote takes off a pair of quotes (RFC 6265 section 4.1.1).
func unquote(value string) string {
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		return value[1 : len(value)-1]
	}
	return value
}

// Present reports whether a request's header has a cookie of ours, valid or
// not. It needs no keys: a response to such a request can [End] them also when
// nothing may be read.
func Present(h http.Header) bool {
	s := scan(h)
	_, _, ok := s.next()
	return ok
}
