package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// callers is how many goroutines the cases of this file start.
const callers = 64

func concurrencyCases() []testCase {
	return []testCase{
		{"concurrent/one winner", "of grants of one generation one succeeds", oneWinner},
		{"concurrent/pool", "no number is part of two live leases, and each is used", poolRace},
		{"concurrent/visitors", "of 64 visitors on two pools of the same 16 numbers 16 get one, 48 hear that there is none", visitorRace},
		{"concurrent/session", "grants for one session give it one row", sessionRace},
		{"concurrent/add", "numbers that several add at once have one row", addRace},
		{"concurrent/owner", "a number that two customers add at once is one's", ownerRace},
		{"concurrent/calls", "no other write comes between reading a call and storing its merge", callRace},
		{"concurrent/counters", "no count is lost", counterRace},
	}
}

// each runs work once in each of several goroutines that start together, and
// reports the errors that it returns.
func (c *check) each(work func(i int) error) {
	c.Helper()
	var wg sync.WaitGroup
	begin := make(chan struct{})
	errs := make([]error, callers)
	for i := range callers {
		wg.Go(func() {
			<-begin
			errs[i] = work(i)
		})
	}
	close(begin)
	wg.Wait()
	c.ok(errors.Join(errs...))
}

func oneWinner(c *check) {
	c.fill(pool, 1)
	var winner atomic.Int64
	c.each(func(i int) error {
		_, err := c.GrantLease(c.Context(), offer(i+1, 0, 1, 0))
		if err == nil {
			winner.Add(int64(i + 1))
			return nil
		}
		return unless(err, numberpool.ErrLeaseTaken)
	})
	c.equal(c.rows(), []numberpool.Lease{kept(offer(int(winner.Load()), 0, 1, 0))})
}

// unless is err, unless it is the refusal.
func unless(err, refusal error) error {
	if errors.Is(err, refusal) {
		return nil
	}
	return err
}

func poolRace(c *check) {
	const size = 16
	c.fill(pool, size)
	var granted [size]atomic.Int32
	c.each(func(i int) error {
		for n := range size {
			lease, err := c.GrantLease(c.Context(), offer(i, (i+n)%size, 1, 0))
			if err == nil {
				granted[lease.Number.Digits()-number(0).Digits()].Add(1)
				return nil
			}
			if err := unless(err, numberpool.ErrLeaseTaken); err != nil {
				return err
			}
		}
		return nil
	})
	sessions := make(map[numberpool.SessionID]bool)
	rows := c.rows()
	count(c, rows, size)
	for i, row := range rows {
		c.equal(granted[i].Load(), int32(1))
		sessions[row.Session] = true
	}
	c.equal(len(sessions), size)
}

// visitorRace has two Pools, as two processes have.
func visitorRace(c *check) {
	const size = 16
	var pools [2]*numberpool.Pool
	for i := range pools {
		p, err := numberpool.New(c.Store, numberpool.Config{ID: pool, Numbers: numbers(size), Hold: hold})
		c.ok(err)
		pools[i] = p
	}
	var granted [size]atomic.Int32
	var refused atomic.Int32
	c.each(func(i int) error {
		lease, err := pools[i%2].Acquire(c.Context(), numberpool.Request{Session: session(i)}, start)
		if err == nil {
			granted[lease.Number.Digits()-number(0).Digits()].Add(1)
			return nil
		}
		refused.Add(1)
		return unless(err, numberpool.ErrPoolExhausted)
	})
	for i := range granted {
		c.equal(granted[i].Load(), int32(1))
	}
	c.equal(refused.Load(), int32(callers-size))
}

func sessionRace(c *check) {
	c.fill(pool, callers)
	var got [callers]numberpool.Lease
	c.each(func(i int) (err error) {
		got[i], err = c.GrantLease(c.Context(), offer(1, i, 1, 0))
		return err
	})
	rows := 0
	for _, row := range c.rows() {
		if row.Generation != 0 {
			rows++
			for i := range got {
				c.equal(got[i], row)
			}
		}
	}
	c.equal(rows, 1)
}

func addRace(c *check) {
	c.each(func(int) error {
		got, err := c.PoolLeases(c.Context(), pool, numbers(20))
		if err == nil && len(got) != 20 {
			return errors.New("a row is missing or doubled")
		}
		return err
	})
	count(c, c.rows(), 20)
}

func ownerRace(c *check) {
	pools := []numberpool.PoolID{pool, foreign, sister}
	c.each(func(i int) error {
		_, err := c.PoolLeases(c.Context(), pools[i%len(pools)], numbers(3))
		return unless(err, numberpool.ErrNumberOwned)
	})
	total := 0
	for _, p := range pools {
		got, err := c.PoolLeases(c.Context(), p, nil)
		c.ok(err)
		total += len(got)
	}
	c.equal(total, 3)
}

func callRace(c *check) {
	first := call("1", 0)
	first.Duration = 0
	c.put(first)
	c.each(func(int) error {
		_, err := c.PutCall(c.Context(), first, func(stored, _ tracking.Call) tracking.Call {
			stored.Duration += time.Second
			return stored
		})
		return err
	})
	calls := c.calls(pool.Customer)
	count(c, calls, 1)
	c.equal(calls[0].Duration, callers*time.Second)
}

func counterRace(c *check) {
	d := day(2026, 3, 29)
	c.each(func(int) error {
		return c.AddCounters(c.Context(), pool.Customer, []tracking.Counter{views(d, "/a", 1), views(d, "/b", 2)})
	})
	c.equal(c.counters(d), []tracking.Counter{views(d, "/a", callers), views(d, "/b", 2*callers)})
}
