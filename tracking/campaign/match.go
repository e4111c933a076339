package campaign

import (
	"net/url"
	"strings"
)

// match returns the first rule that matches a page and the host it was reached
// from, or nil.
func (r *Rules) match(u *url.URL, referrer string) *Rule {
	if r == nil || len(r.rules) == 0 {
		return nil
	}
	hits := r.hits(u.RawQuery)
	for i := range r.rules {
		rule := &r.rules[i]
		if (rule.Query == "" || hits[i/64]&(1<<(i%64)) != 0) && hasPath(u.Path, rule.Path) &&
			hasHost(hostOf(u), rule.Host) && hasHost(referrer, rule.Referrer) {
			return rule
		}
	}
	return nil
}

// hits returns which rules have a Query that stands in a raw query. The work
// grows with the query's length and not with the number of rules.
func (r *Rules) hits(query string) (hits [maxRules / 64]uint64) {
	query = query[:min(len(query), maxQuery)]
	for query != "" && len(r.pairs) > 0 {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		pair = strings.TrimPrefix(pair, "amp;")
		key, value, _ := strings.Cut(pair, "=")
		var buf [maxPair]byte
		name, ok := appendLower(buf[:0], key)
		if !ok || value == "" {
			continue
		}
		if rules := r.pairs[string(name)]; len(rules) > 0 && isLabel(value) {
			mark(&hits, rules)
		}
		if both, ok := appendLower(append(name, '='), value); ok {
			mark(&hits, r.pairs[string(both)])
		}
	}
	return hits
}

// mark sets the bits of rules with one Query. They are set together, so that a
// query that repeats itself costs nothing more.
func mark(hits *[maxRules / 64]uint64, rules []int) {
	if len(rules) == 0 || hits[rules[0]/64]&(1<<(rules[0]%64)) != 0 {
		return
	}
	for _, i := range rules {
		hits[i/64] |= 1 << (i % 64)
	}
}

// appendLower appends what a raw part of a query stands for, in lower case. It
// reports whether there is room, with some left for "=".
func appendLower(dst []byte, raw string) ([]byte, bool) {
	for i := 0; i < len(raw); {
		if len(dst) >= maxPair {
			return dst, false
		}
		var b byte
		if b, i = unescape(raw, i); 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		dst = append(dst, b)
	}
	return dst, len(dst) < maxPair
}

// hasHost reports whether a host is the one of a rule, or below it.
func hasHost(host, want string) bool {
	switch {
	case want == "":
		return true
	case want[0] != '.':
		return host == want
	}
	return host == want[1:] || strings.HasSuffix(host, want)
}

// hasPath reports whether a path begins with the parts of another.
func hasPath(path, want string) bool {
	rest, ok := strings.CutPrefix(path, strings.TrimSuffix(want, "/"))
	return ok && (rest == "" || rest[0] == '/')
}

// hostOf returns the host of a page in lower case, without port.
func hostOf(u *url.URL) string {
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}
