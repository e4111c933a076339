package tracking

import (
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking/swap"
)

// snapshot is a Config after New has read it. It never changes.
type snapshot struct {
	sites     []*site
	byHost    map[string]*site // empty if there is one site for all hosts
	byNumber  map[numberpool.Number]dialled
	carriers  map[string]Carrier
	prefix    string
	publicURL string
	budget    time.Duration
	insecure  bool
}

// site is a Site after New has read it.
type site struct {
	Site
	name   string
	window retention.Window
	zone   *time.Location
	terms  *retention.Terms // the customer's
	keys   keyring
	pools  []*pool // in the order of the plan's targets
	plan   *swap.Plan
}

// pool is a Pool after New has read it.
type pool struct {
	*numberpool.Pool
	target numberpool.Number
	hash   uint32 // names the pool in the cookie
}

// dialled is where a number that carriers report belongs.
type dialled struct {
	site *site
	pool *pool // nil for a swap target
}

// customer is who owns the site's data.
func (s *site) customer() string { return s.Agreement.Customer }

// siteOf returns the site of a Host header, or nil.
func (s *snapshot) siteOf(host string) *site {
	if len(s.byHost) == 0 {
		return s.sites[0]
	}
	return s.byHost[hostname(host)]
}

// siteOfCustomer returns the customer's first site, or nil. "" is the only
// customer there is.
func (s *snapshot) siteOfCustomer(customer string) *site {
	for _, site := range s.sites {
		if site.customer() == customer || customer == "" && s.oneCustomer() {
			return site
		}
	}
	return nil
}

// oneCustomer reports whether all sites are one customer's.
func (s *snapshot) oneCustomer() bool {
	for _, site := range s.sites {
		if site.customer() != s.sites[0].customer() {
			return false
		}
	}
	return true
}

// hostname returns a Host header in lower case, without port and final dot.
func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// compiler reads a Config and collects its mistakes.
type compiler struct {
	store Store
	hold  time.Duration
	snap  *snapshot
	pools map[numberpool.PoolID]*pool
	errs  []error
}

// compile reads c. The error joins a *ConfigError for every mistake.
func compile(store Store, c Config) (*snapshot, error) {
	k := &compiler{
		store: store,
		hold:  c.Hold,
		pools: make(map[numberpool.PoolID]*pool),
		snap: &snapshot{
			byHost:    make(map[string]*site),
			byNumber:  make(map[numberpool.Number]dialled),
			carriers:  make(map[string]Carrier),
			prefix:    c.Prefix,
			publicURL: c.PublicURL,
			budget:    c.StoreBudget,
			insecure:  c.DangerouslyInsecureCookies,
		},
	}
	k.general(store, c)
	k.carriers(c.Carriers)
	for i, s := range c.Sites {
		k.site(fmt.Sprintf("Sites[%d]", i), s, len(c.Sites) == 1)
	}
	k.terms()
	return k.snap, errors.Join(k.errs...)
}

// mistake collects a ConfigError.
func (k *compiler) mistake(field, value, reason string) {
	k.errs = append(k.errs, &ConfigError{Field: field, Value: value, Reason: reason})
}

// general reads what is not about one site.
func (k *compiler) general(store Store, c Config) {
	if store == nil {
		k.mistake("store", "nil", "a store is required, such as the one sqlite.Open returns")
	}
	if c.Vault == nil {
		k.mistake("Vault", "nil", `a vault for the keys is required; add: Vault: retention.DirVault("vault")`)
	}
	if len(c.Sites) == 0 {
		k.mistake("Sites", "", "at least one site is required; add: Sites: []tracking.Site{{…}}")
	}
	if c.Prefix == "" {
		k.snap.prefix = defaultPrefix
	} else if len(c.Prefix) < 3 || c.Prefix[0] != '/' || c.Prefix[len(c.Prefix)-1] != '/' ||
		strings.ContainsAny(c.Prefix, "{} ?#") {
		k.mistake("Prefix", c.Prefix, `must begin and end with "/" and have a name between`)
	}
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" ||
			strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
			k.mistake("PublicURL", c.PublicURL, `must be a scheme and a host, such as "https://www.example.nl"`)
		}
		k.snap.publicURL = strings.TrimSuffix(c.PublicURL, "/")
	}
	if c.Hold != 0 && c.Hold < 20*time.Second {
		k.mistake("Hold", c.Hold.String(), "must be 0 (2 minutes) or at least 20 seconds")
	}
	switch {
	case c.StoreBudget == 0:
		k.snap.budget = defaultStoreBudget
	case c.StoreBudget < 0 || c.StoreBudget > maxStoreBudget:
		k.mistake("StoreBudget", c.StoreBudget.String(), "must be 0 (50 ms) to 10 seconds")
	}
}

// carrierName is what a carrier may be called.
var carrierName = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// carriers reads Config.Carriers.
func (k *compiler) carriers(carriers []Carrier) {
	for i, c := range carriers {
		field := fmt.Sprintf("Carriers[%d]", i)
		switch {
		case c == nil:
			k.mistake(field, "nil", "is no carrier")
		case !carrierName.MatchString(c.Name()):
			k.mistake(field, c.Name(), "a carrier's name has 1 to 32 of a-z, 0-9 and -")
		case k.snap.carriers[c.Name()] != nil:
			k.mistake(field, c.Name(), "is listed twice")
		default:
			k.snap.carriers[c.Name()] = c
		}
	}
}

