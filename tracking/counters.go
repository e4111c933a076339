package tracking

import (
	"cmp"
	"slices"
	"sync"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
)

// counters counts in memory until the next flush.
type counters struct {
	mu     sync.Mutex
	counts map[counterKey]int64
}

// counterKey is a Counter without its count, and whose it is.
type counterKey struct {
	customer string
	counter  Counter
}

// maxCounters bounds the memory between two flushes. What comes beyond it is
// counted under otherKey.
const (
	maxCounters = 10_000
	maxKey      = 255
	otherKey    = "(other)"
)

// newCounters returns counters without counts.
func newCounters() *counters {
	return &counters{counts: make(map[counterKey]int64)}
}

// add counts one of kind and key on the day.
func (c *counters) add(s *site, day retention.Date, kind CounterKind, key string) {
	if len(key) > maxKey {
		key = otherKey
	}
	k := counterKey{s.customer(), Counter{Day: day, Site: s.name, Kind: kind, Key: key}}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.counts[k]; !known && len(c.counts) >= maxCounters {
		k.counter.Key = otherKey
	}
	c.counts[k]++
}

// take returns what was counted, by customer, and forgets it.
func (c *counters) take() map[string][]Counter {
	c.mu.Lock()
	counts := c.counts
	c.counts = make(map[counterKey]int64)
	c.mu.Unlock()

	taken := make(map[string][]Counter)
	for k, n := range counts {
		k.counter.Count = n
		taken[k.customer] = append(taken[k.customer], k.counter)
	}
	return taken
}

// putBack counts again what could not be stored.
func (c *counters) putBack(customer string, counters []Counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, counter := range counters {
		n := counter.Count
		counter.Count = 0
		k := counterKey{customer, counter}
		if _, known := c.counts[k]; !known && len(c.counts) >= maxCounters {
			k.counter.Key = otherKey
		}
		c.counts[k] += n
	}
}

// addTo adds what the customer's counters have counted since from to stored, in
// the store's order.
func (c *counters) addTo(stored []Counter, customer string, from retention.Date) []Counter {
	sums := make(map[Counter]int64, len(stored))
	for _, counter := range stored {
		n := counter.Count
		counter.Count = 0
		sums[counter] += n
	}
	c.mu.Lock()
	for k, n := range c.counts {
		if k.customer == customer && k.counter.Day.Compare(from) >= 0 {
			sums[k.counter] += n
		}
	}
	c.mu.Unlock()

	all := make([]Counter, 0, len(sums))
	for counter, n := range sums {
		counter.Count = n
		all = append(all, counter)
	}
	slices.SortFunc(all, func(a, b Counter) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Site, b.Site),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return all
}

// sessionKey is the key under which sessions of an attribution are counted.
func sessionKey(a numberpool.Attribution) string {
	return a.Source + " / " + a.Medium + " / " + a.Name
}
