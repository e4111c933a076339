package storetest

import (
	"context"
	"time"

	"github.com/qooqie/qooqie/tracking"
)

func contextCases() []testCase {
	return []testCase{
		{"context/canceled", "a method whose context has ended returns the context's error and writes nothing", func(c *check) {
			ctx, cancel := context.WithCancel(c.Context())
			cancel()
			endedContext(c, ctx, context.Canceled)
		}},
		{"context/deadline", "a method whose deadline has passed returns the context's error and writes nothing", func(c *check) {
			ctx, cancel := context.WithDeadline(c.Context(), time.Unix(0, 0))
			defer cancel()
			endedContext(c, ctx, context.DeadlineExceeded)
		}},
	}
}

// endedContext calls every method with ctx, which has ended, on a store where
// each would have something to do.
func endedContext(c *check, ctx context.Context, want error) {
	c.Helper()
	c.fill(pool, 2)
	lease := c.grant(offer(1, 0, 1, 0))
	stored := c.put(call("1", 0))
	d := day(2026, 3, 29)
	c.add(views(d, "/", 1))
	later := start.Add(24 * time.Hour)

	_, err := c.PoolLeases(ctx, pool, numbers(3))
	c.fails(err, want)
	_, err = c.GrantLease(ctx, offer(2, 1, 1, 0))
	c.fails(err, want)
	_, err = c.RenewLease(ctx, offer(1, 0, 1, time.Second))
	c.fails(err, want)
	c.fails(c.ReleaseLease(ctx, pool, number(0), 1, start.Add(time.Second)), want)
	c.fails(c.EndLeases(ctx, pool.Customer, later, later), want)
	_, err = c.NumberHolders(ctx, pool, number(0), start, later)
	c.fails(err, want)
	_, err = c.PutCall(ctx, call("2", 0), func(s, _ tracking.Call) tracking.Call { return s })
	c.fails(err, want)
	_, err = c.Calls(ctx, pool.Customer, start, 10)
	c.fails(err, want)
	c.fails(c.ForgetCallers(ctx, pool.Customer, later), want)
	c.fails(c.AddCounters(ctx, pool.Customer, []tracking.Counter{views(d, "/", 1)}), want)
	_, err = c.Counters(ctx, pool.Customer, d)
	c.fails(err, want)
	c.fails(c.DeleteCounters(ctx, pool.Customer, day(2030, 1, 1)), want)

	rows := c.rows()
	count(c, rows, 2)
	c.equal(rows[0], lease)
	c.equal(rows[1].Generation, uint64(0))
	c.equal(c.calls(pool.Customer), []tracking.Call{stored})
	c.equal(c.counters(d), []tracking.Counter{views(d, "/", 1)})
}
