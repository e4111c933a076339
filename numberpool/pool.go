package numberpool

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Config describes a pool.
type Config struct {
	// ID names the pool. Both parts are required.
	ID PoolID
	// Numbers are the pool's tracking numbers, at least one, each once.
	Numbers []Number
	// Hold is how long a lease is exclusive after the last sign of its
	// session. 0 means 2 minutes; less than 20 seconds is a mistake.
	Hold time.Duration
}

// DefaultHold is the hold of a Config that names none.
const DefaultHold = 2 * time.Minute

// minHold leaves room for the margins that callers keep before the end.
const minHold = 20 * time.Second

// reloadEvery is how often an exhausted pool asks the store at most whether
// another process has let a number go.
const reloadEvery = time.Second

// grantTimeout bounds a grant whose caller has gone. It only has to be longer
// than any store takes that will answer at all.
const grantTimeout = 30 * time.Second

// validate returns all mistakes of c, each a *ConfigError.
func (c Config) validate() error {
	var errs []error
	mistake := func(field, value, reason string) {
		errs = append(errs, &ConfigError{Field: field, Value: value, Reason: reason})
	}
	if c.ID.Customer == "" || c.ID.Name == "" {
		mistake("ID", fmt.Sprintf("%s/%s", c.ID.Customer, c.ID.Name), "customer and name are required")
	}
	if len(c.Numbers) == 0 {
		mistake("Numbers", "", "a pool needs at least one number")
	}
	seen := make(map[Number]bool, len(c.Numbers))
	for _, n := range c.Numbers {
		if n.IsZero() {
			mistake("Numbers", "", "the zero Number is no number")
		}
		if seen[n] {
			mistake("Numbers", n.E164(), "listed twice")
		}
		seen[n] = true
	}
	if c.Hold != 0 && c.Hold < minHold {
		mistake("Hold", c.Hold.String(), "must be 0 (2 minutes) or at least 20 seconds")
	}
	return errors.Join(errs...)
}

// Pool leases the numbers of one pool. Its methods are safe for concurrent use.
type Pool struct {
	store   Store
	id      PoolID
	hold    time.Duration
	numbers []Number // sorted

	mu       sync.Mutex
	rows     []row // one for each of numbers; what the store said last
	loadedAt time.Time
	loading  *flight // not nil while rows are being read
	grants   map[SessionID]*flight
}

// row is a number's lease as the store last reported it.
type row struct {
	Lease
	pending bool // a grant of this number is on its way to the store
}

// flight is work that several callers may wait for.
type flight struct {
	done    chan struct{} // closed when lease and err are set
	lease   Lease
	err     error
	waiters int
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

// find returns the index of n.
func (p *Pool) find(n Number) (int, bool) {
	return slices.BinarySearchFunc(p.numbers, n, compareNumbers)
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
// share one grant, and a session that has a lease gets that one renewed.
//
// It returns ErrPoolExhausted if every number is held, ctx's error if ctx ends
// first, or the store's error. A grant that is stored after all its callers have
// gone is released again, and a grant whose outcome is unknown is never returned.
func (p *Pool) Acquire(ctx context.Context, req Request, now time.Time) (Lease, error) {
	if req.Generation != 0 && p.Has(req.Number) {
		lease, err := p.renew(ctx, req, now)
		if !errors.Is(err, ErrLeaseTaken) && !errors.Is(err, ErrUnknownNumber) {
			return lease, err
		}
	}
	p.mu.Lock()
	f := p.grants[req.Session]
	if f == nil {
		f = &flight{done: make(chan struct{})}
		p.grants[req.Session] = f
		// The caller may leave before the store answers. Only this goroutine
		// then knows what became of the number.
		go p.carryOut(context.WithoutCancel(ctx), f, req, now)
	}
	f.waiters++
	p.mu.Unlock()
	return p.await(ctx, f)
}

// await returns the outcome of f, or ctx's error if that comes first.
func (p *Pool) await(ctx context.Context, f *flight) (Lease, error) {
	select {
	case <-f.done:
		return f.lease, f.err
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-f.done:
		return f.lease, f.err
	default:
		f.waiters--
		return Lease{}, ctx.Err()
	}
}

// carryOut grants a number for f, and releases it if nobody waits any more.
func (p *Pool) carryOut(ctx context.Context, f *flight, req Request, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, grantTimeout)
	defer cancel()
	f.lease, f.err = guard(func() (Lease, error) { return p.grant(ctx, req, now) })

	p.mu.Lock()
	delete(p.grants, req.Session)
	abandoned := f.waiters == 0
	close(f.done)
	p.mu.Unlock()

	if abandoned && f.err == nil {
		// An error changes nothing: the stored end stands and passes.
		_, _ = guard(func() (Lease, error) { return f.lease, p.Release(ctx, f.lease, now) })
	}
}

// guard turns a panic of the store into an error: it would end the process, for
// no handler stands above these goroutines. The panic's value may hold data of
// a visitor, so only its type is told.
func guard(work func() (Lease, error)) (l Lease, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("numberpool: the store panicked with a %T", v)
		}
	}()
	return work()
}

