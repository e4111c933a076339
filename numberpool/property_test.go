package numberpool

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// world is what visitors have seen: two pools on one store, as two processes
// are, and the numbers that responses have shown. It is the model that the pool
// is held against.
type world struct {
	store *ledger
	pools [2]*Pool
	now   time.Time
	// shown has what the last response with the number promised.
	shown map[Number]Lease
	// proofs is what the cookie of each session says.
	proofs map[SessionID]Lease
}

const worldSize = 3 // numbers

func newWorld(t require.TestingT) *world {
	w := &world{
		store: newLedger(), now: noon,
		shown: make(map[Number]Lease), proofs: make(map[SessionID]Lease),
	}
	for i := range w.pools {
		p, err := New(w.store, Config{ID: PoolID{"customer", "main"}, Numbers: numbers(worldSize)})
		require.NoError(t, err)
		w.pools[i] = p
	}
	return w
}

func drawSession(t *rapid.T) SessionID {
	return SessionID{byte(rapid.IntRange(1, 5).Draw(t, "session"))}
}

// request is what a session asks; if it brings its cookie, with proof.
func (w *world) request(t *rapid.T) Request {
	req := Request{Session: drawSession(t), Attribution: Attribution{
		Source: rapid.SampledFrom([]string{"", "google", "bing"}).Draw(t, "source"),
	}}
	if proof, ok := w.proofs[req.Session]; ok && rapid.Bool().Draw(t, "cookie") {
		req.Number, req.Generation = proof.Number, proof.Generation
	}
	return req
}

// tick lets more time pass than an exhausted pool waits before it asks again.
func (w *world) tick(t *rapid.T) {
	w.now = w.now.Add(rapid.SampledFrom([]time.Duration{
		reloadEvery, 20 * time.Second, DefaultHold - time.Second, DefaultHold, time.Hour,
	}).Draw(t, "pass"))
}

// acquire is a page view.
func (w *world) acquire(t *rapid.T) {
	p, req := w.pools[rapid.IntRange(0, 1).Draw(t, "process")], w.request(t)
	w.now = w.now.Add(reloadEvery)
	lease, err := p.Acquire(t.Context(), req, w.now)
	rows := w.store.snapshot()
	if err != nil {
		require.ErrorIs(t, err, ErrPoolExhausted)
		for n, row := range rows {
			require.True(t, row.Live(w.now), "%v is free in an exhausted pool", n)
			require.NotEqual(t, req.Session, row.Session, "who has a number needs no other")
		}
		return
	}
	require.Equal(t, rows[lease.Number], lease, "what is returned is what is stored")
	require.Equal(t, req.Session, lease.Session)
	require.False(t, lease.ExpiresAt.Before(w.now.Add(p.Hold())), "it ends the hold after now, or later")
	for n, old := range w.shown {
		if n == lease.Number {
			require.True(t, old.Session == lease.Session || !old.Live(w.now), "a live lease was taken")
			require.True(t, old.Session != lease.Session || old.Generation <= lease.Generation, "generations grow")
		} else if old.Session == lease.Session {
			require.False(t, old.Live(w.now), "a session has two live numbers")
		}
	}
	w.shown[lease.Number], w.proofs[req.Session] = lease, lease
}

// abandon is a page view for which the store is too slow.
func (w *world) abandon(t *rapid.T) {
	p, req := w.pools[rapid.IntRange(0, 1).Draw(t, "process")], w.request(t)
	w.now = w.now.Add(reloadEvery)
	gate, arrived := make(chan struct{}), make(chan struct{}, 100)
	w.store.delay(func() error { arrived <- struct{}{}; <-gate; return nil })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = p.Acquire(ctx, req, w.now) // whatever it is, no response shows the number
	}()
	select {
	case <-arrived:
	case <-done: // an exhausted pool asks the store for nothing
	}
	cancel()
	if req.Generation == 0 {
		<-done
	}
	close(gate)
	<-done
	// Whether the number was granted and is released again is decided behind
	// the caller's back.
	for settled := false; !settled; runtime.Gosched() {
		p.mu.Lock()
		settled = len(p.grants) == 0
		p.mu.Unlock()
	}
	w.store.delay(nil)
	if req.Generation != 0 {
		// A renewal runs in the caller, who may have seen it succeed.
		if row := w.store.snapshot()[req.Number]; row.Generation == req.Generation && row.Session == req.Session {
			w.shown[req.Number] = row
		}
	}
}

// refuse is a visitor who withdraws consent.
func (w *world) refuse(t *rapid.T) {
	id := drawSession(t)
	proof, ok := w.proofs[id]
	if !ok {
		return
	}
	p := w.pools[rapid.IntRange(0, 1).Draw(t, "process")]
	require.NoError(t, p.Release(t.Context(), proof, w.now))
	if old := w.shown[proof.Number]; old.Session == id && old.Generation == proof.Generation {
		delete(w.shown, proof.Number)
	}
	delete(w.proofs, id)
}

// sweep takes the ids off ended leases.
func (w *world) sweep(t *rapid.T) {
	require.NoError(t, w.store.EndLeases(t.Context(), "customer", w.now, w.now))
	for _, row := range w.store.snapshot() {
		require.True(t, row.Live(w.now) || row.Session.IsZero())
	}
}

// TestPoolAgainstModel: whatever happens in whatever order, no number is part of
// two live leases, a live lease is never taken, a session keeps its number, and
// a pool is exhausted only if every number is held.
func TestPoolAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		t.Repeat(map[string]func(*rapid.T){
			"acquire": w.acquire,
			"again":   w.acquire, // twice as likely
			"abandon": w.abandon,
			"refuse":  w.refuse,
			"sweep":   w.sweep,
			"tick":    w.tick,
		})
	})
}

// TestErasedPoolBeginsAnew: the end of an agreement erases the store under a
// pool that remembers its rows. With the next agreement every number can be
// leased again.
func TestErasedPoolBeginsAnew(t *testing.T) {
	w := newWorld(t)
	p := w.pools[0]
	for generation := range 4 {
		for i := range byte(worldSize) {
			at := noon.Add(time.Duration(generation) * time.Hour)
			_, err := p.Acquire(t.Context(), visitor(i+1+byte(generation)*10), at)
			require.NoError(t, err)
		}
	}
	w.store.erase()
	at := noon.Add(24 * time.Hour)
	_, err := p.Acquire(t.Context(), visitor(100), at)
	require.ErrorIs(t, err, ErrUnknownNumber, "the first one finds out")
	for i := range byte(worldSize) {
		l, err := p.Acquire(t.Context(), visitor(101+i), at)
		require.NoError(t, err)
		require.EqualValues(t, 1, l.Generation)
	}
	_, err = p.Acquire(t.Context(), visitor(110), at)
	require.ErrorIs(t, err, ErrPoolExhausted)
}
