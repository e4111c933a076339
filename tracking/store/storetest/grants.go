package storetest

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

func grantCases() []testCase {
	return []testCase{
		{"GrantLease/stores", "what is granted is stored and returned, in microseconds and UTC", grantStores},
		{"GrantLease/held", "a lease is exclusive until its end, and the row comes back with the refusal", grantHeld},
		{"GrantLease/generation", "a grant names the generation after the row's", grantGeneration},
		{"GrantLease/unknown", "a number that the pool has not is ErrUnknownNumber", grantUnknown},
		{"GrantLease/session", "a session that has a row in the pool gets that row renewed", grantSession},
		{"GrantLease/ended session", "a session keeps its row after the end until somebody else gets it", grantEndedSession},
		{"GrantLease/session elsewhere", "a row in another pool is not the session's row in this one", grantElsewhere},
		{"GrantLease/interval", "the replaced assignment is kept as an interval, without session", grantInterval},
	}
}

func grantStores(c *check) {
	c.fill(pool, 2)
	want := offer(1, 1, 1, 0)
	got := c.grant(want)
	c.equal(got, kept(want))
	c.equal(c.row(1), kept(want))
}

func grantHeld(c *check) {
	c.fill(pool, 1)
	first := c.grant(offer(1, 0, 1, 0))
	for _, d := range []time.Duration{0, hold - time.Microsecond} {
		got, err := c.GrantLease(c.Context(), offer(2, 0, 2, d))
		c.fails(err, numberpool.ErrLeaseTaken)
		c.equal(got, first)
		c.equal(c.rows(), []numberpool.Lease{first})
	}
	second := offer(2, 0, 2, hold)
	c.equal(c.grant(second), kept(second))
}

func grantGeneration(c *check) {
	c.fill(pool, 1)
	for _, generation := range []uint64{0, 2} {
		got, err := c.GrantLease(c.Context(), offer(1, 0, generation, 0))
		c.fails(err, numberpool.ErrLeaseTaken)
		c.equal(got, numberpool.Lease{Pool: pool, Number: number(0)})
	}
	first := c.grant(offer(1, 0, 1, 0))
	for _, generation := range []uint64{0, 1, 3} {
		got, err := c.GrantLease(c.Context(), offer(2, 0, generation, time.Hour))
		c.fails(err, numberpool.ErrLeaseTaken)
		c.equal(got, first)
	}
	c.equal(c.rows(), []numberpool.Lease{first})
}

func grantUnknown(c *check) {
	_, err := c.GrantLease(c.Context(), offer(1, 0, 1, 0)) // no customer
	c.fails(err, numberpool.ErrUnknownNumber)
	c.fill(sister, 1)
	_, err = c.GrantLease(c.Context(), offer(1, 0, 1, 0)) // another pool's
	c.fails(err, numberpool.ErrUnknownNumber)
	_, err = c.GrantLease(c.Context(), offer(1, 1, 1, 0)) // nobody's
	c.fails(err, numberpool.ErrUnknownNumber)
	empty(c, c.rows())
}

func grantSession(c *check) {
	c.fill(pool, 3)
	want := c.grant(offer(1, 0, 1, 0))
	c.grant(offer(2, 1, 1, 0)) // a neighbour with the same first byte
	again := offer(1, 2, 1, time.Minute)
	want.SeenAt, want.ExpiresAt = after(time.Minute), after(time.Minute+hold)
	c.equal(c.grant(again), want)
	c.equal(c.row(0), want)
	c.equal(c.row(2), numberpool.Lease{Pool: pool, Number: number(2)})

	// As in a renewal, the end never moves back and another campaign begins a
	// new assignment.
	again.SeenAt, again.ExpiresAt, again.Attribution = start.Add(90*time.Second), start, mail
	want.Since, want.SeenAt, want.Attribution = after(90*time.Second), after(90*time.Second), mail
	c.equal(c.grant(again), want)
	count(c, c.holders(0), 2)
}

func grantEndedSession(c *check) {
	c.fill(pool, 2)
	want := c.grant(offer(1, 0, 1, 0))
	want.SeenAt, want.ExpiresAt = after(time.Hour), after(time.Hour+hold)
	c.equal(c.grant(offer(1, 1, 1, time.Hour)), want)

	// Now its number goes to somebody else, and it gets another one.
	c.grant(offer(2, 0, 2, 2*time.Hour))
	second := offer(1, 1, 1, 2*time.Hour)
	c.equal(c.grant(second), kept(second))
}

func grantElsewhere(c *check) {
	c.fill(pool, 1)
	c.grant(offer(1, 0, 1, 0))
	for i, p := range []numberpool.PoolID{sister, foreign} {
		n := number(10 + i)
		_, err := c.PoolLeases(c.Context(), p, []numberpool.Number{n})
		c.ok(err)
		want := offer(1, 0, 1, time.Second)
		want.Pool, want.Number = p, n
		c.equal(c.grant(want), kept(want))
	}
	c.equal(c.row(0).SeenAt, after(0))
}

func grantInterval(c *check) {
	c.fill(pool, 1)
	first := offer(1, 0, 1, 0)
	c.grant(first)
	second := offer(2, 0, 2, time.Hour)
	second.Attribution = mail
	c.grant(second)
	c.equal(c.holders(0), []numberpool.Lease{past(second), past(first)})
}
