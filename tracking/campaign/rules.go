package campaign

import (
	"net/url"
	"strings"
)

const (
	// maxRules is how many rules a site may have: one bit each while a query is
	// read.
	maxRules = 256
	// maxPair is the length of a Query of a rule that is too long, and of the
	// parameters that are compared with one.
	maxPair = 128
)

// Config is what a site adds to what the package knows. The zero Config adds
// nothing.
type Config struct {
	// Rules come before everything else. The first that matches counts. At most
	// 256.
	Rules []Rule
	// Exclude are hosts that are no source, besides the payment and sign-in pages
	// that the package knows: the bank of a webshop, say. ".example.com" stands
	// for the host and all below it.
	Exclude []string
	// Lists are public lists, for hosts that the package does not know. Nil means
	// none.
	Lists *Lists
}

// Rule says what brought the visits that it matches. Of Host, Path, Query and
// Referrer at least one is set; a visit has to match all that are. Of Source,
// Medium, Name, Term and Content at least one is set; those that are count before
// whatever the link says, and what they leave open is filled in as without rule.
type Rule struct {
	// Host is the host of the page, such as "folder.example.nl". It matches only
	// URLs that have one; those of a server's requests have none.
	Host string
	// Path is the beginning of the page's path, in whole parts: "/actie" matches
	// /actie and /actie/3, not /acties.
	Path string
	// Query is the name of a parameter that has a value, such as "partner", or a
	// name with its value, such as "bron=folder". Neither is escaped, and case is
	// not looked at. Fewer than 128 bytes.
	Query string
	// Referrer is the host of the page that the visitor came from.
	// ".example.com" stands for the host and all below it. Pages of the site
	// itself are never matched.
	Referrer string

	// Source, Medium, Name, Term and Content are labels of the [Campaign].
	Source, Medium, Name, Term, Content string
}

// Rules are what a site knows about its visits better than the package does. Nil
// Rules are none. They are made by [NewRules], do not change, and are safe for
// concurrent use.
type Rules struct {
	rules []Rule
	// pairs finds the rules by their Query in lower case.
	pairs map[string][]int
	// exclude are the hosts of Config.Exclude.
	exclude map[string]site
	lists   *Lists
}

// NewRules returns the rules of a site.
//
// The error joins a [*ConfigError] for each mistake in cfg; there is no other.
func NewRules(cfg Config) (*Rules, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	r := &Rules{
		rules:   append([]Rule(nil), cfg.Rules...),
		pairs:   make(map[string][]int),
		exclude: make(map[string]site),
		lists:   cfg.Lists,
	}
	for i := range r.rules {
		rule := &r.rules[i]
		rule.Host, rule.Referrer = strings.ToLower(rule.Host), strings.ToLower(rule.Referrer)
		if rule.Query != "" {
			key := strings.ToLower(rule.Query)
			r.pairs[key] = append(r.pairs[key], i)
		}
	}
	for _, h := range cfg.Exclude {
		host, below := strings.CutPrefix(strings.ToLower(h), ".")
		r.exclude[host] = site{name: host, kind: transit, below: below}
	}
	return r, nil
}

// Parse is [Parse] with the rules of a site. U may have the site's host, which is
// what Rule.Host is compared with; nothing else looks at it.
func (r *Rules) Parse(u *url.URL, referrer string, self func(host string) bool) Campaign {
	host := referrerHost(referrer)
	if host != "" && self != nil && self(host) {
		host = ""
	}
	c := Campaign{Landing: landing(u.Path)}
	from := r.originOf(host, referrer)
	if rule := r.match(u, host); rule != nil {
		c.Source, c.Medium, c.Name, c.Term, c.Content = rule.Source, rule.Medium, rule.Name, rule.Term, rule.Content
		if rule.Referrer != "" {
			c.Referrer = host
		}
	}
	if from.name != "" {
		c.Referrer = host
	}
	c.fill(u.RawQuery, from)
	c.Channel = r.channelOf(&c)
	return c
}

// originOf returns what the host of a referrer says about the source. It is empty
// if it is none.
func (r *Rules) originOf(host, referrer string) origin {
	if host == "" || r != nil && len(r.exclude) > 0 && lookUp(r.exclude, host).kind == transit {
		return origin{}
	}
	s := siteOf(host)
	if s.kind == unlisted && r != nil {
		s = r.lists.siteOf(host, referrer)
	}
	switch s.kind {
	case transit:
		return origin{}
	case unlisted:
		return origin{name: strings.TrimPrefix(host, "www."), medium: mediumOf[unlisted]}
	}
	return origin{name: s.name, medium: mediumOf[s.kind], kind: s.kind}
}

// kindOf returns the kind of a source, which is a label or a host in lower case.
func (r *Rules) kindOf(source string) kind {
	if k := siteOf(source).kind; k != unlisted || r == nil {
		return k
	}
	return r.lists.kindOf(source)
}
