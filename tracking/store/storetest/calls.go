package storetest

import (
	"fmt"
	"time"

	"github.com/qooqie/qooqie/tracking"
)

func callCases() []testCase {
	return []testCase{
		{"PutCall/stores", "a call is stored as it is, in microseconds and UTC", callStores},
		{"PutCall/merges", "a call that is there is merged once, and the result stored", callMerges},
		{"PutCall/unchanged", "a merge that changes nothing returns what is stored", callUnchanged},
		{"PutCall/key", "customer, carrier and id together name a call", callKey},
		{"Calls/range", "calls that started at or after since, the latest first, at most limit", callsRange},
		{"ForgetCallers", "Caller and CallerHint of calls that started before are emptied, nothing else", callersForgotten},
	}
}

// call is a call with every field set that began at start plus d.
func call(id string, d time.Duration) tracking.Call {
	return tracking.Call{
		Customer: pool.Customer, Carrier: "twilio", ID: id, Pool: pool.Name, Dialled: number(0),
		Caller: "6f1ed002ab5595859014ebf0951522d9", CallerHint: "42", State: tracking.Finished,
		StartedAt: start.Add(d), Duration: 61 * time.Second, ReceivedAt: start.Add(d + time.Second),
		Attribution: spring, Probability: 0.87654321, Rung: tracking.Session,
	}
}

// keptCall is c as a store returns it.
func keptCall(c tracking.Call) tracking.Call {
	c.StartedAt = c.StartedAt.UTC().Truncate(time.Microsecond)
	c.ReceivedAt = c.ReceivedAt.UTC().Truncate(time.Microsecond)
	return c
}

// put is PutCall for a call that must be new.
func (c *check) put(call tracking.Call) tracking.Call {
	c.Helper()
	got, err := c.PutCall(c.Context(), call, func(stored, _ tracking.Call) tracking.Call {
		c.Errorf("merge was called for a new call\nrule: %s", c.rule)
		return stored
	})
	c.ok(err)
	return got
}

// calls returns the customer's calls.
func (c *check) calls(customer string) []tracking.Call {
	c.Helper()
	got, err := c.Calls(c.Context(), customer, time.Time{}, 1000)
	c.ok(err)
	return got
}

func callStores(c *check) {
	full := call("1", 0)
	c.equal(c.put(full), keptCall(full))
	// A call that nothing is known of, an hour earlier.
	bare := tracking.Call{
		Customer: pool.Customer, Carrier: "telnyx", ID: "2", State: tracking.Ringing, StartedAt: start.Add(-time.Hour),
	}
	c.equal(c.put(bare), keptCall(bare))
	c.equal(c.calls(pool.Customer), []tracking.Call{keptCall(full), keptCall(bare)})
}

func callMerges(c *check) {
	first := call("1", 0)
	first.State, first.Duration = tracking.Ringing, 0
	c.put(first)
	second := call("1", time.Second)
	second.Caller, second.CallerHint = "", ""
	merges := 0
	got, err := c.PutCall(c.Context(), second, func(stored, event tracking.Call) tracking.Call {
		merges++
		c.equal(stored, keptCall(first))
		c.equal(keptCall(event), keptCall(second))
		stored.State, stored.Duration = event.State, event.Duration
		return stored
	})
	c.ok(err)
	c.equal(merges, 1)
	want := keptCall(first)
	want.State, want.Duration = second.State, second.Duration
	c.equal(got, want)
	c.equal(c.calls(pool.Customer), []tracking.Call{want})
}

func callUnchanged(c *check) {
	want := c.put(call("1", 0))
	for range 3 {
		got, err := c.PutCall(c.Context(), call("1", time.Hour), func(stored, _ tracking.Call) tracking.Call {
			return stored
		})
		c.ok(err)
		c.equal(got, want)
	}
	c.equal(c.calls(pool.Customer), []tracking.Call{want})
}

func callKey(c *check) {
	first := c.put(call("1", 2*time.Second))
	carrier := call("1", time.Second)
	carrier.Carrier = "telnyx"
	second := c.put(carrier)
	id := c.put(call("12", 0))
	other := call("1", 0)
	other.Customer = foreign.Customer
	third := c.put(other)
	c.equal(c.calls(pool.Customer), []tracking.Call{first, second, id})
	c.equal(c.calls(foreign.Customer), []tracking.Call{third})
}

func callsRange(c *check) {
	var all []tracking.Call // the latest first
	for i := range 5 {
		all = append([]tracking.Call{c.put(call(fmt.Sprint(9-i), time.Duration(i)*time.Minute))}, all...)
	}
	for _, tt := range []struct {
		since time.Duration
		limit int
		want  []tracking.Call
	}{
		{-time.Hour, 100, all},
		{0, 5, all},
		{time.Microsecond, 100, all[:4]},
		{-time.Hour, 2, all[:2]},
		{4 * time.Minute, 100, all[:1]},
		{4*time.Minute + time.Microsecond, 100, nil},
		{-time.Hour, 0, nil},
	} {
		got, err := c.Calls(c.Context(), pool.Customer, start.Add(tt.since), tt.limit)
		c.ok(err)
		if len(got)+len(tt.want) > 0 {
			c.equal(got, tt.want)
		}
	}
}

func callersForgotten(c *check) {
	old, edge := c.put(call("1", 0)), c.put(call("2", time.Minute))
	other := call("1", 0)
	other.Customer = foreign.Customer
	third := c.put(other)
	for range 2 {
		c.ok(c.ForgetCallers(c.Context(), pool.Customer, start.Add(time.Minute)))
		old.Caller, old.CallerHint = "", ""
		c.equal(c.calls(pool.Customer), []tracking.Call{edge, old})
	}
	c.equal(c.calls(foreign.Customer), []tracking.Call{third})
}
