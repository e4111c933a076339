package cookies

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// The names of the cookies. They are fixed, so that a visitor who looks them up
// finds what they are.
const (
	// SIDName is the cookie with the session and its leases.
	SIDName = "qooqie_sid"
	// CampaignName is the cookie that says which campaign brought the visitor.
	CampaignName = "qooqie_campaign"
)

const (
	// maxValue is the longest value that is written or looked at, in bytes.
	maxValue = 512
	// maxSkew is how far the clock of the node that issued a cookie may be ahead.
	maxSkew = 5 * time.Minute

	maxLife   = 395 * 24 * time.Hour
	maxMonths = 13
	// minMonths is the shortest that 13 calendar months can be: those from
	// 1 February to 1 March of a year without a 29 February in between.
	minMonths = 393 * 24 * time.Hour
)

// Config says how the cookies of one site are made.
type Config struct {
	// Keys are the site's secrets, each of at least 32 random bytes. The first
	// signs and all verify: to rotate, put a new one first, and take the old
	// one out when the life of its last cookie is over. A key that is visibly
	// not random, as in examples, is refused. The bytes are not kept.
	Keys [][]byte
	// Site names the site. A cookie of one site is worthless on any other, also
	// if they share keys. A site that is renamed begins anew.
	Site string
	// Life is how long a cookie lives from its first issue. Zero means 30 days.
	// The least is one second; the most is 395 days, and never more than 13
	// calendar months from the issue, whichever is shorter.
	Life time.Duration
	// Scope says which hosts get the cookies back. The zero Scope is the host
	// that set them.
	Scope
}

// validate returns all mistakes, joined.
func (c Config) validate() error {
	var errs []error
	if len(c.Keys) == 0 {
		errs = append(errs, &ConfigError{Field: "Keys", Reason: "at least one key of 32 random bytes is needed"})
	}
	for i, key := range c.Keys {
		if reason := weakness(key); reason != "" {
			errs = append(errs, &ConfigError{
				Field:  fmt.Sprintf("Keys[%d]", i),
				Value:  fmt.Sprintf("%d bytes", len(key)),
				Reason: reason,
			})
		}
	}
	if c.Site == "" {
		errs = append(errs, &ConfigError{Field: "Site", Reason: "a name is needed, so that no other site's cookies are read"})
	}
	if c.Life != 0 && (c.Life < time.Second || c.Life > maxLife) {
		errs = append(errs, &ConfigError{
			Field:  "Life",
			Value:  c.Life.String(),
			Reason: "must be from 1s to 9480h (395 days, 13 months), or 0 for 30 days",
		})
	}
	return errors.Join(append(errs, c.Scope.mistakes()...)...)
}

// Codec reads and writes the cookies of one site. It is made by [NewCodec] and
// safe for concurrent use.
type Codec struct {
	life  time.Duration
	scope Scope
	place place
	// workers holds *worker, each with the states of all keys. Codecs of one
	// site share it, whatever their place.
	workers *sync.Pool
}

// NewCodec returns the codec of a site.
//
// The error joins a [*ConfigError] for each mistake in cfg. There is no other,
// unless crypto/hkdf refuses to work at all.
func NewCodec(cfg Config) (*Codec, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	sid, err := deriveKeys(cfg, SIDName)
	if err != nil {
		return nil, err
	}
	campaign, err := deriveKeys(cfg, CampaignName)
	if err != nil {
		return nil, err
	}
	return &Codec{
		life:    Use{Life: cfg.Life}.CookieLife(),
		scope:   cfg.Scope,
		place:   cfg.Scope.at(""),
		workers: &sync.Pool{New: func() any { return newWorker(sid, campaign) }},
	}, nil
}

// At returns the codec for requests to a host, given as [http.Request] has it in
// Host. It is c itself where [Scope] is zero. A codec that At did not return takes
// every host for one outside the domain, and none for this machine itself.
func (c *Codec) At(host string) *Codec {
	if c.scope == (Scope{}) {
		return c
	}
	there := *c
	there.place = c.scope.at(host)
	return &there
}

// end returns when the life of a cookie is over that was first issued at issued.
func (c *Codec) end(issued time.Time) time.Time {
	end := issued.Add(c.life)
	if c.life <= minMonths {
		return end
	}
	if last := addMonths(issued, maxMonths); last.Before(end) {
		return last
	}
	return end
}

// left returns how long a cookie that was first issued at issued may still be
// kept at now, in whole seconds and never more than its whole life. It is 0 or
// less if the life is over or issued lies further ahead than clocks differ.
func (c *Codec) left(issued, now time.Time) time.Duration {
	if issued.After(now.Add(maxSkew)) {
		return 0
	}
	end := c.end(issued)
	return min(end.Sub(now), end.Sub(issued)).Truncate(time.Second)
}

// live reports whether a cookie that was first issued at issued counts at now.
func (c *Codec) live(issued, now time.Time) bool {
	return !issued.After(now.Add(maxSkew)) && now.Before(c.end(issued))
}

// addMonths returns the instant n calendar months later in UTC, on the last day
// of the month if the month is shorter (Regulation 1182/71 article 3(2)(c)).
func addMonths(t time.Time, n int) time.Time {
	t = t.UTC()
	later := t.AddDate(0, n, 0)
	if later.Day() != t.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later
}
