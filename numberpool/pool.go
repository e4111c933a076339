package numberpool

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Pool leases the numbers of one pool. New returns one. Its methods are safe for
// concurrent use, and any number of Pools, in this process and in others, can
// lease the same numbers as long as they share a store.
type Pool struct {
	store   Store
	id      PoolID
	hold    time.Duration
	numbers []Number // sorted

	// mu guards what follows. It is never held while the store works.
	mu sync.Mutex
	// rows has one element for each of numbers: what the store said last. It
	// decides which number is offered next and nothing else.
	rows     []row
	loadedAt time.Time // when rows were read; zero before the first time
	loading  *flight   // not nil while rows are being read
	// grants are the grants under way, at most one for each session, so that
	// two tabs that open at once get one number.
	grants map[SessionID]*flight
}

// New returns a pool over the store. It does not touch the store; the numbers
// are added to it by the first call that needs them. The error joins a
// *ConfigError for every mistake.
func New(store Store, c Config) (*Pool, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	if c.Hold == 0 {
		c.Hold = DefaultHold
	}
	p := &Pool{store: store, id: c.ID, hold: c.Hold, grants: make(map[SessionID]*flight)}
	p.numbers = slices.SortedFunc(slices.Values(c.Numbers), compareNumbers)
	p.rows = make([]row, len(p.numbers))
	for i, n := range p.numbers {
		p.rows[i].Lease = Lease{Pool: c.ID, Number: n}
	}
	return p, nil
}

// ID returns the pool's name.
func (p *Pool) ID() PoolID { return p.id }

// Hold returns how long a lease is exclusive after the last sign of its session.
func (p *Pool) Hold() time.Duration { return p.hold }

// Has reports whether the number is one of the pool's.
func (p *Pool) Has(n Number) bool {
	_, ok := p.find(n)
	return ok
}

// Is reports whether the pool's numbers are exactly these, in any order.
func (p *Pool) Is(numbers []Number) bool {
	return slices.Equal(p.numbers, slices.SortedFunc(slices.Values(numbers), compareNumbers))
}

// Request asks for a number.
type Request struct {
	// Session is who asks; it must not be zero.
	Session SessionID
	// Attribution is what brought the session. A zero Attribution leaves the
	// attribution of a lease that is renewed as it is.
	Attribution Attribution
	// Number and Generation are a lease that the session proves to have had, or
	// zero. If nobody else was granted the number since, the session gets it back.
	Number     Number
	Generation uint64
}

// Acquire returns a lease for the session, durably stored, that ends at least
// the hold after now. It is idempotent for each session: calls at the same time
// share one grant, whose end is reckoned from the first one's now, and a session
// that has a lease gets that one renewed. The number is always one of the
// pool's.
//
// It returns [ErrPoolExhausted] if every number is held, [ErrNoSession] if the
// request has no session, ctx's error if ctx ends first, or the store's error,
// such as [ErrNumberOwned]. A grant that is stored after all its callers have
// gone is released again, and a grant whose outcome is unknown is never
// returned.
func (p *Pool) Acquire(ctx context.Context, req Request, now time.Time) (Lease, error) {
	if req.Session.IsZero() {
		// All who have no session would share one lease.
		return Lease{}, ErrNoSession
	}
	if req.Generation != 0 && p.Has(req.Number) {
		lease, err := p.renew(ctx, req, now)
		if !errors.Is(err, ErrLeaseTaken) && !errors.Is(err, ErrUnknownNumber) {
			return lease, err
		}
	}
	for {
		f, joined := p.join(ctx, req, now)
		lease, err := p.await(ctx, f)
		if joined && (errors.Is(err, errAbandoned) || err == nil && !lease.Live(now)) {
			// The grant was made for others, who left or who came so long ago
			// that it has ended.
			continue
		}
		return lease, err
	}
}

// Release ends the lease at now, so that its number can be given away, unless
// its session was granted the number anew or was seen later than now. It returns
// the store's error.
func (p *Pool) Release(ctx context.Context, l Lease, now time.Time) error {
	if err := p.store.ReleaseLease(ctx, p.id, l.Number, l.Generation, now); err != nil {
		return err
	}
	// If the store had a reason to leave the lease as it is, it refuses the
	// grant that builds on this, and tells what is true.
	l.Session, l.ExpiresAt = SessionID{}, now
	p.mu.Lock()
	defer p.mu.Unlock()
	p.learn(l)
	return nil
}

// Holders returns the assignments of the number that may explain a call that
// started at the given instant, without sessions. It asks the store, so any
// process can answer, and returns the store's error.
func (p *Pool) Holders(ctx context.Context, n Number, startedAt time.Time) ([]Lease, error) {
	return p.store.NumberHolders(ctx, p.id, n, startedAt.Add(-Window), startedAt)
}

// Leases returns a lease for each of the pool's numbers as the store has it, in
// the order of the numbers. It changes nothing, so a number that was never needed
// has a lease with Generation 0. It returns the store's error.
func (p *Pool) Leases(ctx context.Context) ([]Lease, error) {
	stored, err := p.store.PoolLeases(ctx, p.id, nil)
	if err != nil {
		return nil, err
	}
	leases := make([]Lease, len(p.numbers))
	for i, n := range p.numbers {
		leases[i] = Lease{Pool: p.id, Number: n}
	}
	for _, l := range stored {
		if i, ok := p.find(l.Number); ok {
			leases[i] = l
		}
	}
	return leases, nil
}

// find returns the index of n.
func (p *Pool) find(n Number) (int, bool) {
	return slices.BinarySearchFunc(p.numbers, n, compareNumbers)
}

// compareNumbers orders numbers by their digits.
func compareNumbers(a, b Number) int { return cmp.Compare(a.digits, b.digits) }
