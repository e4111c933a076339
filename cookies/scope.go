package cookies

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"
)

const (
	// hostPrefix is the start of a name whose cookie no other host can set
	// (RFC 6265bis section 4.1.3.2).
	hostPrefix = "__Host-"
	// autoDomain asks for the registrable domain of each request's host.
	autoDomain = "auto"
	// maxHost and maxLabel are the longest host name and the longest part of one
	// (RFC 1035 section 2.3.4).
	maxHost, maxLabel = 253, 63
)

// Scope says which hosts get a site's cookies back, and how they are named. The
// zero Scope is the narrowest: only the host that set them, under their plain
// names.
//
// Where the Scope of a running site is changed, cookies of the old one that the
// new one does not cover live to the end of their life. [Scope.End] ends those
// of the new one, those of the host alone, and whatever has the prefix.
type Scope struct {
	// CookieDomain is the domain whose hosts share the cookies. "" means none:
	// they belong to one host. "auto" means the registrable domain of the
	// request's host by the Public Suffix List, such as example.nl for
	// www.example.nl; for a host without one, such as an IP address, localhost
	// or github.io, the cookies belong to the host. All else is the domain
	// itself, in lower case, such as "shop.example.nl"; the cookies of a request
	// to a host outside it belong to that host.
	CookieDomain string
	// HostPrefix puts "__Host-" before the names, so that browsers take the
	// cookies only from the host itself, over HTTPS: no other host of the domain
	// can plant one. Cookies without the prefix are then not read. It can't be
	// combined with CookieDomain.
	//
	// On plain HTTP to this machine itself, where browsers refuse the prefix,
	// the plain names are used and read. On plain HTTP to any other host nothing
	// is set.
	HostPrefix bool
}

// Validate returns a [*ConfigError] for each mistake, joined, or nil. [NewCodec]
// calls it; a site that has no keys yet can call it itself.
func (s Scope) Validate() error { return errors.Join(s.mistakes()...) }

// mistakes returns a [*ConfigError] for each.
func (s Scope) mistakes() (errs []error) {
	if reason := s.domainMistake(); reason != "" {
		errs = append(errs, &ConfigError{Field: "CookieDomain", Value: s.CookieDomain, Reason: reason})
	}
	if s.HostPrefix && s.CookieDomain != "" {
		errs = append(errs, &ConfigError{
			Field:  "HostPrefix",
			Value:  "true",
			Reason: "a cookie with the prefix belongs to one host: take it out, or leave CookieDomain empty",
		})
	}
	return errs
}

// domainMistake says what is wrong with CookieDomain, or nothing.
func (s Scope) domainMistake() string {
	d := s.CookieDomain
	switch {
	case d == "", d == autoDomain:
		return ""
	case hostname(d) != d || strings.HasPrefix(d, "."):
		return `must be a domain in lower case, without port or dots around it, "auto", or empty`
	case registrable(d) == "":
		return "browsers refuse it: it is an address, a public suffix, or no domain that can be registered"
	}
	return ""
}

// End adds the lines to a response's header that end the cookies of the
// request's visitor, in the place of earlier lines that set them, with the Path,
// the Domain and the Secure that they were set with. It needs no keys. An
// objection is left as it is.
//
// secure is as in [Codec.SetSession]: it has to be what the cookies were set
// with.
func (s Scope) End(h http.Header, r *http.Request, secure bool) {
	p := s.at(r.Host)
	if !Objected(r.Header) {
		p.end(h, r.Header, SIDName, secure)
	}
	p.end(h, r.Header, CampaignName, secure)
}

// place is what a Scope means for the requests to one host.
type place struct {
	domain   string // "" for the host alone
	prefix   bool
	loopback bool // the host is this machine itself
}

// at returns the place of a request's Host. "" is an unknown host.
func (s Scope) at(hostport string) place {
	if s == (Scope{}) {
		return place{}
	}
	host := hostname(hostport)
	p := place{prefix: s.HostPrefix, loopback: isLoopback(host)}
	switch d := s.CookieDomain; {
	case d == autoDomain:
		p.domain = registrable(host)
	case d != "" && (host == d || strings.HasSuffix(host, "."+d)):
		p.domain = d
	}
	return p
}

// reads reports whether cookies with the prefix, or without it, are read.
func (p place) reads(prefixed bool) bool { return prefixed == p.prefix || p.prefix && p.loopback }

// hostname returns the name in a Host: in lower case, without port, without the
// dot that ends a full name, and without the brackets of an IPv6 address.
func hostname(host string) string {
	if rest, bracketed := strings.CutPrefix(host, "["); bracketed {
		host, _, _ = strings.Cut(rest, "]")
	} else if name, port, _ := strings.Cut(host, ":"); !strings.Contains(port, ":") {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// isLoopback reports whether a host name means this machine itself (RFC 6761
// section 6.3).
func isLoopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// registrable returns the part of a host name that somebody registered, or "".
// The list that publicsuffix has compiled in is months old; a site whose suffix
// is newer names its domain itself.
func registrable(host string) string {
	if len(host) > maxHost || !wellNamed(host) {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return domain
}

// wellNamed reports whether a host name can be a domain's: labels of ASCII
// letters, digits, hyphens and underscores, the last of which is no number, as
// it is in an IPv4 address in any notation (URL Standard, "ends in a number").
func wellNamed(host string) bool {
	last := ""
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > maxLabel {
			return false
		}
		for i := range len(label) {
			if b := label[i]; !plain(b) || b == '~' || b == '/' {
				return false
			}
		}
		last = label
	}
	return last[0] < '0' || last[0] > '9'
}
