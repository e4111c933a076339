package bot

import "strings"

// classifyAgent returns what a User-Agent header tells. No browser sends none,
// or one of more than 2 KiB.
func classifyAgent(agent string) Kind {
	if len(agent) > maxHeader {
		return Crawler
	}
	if agent = strings.TrimSpace(agent); agent == "" {
		return Crawler
	}
	if k := agents.find(agent); k != Person {
		return k
	}
	if isBareProduct(agent) && !isTool(agent) {
		return Crawler
	}
	return Person
}

// isBareProduct reports whether an agent is one word such as axios/1.7.9.
// Browsers tell at least their system, in a comment behind it (RFC 9110, section
// 10.1.5), libraries for HTTP often don't.
func isBareProduct(agent string) bool {
	return strings.IndexByte(agent, ' ') < 0 && strings.IndexByte(agent, '(') < 0
}

// tools are programs that a person starts for one page: the browsers of a
// terminal, and curl and Wget, with which developers look at what we do to a
// page. Taking those for crawlers would hide from them what they came to see.
var tools = [...]string{"curl/", "wget/", "lynx/", "links/", "elinks/", "w3m/"}

// isTool reports whether an agent begins as that of a tool.
func isTool(agent string) bool {
	for _, tool := range tools {
		if len(agent) >= len(tool) && strings.EqualFold(agent[:len(tool)], tool) {
			return true
		}
	}
	return false
}
