package storetest

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

func endCases() []testCase {
	return []testCase{
		{"ReleaseLease/ends", "a release ends the lease at the instant and takes the session off", releaseEnds},
		{"ReleaseLease/nothing", "releasing what has ended or is somebody else's does nothing", releaseNothing},
		{"ReleaseLease/seen since", "releasing a lease whose session was seen after at does nothing", releaseSeenSince},
		{"EndLeases/sessions", "a lease whose end is not after now loses its session and nothing else", endSessions},
		{"EndLeases/forgets", "intervals that were last seen before forget are deleted", endForgets},
		{"EndLeases/customer", "only the customer's leases are ended", endCustomer},
	}
}

func releaseEnds(c *check) {
	c.fill(pool, 1)
	want := c.grant(offer(1, 0, 1, 0))
	c.ok(c.ReleaseLease(c.Context(), pool, number(0), 1, start.Add(time.Minute)))
	want.Session, want.ExpiresAt = numberpool.SessionID{}, after(time.Minute)
	c.equal(c.rows(), []numberpool.Lease{want})
	second := offer(2, 0, 2, time.Minute)
	c.equal(c.grant(second), kept(second))
}

func releaseNothing(c *check) {
	c.fill(pool, 1)
	ctx := c.Context()
	rows := c.rows()
	c.ok(c.ReleaseLease(ctx, pool, number(0), 0, start)) // never granted
	c.equal(c.rows(), rows)
	c.grant(offer(1, 0, 1, 0))
	second := c.grant(offer(2, 0, 2, hold))
	for _, at := range []time.Duration{hold, 2*hold - time.Second} {
		c.ok(c.ReleaseLease(ctx, pool, number(0), 1, start.Add(at))) // an older one
		c.ok(c.ReleaseLease(ctx, pool, number(0), 3, start.Add(at))) // not granted yet
		c.ok(c.ReleaseLease(ctx, sister, number(0), 2, start.Add(at)))
		c.ok(c.ReleaseLease(ctx, pool, number(1), 2, start.Add(at)))
		c.equal(c.rows(), []numberpool.Lease{second})
	}
	// Ended by itself: a release neither lengthens it nor takes the number away
	// from its session.
	for _, at := range []time.Duration{2 * hold, time.Hour} {
		c.ok(c.ReleaseLease(ctx, pool, number(0), 2, start.Add(at)))
		c.equal(c.rows(), []numberpool.Lease{second})
	}
}

func releaseSeenSince(c *check) {
	c.fill(pool, 1)
	c.grant(offer(1, 0, 1, 0))
	want := c.renew(offer(1, 0, 1, time.Minute))
	for _, d := range []time.Duration{0, time.Minute - time.Microsecond} {
		c.ok(c.ReleaseLease(c.Context(), pool, number(0), 1, start.Add(d)))
		c.equal(c.rows(), []numberpool.Lease{want})
	}
	c.ok(c.ReleaseLease(c.Context(), pool, number(0), 1, start.Add(time.Minute)))
	want.Session, want.ExpiresAt = numberpool.SessionID{}, after(time.Minute)
	c.equal(c.rows(), []numberpool.Lease{want})
}

func endSessions(c *check) {
	c.fill(pool, 2)
	ended := c.grant(offer(1, 0, 1, 0))
	live := c.grant(offer(2, 1, 1, time.Microsecond))
	c.ok(c.EndLeases(c.Context(), pool.Customer, start.Add(hold), start.Add(-time.Hour)))
	ended.Session = numberpool.SessionID{}
	c.equal(c.rows(), []numberpool.Lease{ended, live})
	// The number is no longer the session's, so it may get any.
	c.ok(c.EndLeases(c.Context(), pool.Customer, start.Add(time.Hour), start.Add(-time.Hour)))
	again := offer(1, 1, 2, time.Hour)
	c.equal(c.grant(again), kept(again))
}

func endForgets(c *check) {
	c.fill(pool, 1)
	var grants []numberpool.Lease
	for i := range 4 {
		want := offer(i, 0, uint64(i+1), time.Duration(i)*time.Hour)
		c.grant(want)
		grants = append([]numberpool.Lease{past(want)}, grants...)
	}
	c.equal(c.holders(0), grants)
	c.ok(c.EndLeases(c.Context(), pool.Customer, start, start.Add(time.Hour)))
	c.equal(c.holders(0), grants[:3])
	c.ok(c.EndLeases(c.Context(), pool.Customer, start, start.Add(time.Hour+time.Microsecond)))
	c.equal(c.holders(0), grants[:2])
}

func endCustomer(c *check) {
	c.fill(pool, 1)
	c.grant(offer(1, 0, 1, 0))
	want := c.grant(offer(2, 0, 2, time.Hour))
	c.ok(c.EndLeases(c.Context(), foreign.Customer, start.Add(24*time.Hour), start.Add(24*time.Hour)))
	c.equal(c.rows(), []numberpool.Lease{want})
	count(c, c.holders(0), 2)
}
