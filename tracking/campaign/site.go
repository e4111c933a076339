package campaign

import "golang.org/x/net/publicsuffix"

// SameSite reports whether two host names in lower case are of one site: equal,
// or below the same name that somebody registered (www.example.nl and
// betalen.example.nl, not a.github.io and b.github.io). A site's own visitors come
// from both, so that self of [Parse] is best made of it. Hosts that are a public
// suffix, addresses and names without a dot are of the same site only as what
// they are.
func SameSite(a, b string) bool {
	if a == b {
		return a != ""
	}
	if !isHostName(a) || !isHostName(b) {
		return false
	}
	// Both are asked: below a name that is a suffix for some, such as kobe.jp,
	// there are sites of others.
	siteA, errA := publicsuffix.EffectiveTLDPlusOne(a)
	siteB, errB := publicsuffix.EffectiveTLDPlusOne(b)
	return errA == nil && errB == nil && siteA == siteB
}
