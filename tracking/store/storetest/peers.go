package storetest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

// RunPeers runs the suite on two handles of one store, as two processes have
// them: each call of a case goes to the other handle than the call before, so
// that nothing is true of one process only. open returns two handles of a new,
// empty store and closes them with t.Cleanup.
func RunPeers(t *testing.T, open func(t *testing.T) (a, b tracking.Store)) {
	t.Helper()
	Run(t, func(t *testing.T) tracking.Store {
		t.Helper()
		a, b := open(t)
		return &peers{handles: [2]tracking.Store{a, b}}
	})
}

// peers is a store that takes turns between two handles.
type peers struct {
	handles [2]tracking.Store
	calls   atomic.Uint64
}

// next returns the handle whose turn it is.
func (p *peers) next() tracking.Store { return p.handles[p.calls.Add(1)%2] }

// PoolLeases implements numberpool.Store.
func (p *peers) PoolLeases(
	ctx context.Context, pool numberpool.PoolID, add []numberpool.Number,
) ([]numberpool.Lease, error) {
	return p.next().PoolLeases(ctx, pool, add)
}

// GrantLease implements numberpool.Store.
func (p *peers) GrantLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	return p.next().GrantLease(ctx, want)
}

// RenewLease implements numberpool.Store.
func (p *peers) RenewLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	return p.next().RenewLease(ctx, want)
}

// ReleaseLease implements numberpool.Store.
func (p *peers) ReleaseLease(
	ctx context.Context, pool numberpool.PoolID, n numberpool.Number, generation uint64, at time.Time,
) error {
	return p.next().ReleaseLease(ctx, pool, n, generation, at)
}

// EndLeases implements numberpool.Store.
func (p *peers) EndLeases(ctx context.Context, customer string, now, forget time.Time) error {
	return p.next().EndLeases(ctx, customer, now, forget)
}

// NumberHolders implements numberpool.Store.
func (p *peers) NumberHolders(
	ctx context.Context, pool numberpool.PoolID, n numberpool.Number, from, at time.Time,
) ([]numberpool.Lease, error) {
	return p.next().NumberHolders(ctx, pool, n, from, at)
}

// PutCall implements tracking.CallStore.
func (p *peers) PutCall(
	ctx context.Context, c tracking.Call, merge func(stored, event tracking.Call) tracking.Call,
) (tracking.Call, error) {
	return p.next().PutCall(ctx, c, merge)
}

// Calls implements tracking.CallStore.
func (p *peers) Calls(ctx context.Context, customer string, since time.Time, limit int) ([]tracking.Call, error) {
	return p.next().Calls(ctx, customer, since, limit)
}

// ForgetCallers implements tracking.CallStore.
func (p *peers) ForgetCallers(ctx context.Context, customer string, before time.Time) error {
	return p.next().ForgetCallers(ctx, customer, before)
}

// AddCounters implements tracking.ReportStore.
func (p *peers) AddCounters(ctx context.Context, customer string, counters []tracking.Counter) error {
	return p.next().AddCounters(ctx, customer, counters)
}

// Counters implements tracking.ReportStore.
func (p *peers) Counters(ctx context.Context, customer string, from retention.Date) ([]tracking.Counter, error) {
	return p.next().Counters(ctx, customer, from)
}

// DeleteCounters implements tracking.ReportStore.
func (p *peers) DeleteCounters(ctx context.Context, customer string, before retention.Date) error {
	return p.next().DeleteCounters(ctx, customer, before)
}
