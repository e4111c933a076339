package campaign

import "strings"

// maxAuthority is how much of a referrer is searched for its host, which has at
// most 253 bytes (RFC 1035, section 2.3.4), a port, and rarely a user name.
const maxAuthority = 512

// schemes are how a referrer of a page or an app begins. Some apps on Android
// forget the colon.
var schemes = [...]string{"https://", "http://", "android-app://", "android-app//"}

// referrerHost returns the host name of a Referer header in lower case. It is
// empty if there is none that could be a source: no page or app, an IP address,
// a name without a dot such as localhost, or no valid name. Browsers send names
// in other scripts as xn--… (RFC 5891).
func referrerHost(referrer string) string {
	host, ok := authority(referrer)
	if !ok {
		return ""
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if colon := strings.IndexByte(host, ':'); colon >= 0 {
		host = host[:colon]
	}
	host = strings.TrimSuffix(host, ".")
	if !isHostName(host) {
		return ""
	}
	return strings.ToLower(host)
}

// authority returns what stands between the scheme and the path of a URL. A
// backslash ends it as a slash does (URL Standard), so that what follows can't
// pass for the host.
func authority(rawURL string) (string, bool) {
	for _, scheme := range schemes {
		if len(rawURL) < len(scheme) || !strings.EqualFold(rawURL[:len(scheme)], scheme) {
			continue
		}
		rest := rawURL[len(scheme):]
		head := rest[:min(len(rest), maxAuthority)]
		if end := strings.IndexAny(head, `/?#\`); end >= 0 {
			return head[:end], true
		}
		return head, len(head) == len(rest)
	}
	return "", false
}

// isHostName reports whether a text is a host name with at least one dot. A last
// label that begins with a digit is part of an address in IPv4 (URL Standard,
// "ends in a number").
func isHostName(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot < 0 || dot+1 == len(s) || len(s) > 253 || s[dot+1] <= '9' {
		return false
	}
	before := byte('.')
	for i := range len(s) {
		b := s[i]
		switch {
		case b == '.' && before == '.':
			return false
		case b == '.' || b == '-' || b == '_' || '0' <= b && b <= '9':
		case b|0x20 < 'a' || b|0x20 > 'z':
			return false
		}
		before = b
	}
	return true
}
