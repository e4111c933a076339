package campaign

import "strings"

// kind is what a site is to a visitor who comes from it.
type kind uint8

// The kinds of site.
const (
	// unlisted is a site that no table has. Its host is its name.
	unlisted kind = iota
	// search is where people look for something.
	search
	// social is where people pass on what they found.
	social
	// video is where people watch.
	video
	// shopping is where others sell, or compare who does.
	shopping
	// assistant answers in sentences, with links.
	assistant
	// mail is a mailbox. Which mail it was only tags can tell.
	mail
	// adServer shows advertisements on other sites' pages.
	adServer
	// adSearch shows a search engine's advertisements on other sites' pages.
	adSearch
	// transit sends a visitor back to where they came from, such as a payment
	// page: it is no source.
	transit
)

// mediumOf is the medium of a visit that a site of a kind referred.
var mediumOf = [...]string{
	unlisted:  "referral",
	search:    "organic",
	social:    "social",
	video:     "referral",
	shopping:  "referral",
	assistant: "ai-assistant",
	mail:      "email",
	adServer:  "display",
	adSearch:  "cpc",
}

// entry is one site of the tables in the files hosts_….go: the name it has in
// reports, and how it is known, separated by spaces:
//
//	example.com    that host, with or without www. or m.
//	.example.com   that host and all below it
//	example.*      the same under .com and every country's domain, .co.uk too
//	com.example    the package name of an app on Android
//	example        what people write as utm_source; no dot
type entry struct {
	name  string
	known string
}

// site is what the tables say about a host.
type site struct {
	name string
	kind kind
	// below says that the hosts below belong to it as well.
	below bool
}

// sites finds a site by host or label. A name that ends in a dot stands for
// itself under every country's domain.
var sites = compileSites(map[kind][]entry{
	search:    searchSites,
	social:    socialSites,
	video:     videoSites,
	shopping:  shoppingSites,
	assistant: assistantSites,
	mail:      mailSites,
	adServer:  adSites,
	adSearch:  adSearchSites,
	transit:   transitSites,
})

// compileSites returns the tables as a map.
func compileSites(tables map[kind][]entry) map[string]site {
	m := make(map[string]site, 512)
	for k, entries := range tables {
		for _, e := range entries {
			for _, key := range strings.Fields(e.known) {
				host, below := strings.CutPrefix(key, ".")
				m[strings.TrimSuffix(host, "*")] = site{name: e.name, kind: k, below: below}
			}
		}
	}
	return m
}

// siteOf returns the site of a host or a label in lower case. The most exact
// entry wins: accounts.google.com is for signing in, google.com for searching,
// and docs.google.com is not listed. It does not allocate.
func siteOf(host string) site { return lookUp(sites, host) }

// lookUp is siteOf for any map of sites.
func lookUp(sites map[string]site, host string) site {
	host = trimFront(host)
	stem := host[:stemLen(host)]
	for below := false; host != ""; below = true {
		if s, ok := sites[host]; ok && (s.below || !below) {
			return s
		}
		if s, ok := sites[stem]; ok && (s.below || !below) {
			return s
		}
		dot := strings.IndexByte(host, '.') + 1
		if dot == 0 {
			break
		}
		host, stem = host[dot:], stem[min(dot, len(stem)):]
	}
	return site{}
}

// trimFront returns a host without www. or m., unless that leaves no host: m.me
// is a site of its own.
func trimFront(host string) string {
	for _, front := range [...]string{"www.", "m."} {
		if rest, ok := strings.CutPrefix(host, front); ok && strings.IndexByte(rest, '.') > 0 {
			return rest
		}
	}
	return host
}

// stemLen returns the length of a host without .com or a country's domain, the
// dot before it included: of "google.co.uk" and "google.nl" that is "google.".
// It is 0 for other domains. A list of all public suffixes would be more exact
// for squatters of a brand; nothing but the name of a source is at stake.
func stemLen(host string) int {
	dot := strings.LastIndexByte(host, '.')
	top := host[dot+1:]
	if dot < 0 || top != "com" && len(top) != 2 {
		return 0
	}
	if len(top) == 2 {
		second := strings.LastIndexByte(host[:dot], '.')
		if l := host[second+1 : dot]; second >= 0 && (l == "co" || l == "com") {
			dot = second
		}
	}
	return dot + 1
}
