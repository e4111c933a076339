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

// found is a cookie of ours in a request. The value may be anything.
type found struct {
	name     string // SIDName or CampaignName
	prefixed bool   // it came as "__Host-" and the name
	value    string
}

// objects reports whether the cookie is an objection.
func (f found) objects() bool { return f.name == SIDName && f.value == objection }

// scan begins to read the cookies of a request.
func scan(h http.Header) scanner { return scanner{lines: h["Cookie"]} }

// next returns the next cookie of ours in the order of the request.
func (s *scanner) next() (f found, ok bool) {
	for {
		for s.rest == "" {
			if len(s.lines) == 0 {
				return found{}, false
			}
			s.rest, s.lines = s.lines[0], s.lines[1:]
		}
		var pair string
		pair, s.rest, _ = strings.Cut(s.rest, ";")
		if f, ok = ours(pair); ok {
			return f, true
		}
	}
}

// ours splits a pair if it is a cookie of ours.
func ours(pair string) (f found, ok bool) {
	name, value, _ := strings.Cut(trim(pair), "=")
	name, prefixed := strings.CutPrefix(trim(name), hostPrefix)
	switch name {
	case SIDName:
		return found{SIDName, prefixed, unquote(value)}, true
	case CampaignName:
		return found{CampaignName, prefixed, unquote(value)}, true
	}
	return found{}, false
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

// Present reports whether a request's header has a cookie of ours that may have
// to be ended, valid or not. An objection is none of those: it stays. Present
// needs no keys, so a response can end cookies also when nothing may be read.
func Present(h http.Header) bool {
	s := scan(h)
	for f, ok := s.next(); ok; f, ok = s.next() {
		if !f.objects() {
			return true
		}
	}
	return false
}
