package storetest

import (
	"math"
	"time"

	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

func counterCases() []testCase {
	return []testCase{
		{"AddCounters/adds", "each Count is added to the counter of the same day, site, kind and key", countersAdd},
		{"AddCounters/all or none", "all are added or none", countersAllOrNone},
		{"Counters/order", "ordered by day, site, kind and key, byte by byte", countersOrder},
		{"Counters/from", "the days from and after from are returned", countersFrom},
		{"DeleteCounters", "the days before the given one are deleted", countersDelete},
		{"AddCounters/apart", "one customer's counters are not another's", countersApart},
	}
}

func day(year int, month time.Month, d int) retention.Date {
	return retention.Date{Year: year, Month: month, Day: d}
}

// views counts page views on a day.
func views(d retention.Date, key string, n int64) tracking.Counter {
	return tracking.Counter{Day: d, Site: "acme.example", Kind: tracking.PageViews, Key: key, Count: n}
}

// add is AddCounters, which must not fail.
func (c *check) add(list ...tracking.Counter) {
	c.Helper()
	c.ok(c.AddCounters(c.Context(), pool.Customer, list))
}

// counters returns the counters of the customer's days from and after from.
func (c *check) counters(from retention.Date) []tracking.Counter {
	c.Helper()
	got, err := c.Counters(c.Context(), pool.Customer, from)
	c.ok(err)
	return got
}

func countersAdd(c *check) {
	d := day(2026, 3, 29)
	c.add()
	empty(c, c.counters(d))
	sessions := tracking.Counter{Day: d, Site: "acme.example", Kind: tracking.Sessions, Key: "/a", Count: 5}
	other := views(d, "/a", 7)
	other.Site = "other.example"
	c.add(views(d, "/a", 1), views(d, "/a", 2), sessions, other, views(d, "/b", 1))
	c.add(views(d, "/a", 10), views(d, "/b", -1))
	c.equal(c.counters(d), []tracking.Counter{views(d, "/a", 13), views(d, "/b", 0), sessions, other})
}

func countersAllOrNone(c *check) {
	d := day(2026, 3, 29)
	c.add(views(d, "/full", math.MaxInt64))
	err := c.AddCounters(c.Context(), pool.Customer, []tracking.Counter{
		views(d, "/a", 1), views(d, "/full", 1), views(d, "/z", 1),
	})
	if err == nil {
		c.Errorf("a sum above 64 bits was accepted\nrule: %s", c.rule)
	}
	c.equal(c.counters(d), []tracking.Counter{views(d, "/full", math.MaxInt64)})
}

func countersOrder(c *check) {
	late, early := day(2027, 1, 1), day(2026, 12, 31)
	want := []tracking.Counter{views(early, "/z", 1)}
	// Languages sort these differently.
	for _, key := range []string{"", "%", "/", "/B", "/a", "/a b", "/a/", "/ab", "/é", "/\U0001F600"} {
		want = append(want, views(late, key, 1))
	}
	for i := range want {
		c.add(want[len(want)-1-i])
	}
	c.equal(c.counters(early), want)
}

func countersFrom(c *check) {
	a, b, d := views(day(2026, 9, 30), "/", 1), views(day(2026, 10, 1), "/", 2), views(day(2027, 1, 1), "/", 3)
	c.add(d, a, b)
	c.equal(c.counters(day(2026, 9, 30)), []tracking.Counter{a, b, d})
	c.equal(c.counters(day(2026, 10, 1)), []tracking.Counter{b, d})
	c.equal(c.counters(day(2026, 10, 2)), []tracking.Counter{d})
	empty(c, c.counters(day(2027, 1, 2)))
}

func countersDelete(c *check) {
	a, b := views(day(2026, 9, 30), "/", 1), views(day(2026, 10, 1), "/", 2)
	c.add(a, b)
	c.ok(c.DeleteCounters(c.Context(), foreign.Customer, day(2030, 1, 1)))
	c.ok(c.DeleteCounters(c.Context(), pool.Customer, day(2026, 9, 30)))
	c.equal(c.counters(day(2020, 1, 1)), []tracking.Counter{a, b})
	c.ok(c.DeleteCounters(c.Context(), pool.Customer, day(2026, 10, 1)))
	c.equal(c.counters(day(2020, 1, 1)), []tracking.Counter{b})
}

func countersApart(c *check) {
	d := day(2026, 3, 29)
	c.add(views(d, "/", 1))
	got, err := c.Counters(c.Context(), foreign.Customer, d)
	c.ok(err)
	empty(c, got)
	c.ok(c.AddCounters(c.Context(), foreign.Customer, []tracking.Counter{views(d, "/", 5)}))
	c.equal(c.counters(d), []tracking.Counter{views(d, "/", 1)})
}
