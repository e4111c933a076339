package campaign

import "strings"

// Unique stands in [Campaign.Bucketed] for a label that looks unique to one
// recipient. It is shorter than anything it stands for.
const Unique = "(id)"

// LooksUnique reports whether a label looks as if it was made for one recipient,
// so that it tells who came and not what brought them: an e-mail address, a UUID,
// a telephone number with its 0 or +, the number of a reader that Mailchimp
// writes, a number behind a word such as "klant" or "subscriber", or random
// letters and digits of 16 characters and more.
//
// It is careful with names of campaigns: a number alone is none of these, since
// Google's and Meta's own ids of campaigns are numbers of up to 18 digits, and
// neither is a short code such as the ten digits in front of Mailchimp's
// campaigns. It can't know a label that looks ordinary and was yet sent to one
// person; whoever counts visitors by label can.
func LooksUnique(label string) bool {
	return hasAddress(label) || hasUUID(label) || isPhone(label) || isReader(label) ||
		hasNumberedPerson(label) || hasRandom(label)
}

// Bucketed returns the campaign without what looks unique to one recipient: such
// labels become [Unique], and so do such parts of the landing page's path; of the
// referrer's host they are left out. A campaign without them is returned as it
// is, and nothing is allocated for it.
//
// This is what may be stored in the analytic class, where a label is a label only
// as long as many share it. Channel stays, so that the visit still counts there.
func (c Campaign) Bucketed() Campaign {
	for _, f := range [...]*string{&c.Medium, &c.Name, &c.Term, &c.Content} {
		if LooksUnique(*f) {
			*f = Unique
		}
	}
	// A source is often the host of a page.
	if host := sharedHost(c.Source); LooksUnique(host) {
		c.Source = Unique
	} else {
		c.Source = host
	}
	c.Referrer = sharedHost(c.Referrer)
	c.Landing = sharedPath(c.Landing)
	return c
}

// sharedHost returns a host without labels at its front that look unique, as
// networks of advertisements make them for every view. Other texts are returned
// as they are.
func sharedHost(host string) string {
	if !isHostName(host) {
		return host
	}
	for rest := host; ; {
		label, after, found := strings.Cut(rest, ".")
		if !found || !strings.Contains(after, ".") {
			return host
		}
		if rest = after; hasRandom(label) || hasUUID(label) {
			host = rest
		}
	}
}

// sharedPath returns a path with Unique for each part that looks unique. Numbers
// behind words are the names of products there, not of people.
func sharedPath(path string) string {
	start := 0
	for start < len(path) {
		end := start + len(path[start:])
		if slash := strings.IndexByte(path[start:], '/'); slash >= 0 {
			end = start + slash
		}
		if part := path[start:end]; hasAddress(part) || hasUUID(part) || hasRandom(part) {
			path = path[:start] + Unique + path[end:]
			end = start + len(Unique)
		}
		start = end + 1
	}
	return path
}

// hasAddress reports whether a text has an e-mail address in it, also one whose
// sign is still escaped. The host needs a dot and a last label of letters; the
// names of pictures for sharp screens, such as banner@2x.png, are none.
func hasAddress(s string) bool {
	for _, at := range [...]string{"@", "%40"} {
		for rest, before := s, 0; ; {
			i := strings.Index(rest, at)
			if i < 0 {
				break
			}
			host := rest[i+len(at):]
			if before+i > 0 && isLocal(s[before+i-1]) && startsWithDomain(host) {
				return true
			}
			before += i + len(at)
			rest = host
		}
	}
	return false
}

// isLocal reports whether a byte may stand before the sign of an e-mail address.
func isLocal(b byte) bool {
	return isAlnum(b) || b == '.' || b == '_' || b == '-' || b == '+' || b >= 0x80
}

// startsWithDomain reports whether a text begins with a domain that takes mail.
func startsWithDomain(s string) bool {
	end := 0
	for end < len(s) && (isAlnum(s[end]) || s[end] == '-' || s[end] == '.') {
		end++
	}
	s = strings.TrimRight(s[:end], ".-")
	dot := strings.LastIndexByte(s, '.')
	if dot < 1 || len(s)-dot < 3 || s[:dot] == "2x" || s[:dot] == "3x" {
		return false
	}
	for i := dot + 1; i < len(s); i++ {
		if isDigit(s[i]) {
			return false
		}
	}
	return true
}

// hasUUID reports whether a text has a UUID in it (RFC 9562, section 4).
func hasUUID(s string) bool {
	const shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
	for i := 0; i+len(shape) <= len(s); i++ {
		n := 0
		for n < len(shape) && (shape[n] == '-') == (s[i+n] == '-') && (s[i+n] == '-' || unhex(s[i+n]) < 16) {
			n++
		}
		if n == len(shape) {
			return true
		}
	}
	return false
}

// isAlnum reports whether a byte is an ASCII letter or digit.
func isAlnum(b byte) bool { return isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'z' }

// isDigit reports whether a byte is an ASCII digit.
func isDigit(b byte) bool { return '0' <= b && b <= '9' }
