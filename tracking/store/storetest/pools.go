package storetest

import (
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

func poolCases() []testCase {
	return []testCase{
		{"PoolLeases/adds", "every number in add gets a row, once, in the order of the numbers", poolAdds},
		{"PoolLeases/keeps", "adding a number again changes nothing", poolKeeps},
		{"PoolLeases/owned", "a number of another customer or pool is ErrNumberOwned, and then nothing is added", poolOwned},
		{"PoolLeases/unknown", "a method that only reads finds nothing for an unknown customer", poolUnknown},
	}
}

func poolAdds(c *check) {
	never := func(list ...int) (rows []numberpool.Lease) {
		for _, i := range list {
			rows = append(rows, numberpool.Lease{Pool: pool, Number: number(i)})
		}
		return rows
	}
	got, err := c.PoolLeases(c.Context(), pool, []numberpool.Number{number(5), number(1), number(5)})
	c.ok(err)
	c.equal(got, never(1, 5))
	got, err = c.PoolLeases(c.Context(), pool, []numberpool.Number{number(3), number(1)})
	c.ok(err)
	c.equal(got, never(1, 3, 5))
	c.equal(c.rows(), never(1, 3, 5))
}

func poolKeeps(c *check) {
	c.fill(pool, 2)
	lease := c.grant(offer(1, 0, 1, 0))
	got, err := c.PoolLeases(c.Context(), pool, numbers(3))
	c.ok(err)
	c.equal(got, []numberpool.Lease{lease, {Pool: pool, Number: number(1)}, {Pool: pool, Number: number(2)}})
}

func poolOwned(c *check) {
	c.fill(pool, 1)
	for _, p := range []numberpool.PoolID{sister, foreign} {
		_, err := c.PoolLeases(c.Context(), p, []numberpool.Number{number(7), number(0), number(8)})
		c.fails(err, numberpool.ErrNumberOwned)
		got, err := c.PoolLeases(c.Context(), p, nil)
		c.ok(err)
		empty(c, got)
	}
	// Nothing was added, so the others are still free.
	_, err := c.PoolLeases(c.Context(), pool, []numberpool.Number{number(7), number(8)})
	c.ok(err)
}

func poolUnknown(c *check) {
	ctx := c.Context()
	empty(c, c.rows())
	empty(c, c.holders(0))
	c.ok(c.ReleaseLease(ctx, pool, number(0), 1, start))
	c.ok(c.EndLeases(ctx, pool.Customer, start, start))
	calls, err := c.Calls(ctx, pool.Customer, time.Time{}, 10)
	c.ok(err)
	empty(c, calls)
	c.ok(c.ForgetCallers(ctx, pool.Customer, start))
	counters, err := c.Counters(ctx, pool.Customer, day(2020, 1, 1))
	c.ok(err)
	empty(c, counters)
	c.ok(c.DeleteCounters(ctx, pool.Customer, day(2030, 1, 1)))
}
