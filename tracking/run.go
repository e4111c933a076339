package tracking

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/qooqie/qooqie/retention"
)

// How often Run does what it does.
const (
	flushEvery = 10 * time.Second
	sweepEvery = time.Minute
	// drainTimeout bounds the last flush, after Run's context has ended.
	drainTimeout = 10 * time.Second
)

// Run stores page views and forgets what is no longer needed, until ctx ends;
// it then stores what is left and returns nil. Failures are logged and tried
// again. Requests work without Run, but their page views are only kept in
// memory then, and nothing is forgotten.
//
// It returns ErrRunning if it runs already, or the store's error if the last
// page views could not be stored.
func (t *Tracker) Run(ctx context.Context) error {
	if !t.running.CompareAndSwap(false, true) {
		return ErrRunning
	}
	defer t.running.Store(false)

	flush := time.NewTicker(flushEvery)
	defer flush.Stop()
	sweep := time.NewTicker(sweepEvery)
	defer sweep.Stop()
	t.sweep(ctx)
	for {
		select {
		case <-flush.C:
			if err := t.flush(ctx); err != nil {
				t.log.warn(ctx, t.now(), "page views wait in memory: the store fails", slog.Any("error", err))
			}
		case <-sweep.C:
			t.sweep(ctx)
		case <-ctx.Done():
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
			defer cancel()
			return t.flush(ctx)
		}
	}
}

// flush stores what was counted. What can't be stored is counted again later.
func (t *Tracker) flush(ctx context.Context) error {
	var errs []error
	for customer, counters := range t.counters.take() {
		if err := t.store.AddCounters(ctx, customer, counters); err != nil {
			t.counters.putBack(customer, counters)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// sweep takes session ids off ended leases and forgets what has been kept for
// long enough, for each customer.
func (t *Tracker) sweep(ctx context.Context) {
	swept := make(map[string]bool)
	for _, s := range t.snap.sites {
		if swept[s.customer()] {
			continue
		}
		swept[s.customer()] = true
		if err := t.forget(ctx, s, t.now()); err != nil && ctx.Err() == nil {
			t.log.warn(ctx, t.now(), "data that is no longer needed could not be forgotten", slog.Any("error", err))
		}
	}
}

// forget carries out sweep for one customer, by the periods of the policy.
func (t *Tracker) forget(ctx context.Context, s *site, now time.Time) error {
	counted := retention.DateOf(s.terms.Cutoff("counter", "", "day", now), s.zone)
	return errors.Join(
		t.store.EndLeases(ctx, s.customer(), now, s.terms.Cutoff("lease", "", "seen", now)),
		t.store.ForgetCallers(ctx, s.customer(), s.terms.Cutoff("call", "caller", "started", now)),
		t.store.DeleteCounters(ctx, s.customer(), counted),
	)
}