// grant offers numbers to the store until one is granted or none is left.
func (p *Pool) grant(ctx context.Context, req Request, now time.Time) (Lease, error) {
	if err := p.load(ctx, now, false); err != nil {
		return Lease{}, err
	}
	reloaded := false
	// Other processes can be quicker with each of the numbers, more than once
	// only if leases end meanwhile.
	for range 2*len(p.numbers) + 1 {
		i := p.reserve(now)
		if i < 0 && !reloaded {
			reloaded = true
			if err := p.load(ctx, now, true); err != nil {
				return Lease{}, err
			}
			continue
		}
		if i < 0 {
			break
		}
		lease, err := p.offer(ctx, i, req, now)
		if !errors.Is(err, ErrLeaseTaken) {
			return lease, err
		}
	}
	return Lease{}, ErrPoolExhausted
}

// reserve marks the number to be leased next as pending and returns its index,
// or -1.
func (p *Pool) reserve(now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := choose(p.rows, now)
	if i >= 0 {
		p.rows[i].pending = true
	}
	return i
}

// offer asks the store to grant the reserved number to the session, and
// remembers what the store says, whether it grants or refuses.
func (p *Pool) offer(ctx context.Context, i int, req Request, now time.Time) (lease Lease, err error) {
	p.mu.Lock()
	want := Lease{
		Pool: p.id, Number: p.numbers[i], Generation: p.rows[i].Generation + 1,
		Session: req.Session, Since: now, SeenAt: now, ExpiresAt: now.Add(p.hold),
		Attribution: req.Attribution,
	}
	p.mu.Unlock()

	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.rows[i].pending = false
		if err == nil || errors.Is(err, ErrLeaseTaken) {
			p.learn(lease)
		}
	}()
	return p.store.GrantLease(ctx, want)
}

// renew extends the lease that the session proves to have had.
func (p *Pool) renew(ctx context.Context, req Request, now time.Time) (Lease, error) {
	lease, err := p.store.RenewLease(ctx, Lease{
		Pool: p.id, Number: req.Number, Generation: req.Generation, Session: req.Session,
		SeenAt: now, ExpiresAt: now.Add(p.hold), Attribution: req.Attribution,
	})
	if err != nil {
		return Lease{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.learn(lease)
	return lease, nil
}

// Release ends the lease at now, so that its number can be given away, unless
// its session was granted the number anew. It returns the store's error.
func (p *Pool) Release(ctx context.Context, l Lease, now time.Time) error {
	if err := p.store.ReleaseLease(ctx, p.id, l.Number, l.Generation, now); err != nil {
		return err
	}
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

// learn remembers a row that the store reported. Replies can overtake each
// other, so an older generation is no news; an older end does no harm, because
// the store refuses what builds on it. p.mu is held.
func (p *Pool) learn(l Lease) {
	if i, ok := p.find(l.Number); ok && l.Generation >= p.rows[i].Generation {
		p.rows[i].Lease = l
	}
}

// load reads the pool's rows from the store, and adds those that are missing.
// The first call always does; a call with again set does at most every
// reloadEvery. Calls at the same time share one read.
func (p *Pool) load(ctx context.Context, now time.Time, again bool) error {
	p.mu.Lock()
	fresh := !p.loadedAt.IsZero() && (!again || now.Sub(p.loadedAt).Abs() < reloadEvery)
	if fresh {
		p.mu.Unlock()
		return nil
	}
	f := p.loading
	if f == nil {
		f = &flight{done: make(chan struct{})}
		p.loading = f
		go p.read(ctx, f, now)
	}
	f.waiters++
	p.mu.Unlock()
	_, err := p.await(ctx, f)
	return err
}

// read carries out load.
func (p *Pool) read(ctx context.Context, f *flight, now time.Time) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grantTimeout)
	defer cancel()
	var leases []Lease
	_, err := guard(func() (l Lease, err error) {
		leases, err = p.store.PoolLeases(ctx, p.id, p.numbers)
		return l, err
	})

	p.mu.Lock()
	defer p.mu.Unlock()
	p.loading, f.err = nil, err
	if err == nil {
		p.loadedAt = now
		for _, l := range leases {
			p.learn(l)
		}
	}
	close(f.done)
}

// compareNumbers orders numbers by their digits.
func compareNumbers(a, b Number) int { return cmp.Compare(a.digits, b.digits) }
