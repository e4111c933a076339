package storetest

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

func holderCases() []testCase {
	return []testCase{
		{"NumberHolders/never", "a number that was never granted has no holders", holdersNever},
		{"NumberHolders/range", "began at or before at, last seen at or after from, the latest first", holdersRange},
		{"NumberHolders/limit", "at most 200 are returned, the latest", holdersLimit},
		{"NumberHolders/apart", "only this number of this pool counts", holdersApart},
	}
}

func holdersNever(c *check) {
	c.fill(pool, 1)
	empty(c, c.holders(0))
	empty(c, c.holders(1))
}

func holdersRange(c *check) {
	c.fill(pool, 1)
	var all []numberpool.Lease // the latest first
	for i := range 3 {
		want := offer(i, 0, uint64(i+1), time.Duration(i)*time.Hour)
		c.grant(want)
		want.SeenAt = want.SeenAt.Add(time.Minute)
		want.ExpiresAt = want.SeenAt.Add(hold)
		c.renew(want)
		all = append([]numberpool.Lease{past(want)}, all...)
	}
	const us = time.Microsecond
	for _, tt := range []struct {
		from, at time.Duration
		want     []numberpool.Lease
	}{
		{-time.Hour, 10 * time.Hour, all},
		{-time.Hour, -us, nil},
		{-time.Hour, 0, all[2:]},
		{time.Minute, 0, all[2:]},
		{time.Minute + us, time.Hour - us, nil},
		{time.Minute + us, time.Hour, all[1:2]},
		{time.Hour + time.Minute, 2 * time.Hour, all[:2]},
		{time.Hour + time.Minute + us, 2 * time.Hour, all[:1]},
	} {
		got, err := c.NumberHolders(c.Context(), pool, number(0), start.Add(tt.from), start.Add(tt.at))
		c.ok(err)
		if len(got)+len(tt.want) > 0 {
			c.equal(got, tt.want)
		}
	}
}

func holdersLimit(c *check) {
	c.fill(pool, 1)
	for i := range 205 {
		c.grant(offer(i, 0, uint64(i+1), time.Duration(i)*hold))
	}
	got := c.holders(0)
	count(c, got, 200)
	c.equal(got[0].Generation, uint64(205))
	c.equal(got[199].Generation, uint64(6))
}

func holdersApart(c *check) {
	c.fill(pool, 2)
	c.grant(offer(1, 0, 1, 0))
	empty(c, c.holders(1))
	for _, p := range []numberpool.PoolID{sister, foreign} {
		got, err := c.NumberHolders(c.Context(), p, number(0), time.Time{}, start.Add(time.Hour))
		c.ok(err)
		empty(c, got)
	}
}
