package numberpool

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// ledger is a Store that does what the contract says in the plainest way: one
// lock, no cache, nothing durable. What a Pool makes of a store is tested with
// it; stores themselves are tested with store/storetest.
type ledger struct {
	mu        sync.Mutex
	rows      map[Number]Lease
	intervals []Lease
	// before is called by each write before it takes the lock, if it is set. An
	// error is what the write returns.
	before func() error
}

func newLedger() *ledger { return &ledger{rows: make(map[Number]Lease)} }

// delay sets before.
func (l *ledger) delay(before func() error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before = before
}

// enter begins a method.
func (l *ledger) enter(ctx context.Context) error {
	l.mu.Lock()
	before := l.before
	l.mu.Unlock()
	if before != nil {
		if err := before(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (l *ledger) PoolLeases(ctx context.Context, pool PoolID, add []Number) ([]Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range add {
		if row, ok := l.rows[n]; ok && row.Pool != pool {
			return nil, ErrNumberOwned
		}
	}
	for _, n := range add {
		if _, ok := l.rows[n]; !ok {
			l.rows[n] = Lease{Pool: pool, Number: n}
		}
	}
	rows := slices.DeleteFunc(slices.Collect(maps.Values(l.rows)), func(r Lease) bool { return r.Pool != pool })
	slices.SortFunc(rows, func(a, b Lease) int { return compareNumbers(a.Number, b.Number) })
	return rows, nil
}

func (l *ledger) GrantLease(ctx context.Context, want Lease) (Lease, error) {
	if err := l.enter(ctx); err != nil {
		return Lease{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, row := range l.rows {
		if row.Pool == want.Pool && row.Session == want.Session {
			return l.extend(row, want), nil
		}
	}
	row, ok := l.rows[want.Number]
	if !ok || row.Pool != want.Pool {
		return Lease{}, ErrUnknownNumber
	}
	if row.Generation+1 != want.Generation || row.ExpiresAt.After(want.Since) {
		return row, ErrLeaseTaken
	}
	if row.Generation > 0 {
		l.intervals = append(l.intervals, row)
	}
	l.rows[want.Number] = want
	return want, nil
}

func (l *ledger) RenewLease(ctx context.Context, want Lease) (Lease, error) {
	if err := l.enter(ctx); err != nil {
		return Lease{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	row, ok := l.rows[want.Number]
	if !ok || row.Pool != want.Pool {
		return Lease{}, ErrUnknownNumber
	}
	if row.Generation != want.Generation || row.Generation == 0 {
		return Lease{}, ErrLeaseTaken
	}
	return l.extend(row, want), nil
}

func (l *ledger) extend(row, want Lease) Lease {
	if want.Attribution != (Attribution{}) && want.Attribution != row.Attribution {
		l.intervals = append(l.intervals, row)
		row.Since, row.Attribution = want.SeenAt, want.Attribution
	}
	row.Session, row.SeenAt = want.Session, want.SeenAt
	if want.ExpiresAt.After(row.ExpiresAt) {
		row.ExpiresAt = want.ExpiresAt
	}
	l.rows[row.Number] = row
	return row
}

func (l *ledger) ReleaseLease(ctx context.Context, pool PoolID, n Number, generation uint64, at time.Time) error {
	if err := l.enter(ctx); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	row, ok := l.rows[n]
	if ok && row.Pool == pool && row.Generation == generation && row.Live(at) && !row.SeenAt.After(at) {
		row.Session, row.ExpiresAt = SessionID{}, at
		l.rows[n] = row
	}
	return nil
}

func (l *ledger) EndLeases(_ context.Context, customer string, now, _ time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n, row := range l.rows {
		if row.Pool.Customer == customer && !row.Live(now) {
			row.Session = SessionID{}
			l.rows[n] = row
		}
	}
	return nil
}

func (l *ledger) NumberHolders(_ context.Context, pool PoolID, n Number, from, at time.Time) ([]Lease, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var holders []Lease
	for _, h := range append(slices.Clone(l.intervals), l.rows[n]) {
		if h.Pool == pool && h.Number == n && h.Generation > 0 && !h.Since.After(at) && !h.SeenAt.Before(from) {
			h.Session = SessionID{}
			holders = append(holders, h)
		}
	}
	slices.Reverse(holders)
	return holders, nil
}

// erase forgets everything, as the end of an agreement does.
func (l *ledger) erase() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows, l.intervals = make(map[Number]Lease), nil
}

// snapshot returns a copy of the rows.
func (l *ledger) snapshot() map[Number]Lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.rows)
}
