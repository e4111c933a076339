package campaign

import "strings"

// kindOf returns the kind of a source, which is a label or a host in lower case.
func (l *Lists) kindOf(source string) kind {
	if l == nil {
		return unlisted
	}
	if k, ok := l.names[source]; ok {
		return k
	}
	s, _ := l.find(source)
	return s.kind
}

// siteOf returns the site of a referrer with the given host.
func (l *Lists) siteOf(host, referrer string) site {
	if l == nil {
		return site{}
	}
	s, ok := l.find(host)
	if !ok || len(s.params) > 0 && !hasParam(referrer, s.params) {
		return site{}
	}
	return s.site
}

// find returns what the lists have for a host. It does not allocate.
func (l *Lists) find(host string) (listed, bool) {
	if s, ok := l.hosts[host]; ok {
		return s, true
	}
	host = trimFront(host)
	for below := false; ; below = true {
		s, ok := l.hosts[host]
		if !ok {
			s, ok = l.findCountry(host)
		}
		if ok && (s.below || !below) {
			return s, true
		}
		dot := strings.IndexByte(host, '.') + 1
		if dot == 0 {
			return listed{}, false
		}
		host = host[dot:]
	}
}

// findCountry returns what the lists have for a host with one code of a country
// in it.
func (l *Lists) findCountry(host string) (listed, bool) {
	var buf [256]byte
	for start := 0; start < len(host); {
		end := len(host)
		if dot := strings.IndexByte(host[start:], '.'); dot >= 0 {
			end = start + dot
		}
		if end-start == 2 && len(host) < len(buf) {
			key := append(append(append(buf[:0], host[:start]...), country...), host[end:]...)
			if s, ok := l.hosts[string(key)]; ok {
				return s, true
			}
		}
		if end == len(host) {
			if second := secondLevel(host[:start]); end-start == 2 && second < start {
				key := append(append(buf[:0], host[:second]...), country...)
				if s, ok := l.hosts[string(key)]; ok {
					return s, true
				}
			}
		}
		start = end + 1
	}
	return listed{}, false
}

// secondLevel returns where the last label of "google.co." begins if it is one
// that countries sell names under, and the length of the text otherwise.
func secondLevel(front string) int {
	at := strings.LastIndexByte(strings.TrimSuffix(front, "."), '.') + 1
	switch front[at:] {
	case "com.", "org.", "net.", "co.", "it.", "edu.":
		return at
	}
	return len(front)
}

// hasParam reports whether the query of a referrer has one of the parameters
// with a value.
func hasParam(referrer string, params []string) bool {
	referrer = referrer[:min(len(referrer), maxQuery)]
	referrer, _, _ = strings.Cut(referrer, "#")
	_, query, _ := strings.Cut(referrer, "?")
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		key, value, _ := strings.Cut(pair, "=")
		if value == "" {
			continue
		}
		for _, p := range params {
			if p == key {
				return true
			}
		}
	}
	return false
}
