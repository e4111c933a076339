package storetest

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// Benchmark measures what a site waits for, and what a store does in the
// background. open returns a new, empty store and closes it with b.Cleanup; it is
// called once for each part.
//
// The parts that end in "together" have 64 callers at once, which shows what
// sharing commits is worth.
func Benchmark(b *testing.B, open func(b *testing.B) tracking.Store) {
	b.Helper()
	for _, part := range []struct {
		name     string
		together bool
		work     func(s tracking.Store, n int64) func(b *testing.B) error
	}{
		{"GrantLease", false, grantWork},
		{"GrantLease/together", true, grantWork},
		{"RenewLease", false, renewWork},
		{"PutCall", false, callWork},
		{"PutCall/together", true, callWork},
		{"NumberHolders", false, holdersWork},
		{"AddCounters", false, counterWork},
	} {
		b.Run(part.name, func(b *testing.B) {
			s := open(b)
			if _, err := s.PoolLeases(b.Context(), pool, numbers(benchSize)); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			if !part.together {
				work := part.work(s, 0)
				for b.Loop() {
					if err := work(b); err != nil {
						b.Fatal(err)
					}
				}
				return
			}
			var worker atomic.Int64
			b.SetParallelism(callers)
			b.RunParallel(func(pb *testing.PB) {
				work := part.work(s, worker.Add(1))
				for pb.Next() {
					if err := work(b); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}

// benchSize is how many numbers the pool of a benchmark has: more than there are
// callers together on any machine that it is likely to run on.
const benchSize = 4096

// grantWork grants the worker's number anew and anew.
func grantWork(s tracking.Store, worker int64) func(b *testing.B) error {
	want := offer(int(worker), int(worker), 0, 0)
	return func(b *testing.B) error {
		b.Helper()
		want.Generation++
		want.Session[1]++ // another session than the last
		want.Since = want.ExpiresAt
		want.SeenAt, want.ExpiresAt = want.Since, want.Since.Add(hold)
		_, err := s.GrantLease(b.Context(), want)
		return err
	}
}

// renewWork renews one lease.
func renewWork(s tracking.Store, worker int64) func(b *testing.B) error {
	want := offer(int(worker), int(worker), 0, 0)
	return func(b *testing.B) error {
		b.Helper()
		if want.Generation == 0 {
			want.Generation = 1
			_, err := s.GrantLease(b.Context(), want)
			return err
		}
		want.SeenAt, want.ExpiresAt = want.SeenAt.Add(time.Second), want.ExpiresAt.Add(time.Second)
		_, err := s.RenewLease(b.Context(), want)
		return err
	}
}

// callWork stores a call that changes with each report.
func callWork(s tracking.Store, worker int64) func(b *testing.B) error {
	event := call(string(rune('A'+worker)), 0)
	return func(b *testing.B) error {
		b.Helper()
		event.Duration += time.Second
		_, err := s.PutCall(b.Context(), event, func(_, event tracking.Call) tracking.Call { return event })
		return err
	}
}

// holdersWork reads the holders of a number that has had one.
func holdersWork(s tracking.Store, worker int64) func(b *testing.B) error {
	granted := false
	return func(b *testing.B) (err error) {
		b.Helper()
		if !granted {
			granted = true
			_, err = s.GrantLease(b.Context(), offer(int(worker), int(worker), 1, 0))
			return err
		}
		_, err = s.NumberHolders(b.Context(), pool, number(int(worker)), start.Add(-numberpool.Window), start)
		return err
	}
}

// counterWork counts as a process does that collects for some seconds.
func counterWork(s tracking.Store, _ int64) func(b *testing.B) error {
	list := []tracking.Counter{views(day(2026, 3, 29), "/", 1), views(day(2026, 3, 29), "/contact", 1)}
	return func(b *testing.B) error {
		b.Helper()
		return s.AddCounters(b.Context(), pool.Customer, list)
	}
}
