package numberpool

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// grantTimeout bounds a grant whose caller has gone, and then its release. It
// only has to be longer than any store takes that will answer at all.
const grantTimeout = 30 * time.Second

// flight is work that several callers may wait for.
type flight struct {
	done    chan struct{} // closed when lease and err are set
	lease   Lease
	err     error
	waiters int // guarded by the pool's mu
}

// errAbandoned is the outcome of a grant that was released again because nobody
// waited for it. Who joined while it was being released begins anew.
var errAbandoned = errors.New("the grant was released")

// join returns the session's grant that is under way, and true, or begins one.
func (p *Pool) join(ctx context.Context, req Request, now time.Time) (f *flight, joined bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, joined = p.grants[req.Session]
	if !joined {
		f = &flight{done: make(chan struct{})}
		p.grants[req.Session] = f
		// The caller may leave before the store answers. Only this goroutine
		// then knows what became of the number.
		go p.carryOut(context.WithoutCancel(ctx), f, req, now)
	}
	f.waiters++
	return f, joined
}

// await returns the outcome of f, or ctx's error if that comes first.
func (p *Pool) await(ctx context.Context, f *flight) (Lease, error) {
	select {
	case <-f.done:
		return f.lease, f.err
	case <-ctx.Done():
	}
	// Under the lock the outcome is either known or will find one waiter less:
	// nobody leaves a grant that is then kept.
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

// granted is a lease that the store granted.
type granted struct {
	lease Lease
	// fresh means that it looks like a new grant, and not like the renewal of a
	// lease that the session had already.
	fresh bool
}

// carryOut grants a number for f, and releases it if nobody waits any more: a
// visitor who was shown the swap target must not hold a number.
//
// A lease that was only renewed is not released, because an earlier response
// shows its number. The session's flight stays in p.grants until the release is
// over, or else the next call of the session could be given the very lease that
// is about to be released.
func (p *Pool) carryOut(ctx context.Context, f *flight, req Request, now time.Time) {
	g, err := p.guarded(ctx, func(ctx context.Context) (granted, error) { return p.grant(ctx, req, now) })

	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil && g.fresh && f.waiters == 0 {
		p.mu.Unlock()
		// An error changes nothing: the stored end stands and passes.
		_, _ = p.guarded(ctx, func(ctx context.Context) (granted, error) {
			return granted{}, p.giveBack(ctx, g.lease, now)
		})
		p.mu.Lock()
		g, err = granted{}, errAbandoned
	}
	f.lease, f.err = g.lease, err
	delete(p.grants, req.Session)
	close(f.done)
}

// giveBack releases a lease that was granted at now and that no response shows.
// It asks for the lease's earlier assignments first: the session can have been
// granted the number by another process, in which case the store has renewed
// that lease and has begun another assignment if the campaign is another.
func (p *Pool) giveBack(ctx context.Context, l Lease, now time.Time) error {
	holders, err := p.Holders(ctx, l.Number, now)
	if err != nil {
		return err
	}
	for _, h := range holders {
		if h.Generation == l.Generation && h.Since.Before(l.Since) {
			return nil
		}
	}
	return p.Release(ctx, l, now)
}

// guarded runs work for at most grantTimeout and turns a panic of the store into
// an error: it would end the process, for no handler stands above these
// goroutines. The panic's value may hold data of a visitor, so only its type is
// told.
func (p *Pool) guarded(
	ctx context.Context, work func(context.Context) (granted, error),
) (g granted, err error) {
	ctx, cancel := context.WithTimeout(ctx, grantTimeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			g, err = granted{}, fmt.Errorf("numberpool: the store panicked with a %T", v)
		}
	}()
	return work(ctx)
}

// grant offers numbers to the store until one is granted or none is left.
func (p *Pool) grant(ctx context.Context, req Request, now time.Time) (granted, error) {
	if err := p.load(ctx, now, false); err != nil {
		return granted{}, err
	}
	reloaded := false
	// Other processes can be quicker with each of the numbers, more than once
	// only if leases end meanwhile. The bound keeps a store that always refuses
	// from holding the caller for ever.
	for range 2*len(p.numbers) + 1 {
		i := p.reserve(req.Session, now)
		if i < 0 && !reloaded {
			reloaded = true
			if err := p.load(ctx, now, true); err != nil {
				return granted{}, err
			}
			continue
		}
		if i < 0 {
			break
		}
		g, err := p.offer(ctx, i, req, now)
		switch {
		case errors.Is(err, ErrLeaseTaken):
		case err == nil && !p.Has(g.lease.Number):
			// The session held a number that has left the pool since, and that
			// number must not be shown any more. It gives it back.
			err = p.store.ReleaseLease(ctx, p.id, g.lease.Number, g.lease.Generation, now)
			if err != nil {
				return granted{}, err
			}
		default:
			return g, err
		}
	}
	return granted{}, ErrPoolExhausted
}

// reserve marks the number to be offered next as pending and returns its index,
// or -1. That is the session's own, if a row has it, also while it is held: the
// store then renews it. Otherwise a visitor who comes without the cookie, as
// after a first page that had sent its headers before the number was leased,
// would be refused by a full pool of which he has a number.
func (p *Pool) reserve(id SessionID, now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.rows, func(r row) bool { return r.Session == id && !r.pending })
	if i < 0 {
		i = choose(p.rows, now)
	}
	if i >= 0 {
		p.rows[i].pending = true
	}
	return i
}

// offer asks the store to grant the reserved number to the session, and
// remembers what the store says, whether it grants or refuses.
func (p *Pool) offer(ctx context.Context, i int, req Request, now time.Time) (g granted, err error) {
	p.mu.Lock()
	want := Lease{
		Pool: p.id, Number: p.numbers[i], Generation: p.rows[i].Generation + 1,
		Session: req.Session, Since: now, SeenAt: now, ExpiresAt: now.Add(p.hold),
		Attribution: req.Attribution,
	}
	p.mu.Unlock()

	// Deferred, because the store may panic and the number has to come back.
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.settle(i, g.lease, err)
	}()
	g.lease, err = p.store.GrantLease(ctx, want)
	g.fresh = err == nil && g.lease.Number == want.Number && g.lease.Generation == want.Generation &&
		!g.lease.Since.Before(now.Truncate(time.Microsecond)) // as stores keep it
	return g, err
}

// renew extends the lease that the session proves to have had.
func (p *Pool) renew(ctx context.Context, req Request, now time.Time) (Lease, error) {
	lease, err := p.store.RenewLease(ctx, Lease{
		Pool: p.id, Number: req.Number, Generation: req.Generation, Session: req.Session,
		SeenAt: now, ExpiresAt: now.Add(p.hold), Attribution: req.Attribution,
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	if errors.Is(err, ErrLeaseTaken) {
		p.disown(req.Number, req.Generation)
	}
	if err != nil {
		return Lease{}, err
	}
	p.learn(lease)
	return lease, nil
}
