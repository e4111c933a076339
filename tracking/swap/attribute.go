package swap

import (
	"bytes"
	"unicode/utf8"
)

// role is what an attribute is to the rewriter.
type role uint8

const (
	roleNone   role = iota
	roleText        // people see or hear it
	roleNumber      // data-tel and the like: a number and nothing else
	roleHref        // a URL to follow
	roleValue       // the label of a button, if it is one
	roleType        // the type of an input
	roleOff         // data-qooqie
)

// roleOf returns the role of an attribute.
func roleOf(name []byte) role {
	switch name[0] | 0x20 {
	case 'a':
		return ariaRole(name)
	case 'd':
		return dataRole(name)
	case 'h', 'x':
		if fold(name, "href") || fold(name, "xlink:href") {
			return roleHref
		}
	case 't':
		switch {
		case fold(name, "title"):
			return roleText
		case fold(name, "type"):
			return roleType
		}
	case 'v':
		if fold(name, "value") {
			return roleValue
		}
	}
	return roleNone
}

// ariaRole returns the role of alt and of the texts that screen readers read.
func ariaRole(name []byte) role {
	if fold(name, "alt") || fold(name, "aria-label") || fold(name, "aria-description") || fold(name, "aria-valuetext") {
		return roleText
	}
	return roleNone
}

// dataRole returns the role of a data attribute.
func dataRole(name []byte) role {
	if len(name) <= len("data-") || !fold(name[:len("data-")], "data-") {
		return roleNone
	}
	rest := name[len("data-"):]
	if fold(rest, "qooqie") {
		return roleOff
	}
	for len(rest) > 0 {
		word, after, _ := bytes.Cut(rest, []byte("-"))
		for _, tel := range [...]string{"tel", "phone", "telephone", "telefoon", "telefon", "phonenumber"} {
			if fold(word, tel) {
				return roleNumber
			}
		}
		rest = after
	}
	return roleNone
}

// fold reports whether b is the lower-case word, in any case.
func fold(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i := range b {
		if b[i]|0x20 != word[i] {
			return false
		}
	}
	return true
}

// Schemes of links.
var (
	callSchemes      = [...]string{"tel:", "callto:"}
	messagingSchemes = [...]string{
		"sms:", "smsto:", "mms:", "mmsto:", "facetime:", "facetime-audio:", "sip:", "sips:", "whatsapp:", "viber:", "tg:",
		"signal:", "sgnl:", "skype:", "xmpp:", "im:", "imessage:", "weixin:",
	}
	messagingHosts = [...]string{"wa.me", "api.whatsapp.com", "web.whatsapp.com", "chat.whatsapp.com", "t.me", "signal.me", "m.me"}
)

// callNumber returns where the number in the URL of a call begins, or -1.
func callNumber(url []byte) int {
	lead := len(url) - len(bytes.TrimLeft(url, htmlSpaces))
	if lead == len(url) || url[lead] != '&' && url[lead]|0x20 != 't' && url[lead]|0x20 != 'c' {
		return -1 // most URLs
	}
	r := reader{b: url, pos: lead, limit: len(url), closed: true, kind: attribute}
	var text [len("callto:")]byte
	for n := 1; n <= len(text); n++ {
		c, s := r.next()
		if s != got || c.r >= utf8.RuneSelf {
			return -1
		}
		text[n-1] = byte(c.r)
		for _, scheme := range callSchemes {
			if fold(text[:n], scheme) {
				return r.pos
			}
		}
	}
	return -1
}

// head is how much of a URL tells where it leads.
const head = 64

// decode writes the beginning of a URL without references, since templates write a
// slash as one, and returns its length.
func decode(text *[head]byte, url []byte) (n int) {
	r := reader{b: url, limit: len(url), closed: true, kind: attribute}
	for ; n < len(text); n++ {
		c, s := r.next()
		if s != got {
			break
		}
		text[n] = byte(min(c.r, utf8.RuneSelf))
	}
	return n
}

// isMessaging reports whether a URL leads to something else that has a telephone
// number: a message or a call over the internet. Its link stays whole.
func isMessaging(url []byte) bool {
	url = bytes.TrimLeft(url, htmlSpaces)
	var text [head]byte
	if bytes.IndexByte(url[:min(len(url), head)], '&') >= 0 {
		url = text[:decode(&text, url)]
	}
	for _, scheme := range messagingSchemes {
		if hasFold(url, scheme) {
			return true
		}
	}
	scheme, host, ok := bytes.Cut(url, []byte("//"))
	if !ok || len(scheme) > 0 && !fold(scheme, "http:") && !fold(scheme, "https:") {
		return false
	}
	if end := bytes.IndexAny(host, "/?#:&"); end >= 0 {
		host = host[:end]
	}
	if hasFold(host, "www.") {
		host = host[len("www."):]
	}
	for _, h := range messagingHosts {
		if fold(host, h) {
			return true
		}
	}
	return false
}

// hasFold reports whether b begins with the lower-case word, in any case.
func hasFold(b []byte, word string) bool { return len(b) >= len(word) && fold(b[:len(word)], word) }
