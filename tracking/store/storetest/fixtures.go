package storetest

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

// hold is the length of the leases in the suite.
const hold = 2 * time.Minute

var (
	// start is in another zone than UTC and finer than a store keeps it.
	start = time.Date(2026, time.March, 29, 1, 59, 58, 123_456_789, time.FixedZone("", 3600))
	// pool is the pool of most cases; sister is its customer's second one, and
	// foreign one of the same name at another customer.
	pool    = numberpool.PoolID{Customer: "acme", Name: "main"}
	sister  = numberpool.PoolID{Customer: "acme", Name: "other"}
	foreign = numberpool.PoolID{Customer: "bolt", Name: "main"}

	spring = numberpool.Attribution{
		Source: "google", Medium: "cpc", Name: "voorjaar", Term: "cv-ketel", Content: "a/b",
		Channel: "Paid Search", ClickID: "gclid", Referrer: "www.google.com", Landing: "/aanbod",
	}
	mail = numberpool.Attribution{Source: "nieuwsbrief", Medium: "email", Landing: "/"}
)

// number is the i-th number of the suite, in ascending order.
func number(i int) numberpool.Number {
	n, err := numberpool.NumberFromDigits(31_850_000_000 + uint64(i))
	if err != nil {
		panic(err)
	}
	return n
}

// numbers are the first n numbers of the suite.
func numbers(n int) []numberpool.Number {
	list := make([]numberpool.Number, n)
	for i := range list {
		list[i] = number(i)
	}
	return list
}

// session is the i-th session. All of them begin with the same byte.
func session(i int) numberpool.SessionID {
	return numberpool.SessionID{0x51, byte(i >> 8), byte(i), 15: 0xff}
}

// after is an instant of the suite as a store returns it.
func after(d time.Duration) time.Time { return start.Add(d).UTC().Truncate(time.Microsecond) }

// offer is a lease for the session as numberpool asks for it at start plus d.
func offer(s, n int, generation uint64, d time.Duration) numberpool.Lease {
	at := start.Add(d)
	return numberpool.Lease{
		Pool: pool, Number: number(n), Generation: generation, Session: session(s),
		Since: at, SeenAt: at, ExpiresAt: at.Add(hold), Attribution: spring,
	}
}

// kept is l as a store returns it.
func kept(l numberpool.Lease) numberpool.Lease {
	l.Since = l.Since.UTC().Truncate(time.Microsecond)
	l.SeenAt = l.SeenAt.UTC().Truncate(time.Microsecond)
	l.ExpiresAt = l.ExpiresAt.UTC().Truncate(time.Microsecond)
	return l
}

// past is l as NumberHolders returns it.
func past(l numberpool.Lease) numberpool.Lease {
	l = kept(l)
	l.Session = numberpool.SessionID{}
	return l
}

// fill gives the pool n numbers.
func (c *check) fill(p numberpool.PoolID, n int) {
	c.Helper()
	_, err := c.PoolLeases(c.Context(), p, numbers(n))
	c.ok(err)
}

// grant is GrantLease, which must not fail.
func (c *check) grant(want numberpool.Lease) numberpool.Lease {
	c.Helper()
	got, err := c.GrantLease(c.Context(), want)
	c.ok(err)
	return got
}

// renew is RenewLease, which must not fail.
func (c *check) renew(want numberpool.Lease) numberpool.Lease {
	c.Helper()
	got, err := c.RenewLease(c.Context(), want)
	c.ok(err)
	return got
}

// rows returns the rows of the pool.
func (c *check) rows() []numberpool.Lease {
	c.Helper()
	got, err := c.PoolLeases(c.Context(), pool, nil)
	c.ok(err)
	return got
}

// row returns the i-th row of the pool.
func (c *check) row(i int) numberpool.Lease {
	c.Helper()
	rows := c.rows()
	if i >= len(rows) {
		c.Fatalf("the pool has %d rows\nrule: %s", len(rows), c.rule)
	}
	return rows[i]
}

// holders returns the assignments of a number at any time.
func (c *check) holders(n int) []numberpool.Lease {
	c.Helper()
	got, err := c.NumberHolders(c.Context(), pool, number(n), time.Time{}, start.AddDate(10, 0, 0))
	c.ok(err)
	return got
}