// site reads one site.
func (k *compiler) site(field string, in Site, only bool) {
	s := &site{Site: in, name: "*"}
	if len(in.Hosts) > 0 {
		s.name = in.Hosts[0]
	} else if !only {
		k.mistake(field+".Hosts", "", "are required if there is more than one site")
	}
	for _, h := range in.Hosts {
		if h == "" || h != hostname(h) || strings.ContainsAny(h, "/* ") {
			k.mistake(field+".Hosts", h, "must be a host name in lower case, without port")
		} else if k.snap.byHost[h] != nil {
			k.mistake(field+".Hosts", h, "is listed twice")
		}
		k.snap.byHost[h] = s
	}
	k.agreement(field+".Agreement", s)
	if !in.Profile.Valid() {
		k.mistake(field+".Profile", in.Profile.String(),
			"is a legal decision and has no default; add: Profile: cookies.Netherlands (analytic cookies without consent, "+
				"unless refused) or Profile: cookies.Strict (nothing without consent)")
	}
	if n := len(in.Pools); n == 0 || n > maxPools {
		k.mistake(field+".Pools", fmt.Sprint(n), "a site has one to four pools")
	}
	k.plan(field, s)
	k.snap.sites = append(k.snap.sites, s)
}

// agreement reads the agreement of s.
func (k *compiler) agreement(field string, s *site) {
	var err error
	if s.window, err = s.Agreement.Window(); err != nil {
		k.mistake(field, s.Agreement.ID, err.Error())
		return
	}
	if s.zone, err = s.Agreement.Location(); err != nil {
		k.mistake(field+".Zone", s.Agreement.Zone, err.Error())
	}
}

// terms finds out for how long each customer's data is kept, under all agreements
// that its sites have. Mistakes in single agreements have been collected before.
func (k *compiler) terms() {
	if len(k.errs) > 0 {
		return
	}
	agreements := make(map[string][]retention.Agreement)
	for _, s := range k.snap.sites {
		if !slices.Contains(agreements[s.customer()], s.Agreement) {
			agreements[s.customer()] = append(agreements[s.customer()], s.Agreement)
		}
	}
	for customer, list := range agreements {
		terms, err := retention.DefaultPolicy().Terms(list, nil)
		if err != nil {
			k.mistake("Sites", customer, err.Error())
		}
		for _, s := range k.snap.sites {
			if s.customer() == customer {
				s.terms = terms
			}
		}
	}
}

// plan reads the pools of s and compiles the plan that finds their swap targets.
func (k *compiler) plan(field string, s *site) {
	var targets []swap.Target
	mistakes := len(k.errs)
	for i, in := range s.Pools {
		at := fmt.Sprintf("%s.Pools[%d]", field, i)
		if p := k.pool(at, s, in); p != nil {
			s.pools = append(s.pools, p)
			targets = append(targets, swap.Target{Number: in.SwapTarget, Replacements: in.Numbers})
		}
	}
	if len(k.errs) > mistakes || len(targets) == 0 {
		return
	}
	plan, err := swap.Compile(targets...)
	if err != nil {
		k.mistake(field+".Pools", "", err.Error())
	}
	s.plan = plan
}

// pool reads one pool, or returns nil after a mistake. Sites of one customer
// may share a pool if they describe it alike.
func (k *compiler) pool(field string, s *site, in Pool) *pool {
	target, err := numberpool.ParseNumber(in.SwapTarget)
	if err != nil {
		k.mistake(field+".SwapTarget", in.SwapTarget, err.Error())
		return nil
	}
	if in.Name == "" {
		in.Name = in.SwapTarget
	}
	id := numberpool.PoolID{Customer: s.customer(), Name: in.Name}
	numbers, ok := k.numbers(field+".Numbers", in.Numbers, target)
	if !ok {
		return nil
	}
	if p := k.pools[id]; p != nil {
		if p.target != target || !p.Is(numbers) {
			k.mistake(field, in.Name, "the customer has another pool of this name")
		}
		return p
	}
	made, err := numberpool.New(k.store, numberpool.Config{ID: id, Numbers: numbers, Hold: k.hold})
	if err != nil {
		k.mistake(field, in.Name, err.Error())
		return nil
	}
	p := &pool{Pool: made, target: target, hash: poolHash(in.Name)}
	k.pools[id] = p
	k.claim(field+".SwapTarget", target, dialled{site: s})
	for _, n := range numbers {
		k.claim(field+".Numbers", n, dialled{site: s, pool: p})
	}
	return p
}

// numbers reads tracking numbers.
func (k *compiler) numbers(field string, in []string, target numberpool.Number) ([]numberpool.Number, bool) {
	mistakes := len(k.errs)
	if len(in) == 0 {
		k.mistake(field, "", "a pool needs at least one tracking number")
	}
	numbers := make([]numberpool.Number, 0, len(in))
	for _, text := range in {
		n, err := numberpool.ParseNumber(text)
		switch {
		case err != nil:
			k.mistake(field, text, err.Error())
		case n == target:
			k.mistake(field, text, "is the swap target; a tracking number is another number")
		default:
			numbers = append(numbers, n)
		}
	}
	return numbers, len(k.errs) == mistakes
}

// claim notes where a number belongs. A swap target may be that of several
// pools; a tracking number has one place only.
func (k *compiler) claim(field string, n numberpool.Number, d dialled) {
	if old, ok := k.snap.byNumber[n]; ok && (old.pool != nil || d.pool != nil) {
		k.mistake(field, n.E164(), "is in use already, in this or another pool")
		return
	}
	k.snap.byNumber[n] = d
}

// poolHash names a pool in a cookie.
func poolHash(name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // a hash.Hash never fails
	return h.Sum32()
}
