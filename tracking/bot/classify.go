package bot

import "net/http"

// maxHeader is how much of one header is looked at.
const maxHeader = 2 << 10

// Classify returns what made a request, judged by its headers alone. A request
// for a speculative load is a Prefetch even if a program made it; no number is
// due either way.
func Classify(r *http.Request) Kind {
	if isSpeculative(r.Header) {
		return Prefetch
	}
	if k := classifyAgent(first(r.Header["User-Agent"])); k != Person {
		return k
	}
	return classifyHeaders(r.Header)
}

// speculative are the headers by which browsers say that nobody has asked for
// the page yet: Sec-Purpose (Fetch Standard), and what Chrome, Safari and Firefox
// sent before it.
var speculative = [...]string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"}

// purposes are the values of those headers that count. Sec-Purpose has
// parameters as well, as in "prefetch;prerender".
var purposes = newMatcher([]pattern{
	{Prefetch, []string{"prefetch", "prerender", "preview"}},
})

// isSpeculative reports whether a browser loads the page before anybody asked.
func isSpeculative(h http.Header) bool {
	for _, name := range speculative {
		for _, line := range h[name] {
			if purposes.find(head(line)) == Prefetch {
				return true
			}
		}
	}
	return false
}

// brands are what the client hint Sec-CH-UA tells of browsers without a window.
var brands = newMatcher([]pattern{
	{Monitor, []string{"headless"}},
})

// classifyHeaders returns what headers other than User-Agent tell. From is
// for robots (RFC 9110, section 10.1.2). Signature-Agent names who signs as a
// bot (Web Bot Auth); assistants that browse for a person send it along with the
// User-Agent of a plain browser.
func classifyHeaders(h http.Header) Kind {
	switch {
	case first(h["Signature-Agent"]) != "":
		return Agent
	case first(h["From"]) != "":
		return Crawler
	}
	return brands.find(head(first(h["Sec-Ch-Ua"])))
}

// first returns the first line of a header.
func first(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

// head returns the part of a header that is looked at.
func head(s string) string { return s[:min(len(s), maxHeader)] }
