package storetest

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

func renewCases() []testCase {
	return []testCase{
		{"RenewLease/extends", "the end moves to the later one, SeenAt is set", renewExtends},
		{"RenewLease/never back", "the end never moves back", renewNeverBack},
		{"RenewLease/after the end", "a renewal holds after the end, until somebody else is granted the number", renewAfterEnd},
		{"RenewLease/session", "a renewal sets the session, also where it had been taken off", renewSession},
		{"RenewLease/generation", "another generation is ErrLeaseTaken", renewGeneration},
		{"RenewLease/unknown", "a number that the pool has not is ErrUnknownNumber", renewUnknown},
		{"RenewLease/attribution", "another attribution begins a new assignment, none or the same does not", renewAttribution},
	}
}

func renewExtends(c *check) {
	c.fill(pool, 1)
	want := c.grant(offer(1, 0, 1, 0))
	want.SeenAt, want.ExpiresAt = after(time.Minute), after(time.Minute+hold)
	c.equal(c.renew(offer(1, 0, 1, time.Minute)), want)
	c.equal(c.rows(), []numberpool.Lease{want})
	// Nobody gets it at the end that it had before.
	_, err := c.GrantLease(c.Context(), offer(2, 0, 2, hold))
	c.fails(err, numberpool.ErrLeaseTaken)
}

func renewNeverBack(c *check) {
	c.fill(pool, 1)
	want := c.grant(offer(1, 0, 1, 0))
	late := offer(1, 0, 1, time.Second)
	late.ExpiresAt = start.Add(hold - time.Second)
	want.SeenAt = after(time.Second)
	c.equal(c.renew(late), want)
	c.equal(c.rows(), []numberpool.Lease{want})
}

func renewAfterEnd(c *check) {
	c.fill(pool, 1)
	want := c.grant(offer(1, 0, 1, 0))
	want.SeenAt, want.ExpiresAt = after(time.Hour), after(time.Hour+hold)
	c.equal(c.renew(offer(1, 0, 1, time.Hour)), want)

	second := c.grant(offer(2, 0, 2, 2*time.Hour))
	_, err := c.RenewLease(c.Context(), offer(1, 0, 1, 2*time.Hour))
	c.fails(err, numberpool.ErrLeaseTaken)
	c.equal(c.rows(), []numberpool.Lease{second})
}

func renewSession(c *check) {
	c.fill(pool, 1)
	c.grant(offer(1, 0, 1, 0))
	c.ok(c.EndLeases(c.Context(), pool.Customer, start.Add(time.Hour), start))
	got := c.renew(offer(1, 0, 1, time.Hour))
	c.equal(got.Session, session(1))
	c.equal(c.row(0).Session, session(1))
}

func renewGeneration(c *check) {
	c.fill(pool, 1)
	first := c.grant(offer(1, 0, 1, 0))
	for _, generation := range []uint64{0, 2} {
		_, err := c.RenewLease(c.Context(), offer(1, 0, generation, time.Second))
		c.fails(err, numberpool.ErrLeaseTaken)
	}
	c.equal(c.rows(), []numberpool.Lease{first})
}

func renewUnknown(c *check) {
	_, err := c.RenewLease(c.Context(), offer(1, 0, 1, 0)) // no customer
	c.fails(err, numberpool.ErrUnknownNumber)
	c.fill(sister, 1)
	_, err = c.RenewLease(c.Context(), offer(1, 0, 1, 0)) // another pool's
	c.fails(err, numberpool.ErrUnknownNumber)
}

func renewAttribution(c *check) {
	c.fill(pool, 1)
	first := offer(1, 0, 1, 0)
	c.grant(first)

	same := offer(1, 0, 1, time.Second)
	none := offer(1, 0, 1, 2*time.Second)
	none.Attribution = numberpool.Attribution{}
	for _, want := range []numberpool.Lease{same, none} {
		got := c.renew(want)
		c.equal(got.Since, after(0))
		c.equal(got.Attribution, spring)
		count(c, c.holders(0), 1)
	}

	other := offer(1, 0, 1, time.Minute)
	other.Attribution = mail
	got := c.renew(other)
	c.equal(got, kept(other)) // begins at SeenAt
	holders := c.holders(0)
	count(c, holders, 2)
	c.equal(holders[0], past(other))
	c.equal(holders[1].Since, after(0))
	c.equal(holders[1].SeenAt, after(2*time.Second))
	c.equal(holders[1].Attribution, spring)
	c.equal(holders[1].Session, numberpool.SessionID{})
}
