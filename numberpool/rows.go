package numberpool

import (
	"context"
	"errors"
	"time"
)

// reloadEvery is how often an exhausted pool asks the store at most whether
// another process has let a number go.
const reloadEvery = time.Second

// row is a number's lease as the store last reported it. It can be stale, which
// costs a refusal and never a number: the store compares the generation and the
// end before it grants.
type row struct {
	Lease
	// pending means that a grant of this number is on its way to the store. No
	// other grant of this process is tried then, and so a store that hangs holds
	// one goroutine for each number and not one for each visitor.
	pending bool
}

// learn remembers a row that the store reported. Replies can overtake each
// other, so an older generation is no news; an older end does no harm, because
// the store refuses what builds on it. p.mu is held.
func (p *Pool) learn(l Lease) {
	if i, ok := p.find(l.Number); ok && l.Generation >= p.rows[i].Generation {
		p.rows[i].Lease = l
	}
}

// disown takes the session off a row of which the store has said that its lease
// is somebody else's by now. p.mu is held.
func (p *Pool) disown(n Number, generation uint64) {
	if i, ok := p.find(n); ok && p.rows[i].Generation == generation {
		p.rows[i].Session = SessionID{}
	}
}

// settle remembers the answer to the offer of row i, which is pending until
// then. p.mu is held.
func (p *Pool) settle(i int, l Lease, err error) {
	p.rows[i].pending = false
	switch {
	case err == nil:
		p.learn(l)
	case errors.Is(err, ErrLeaseTaken) && l.Number == p.numbers[i]:
		// A refusal is believed even if it names an older generation. The data
		// may have been erased, or come from a backup, and whoever insisted on
		// what he remembers would be refused for ever.
		p.rows[i].Lease = l
	case errors.Is(err, ErrUnknownNumber):
		p.loadedAt = time.Time{} // the next call adds the numbers again
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
		go p.read(context.WithoutCancel(ctx), f, now)
	}
	f.waiters++
	p.mu.Unlock()
	_, err := p.await(ctx, f)
	return err
}

// read carries out load.
func (p *Pool) read(ctx context.Context, f *flight, now time.Time) {
	var leases []Lease
	_, err := p.guarded(ctx, func(ctx context.Context) (g granted, err error) {
		leases, err = p.store.PoolLeases(ctx, p.id, p.numbers)
		return g, err
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
