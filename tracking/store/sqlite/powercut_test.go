package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// promises is what a store has reported as done.
type promises struct {
	mu     sync.Mutex
	leases map[numberpool.Number]numberpool.Lease
	calls  map[string]tracking.Call
}

// work lets writers use the store until the power goes, or for some rounds, and
// notes what was reported.
func (p *promises) work(t *testing.T, s *Store, rng *rand.Rand) {
	t.Helper()
	var wg sync.WaitGroup
	size := len(testNumbers(4))
	for w := range size {
		n, seed := testNumbers(size)[w], rng.Uint64()
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(seed, uint64(w)))
			for range 40 {
				if err := p.step(t.Context(), s, n, rng); err != nil {
					if !errors.Is(err, sqlite3.IOERR) && !errors.Is(err, sqlite3.CANTOPEN) {
						t.Errorf("another error than that of the disk: %v", err)
					}
					return
				}
			}
		})
	}
	wg.Wait()
}

// step is one write.
func (p *promises) step(ctx context.Context, s *Store, n numberpool.Number, rng *rand.Rand) error {
	p.mu.Lock()
	last := p.leases[n]
	p.mu.Unlock()
	at := last.ExpiresAt.Add(time.Second)
	want := numberpool.Lease{
		Pool: testPool, Number: n, Generation: last.Generation + 1, Session: testSession(rng.IntN(1 << 16)),
		Since: at, SeenAt: at, ExpiresAt: at.Add(time.Minute), Attribution: numberpool.Attribution{Source: fmt.Sprint(at.Unix())},
	}
	if last.Generation == 0 {
		want.Since, want.SeenAt, want.ExpiresAt = noon, noon, noon.Add(time.Minute)
	}
	switch rng.IntN(3) {
	case 0:
		call := tracking.Call{
			Customer: testPool.Customer, Carrier: "c", ID: fmt.Sprint(n.Digits(), at.UnixMicro()), StartedAt: noon, Caller: "x",
		}
		got, err := s.PutCall(ctx, call, keepStored)
		if err == nil {
			p.mu.Lock()
			p.calls[got.ID] = got
			p.mu.Unlock()
		}
		return err
	case 1:
		if last.Generation > 0 {
			want.Generation, want.Session = last.Generation, last.Session
			got, err := s.RenewLease(ctx, want)
			return p.promise(got, err)
		}
	}
	got, err := s.GrantLease(ctx, want)
	return p.promise(got, err)
}

// promise notes a lease. A refusal comes from a write whose outcome was unknown
// before the power went.
func (p *promises) promise(l numberpool.Lease, err error) error {
	if errors.Is(err, numberpool.ErrLeaseTaken) {
		err = nil
	}
	if err == nil && !l.Number.IsZero() {
		p.mu.Lock()
		p.leases[l.Number] = l
		p.mu.Unlock()
	}
	return err
}

// lost counts what was reported and is not there. What is there without a report
// is taken over.
func (p *promises) lost(t *testing.T, s *Store) (n int) {
	t.Helper()
	rows, err := s.PoolLeases(t.Context(), testPool, nil)
	require.NoError(t, err)
	stored := make(map[numberpool.Number]numberpool.Lease)
	for _, row := range rows {
		stored[row.Number] = row
	}
	for number, want := range p.leases {
		got := stored[number]
		if got.Generation < want.Generation || got.Generation == want.Generation && got.ExpiresAt.Before(want.ExpiresAt) {
			n++
		}
		p.leases[number] = got
	}
	calls, err := s.Calls(t.Context(), testPool.Customer, time.Time{}, 1<<30)
	require.NoError(t, err)
	there := make(map[string]tracking.Call)
	for _, c := range calls {
		there[c.ID] = c
	}
	for id, want := range p.calls {
		if there[id] != want {
			n++
			delete(p.calls, id)
		}
	}
	return n
}

// cuts lets a store work through power cuts with the given schema of calls, and
// returns how many promises were broken, and of how many.
func cuts(t *testing.T, seed uint64, rounds int, calls *schema) (lost, promised int) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "qooqie.db")
	rng := rand.New(rand.NewPCG(seed, 1))
	p := &promises{leases: make(map[numberpool.Number]numberpool.Lease), calls: make(map[string]tracking.Call)}
	first, err := Open(t.Context(), path)
	require.NoError(t, err)
	_, err = first.PoolLeases(t.Context(), testPool, testNumbers(4))
	require.NoError(t, err)
	require.NoError(t, first.Close())
	for range rounds {
		d := newDisk(t, rng.Uint64())
		s, err := open(t.Context(), path, d.name)
		require.NoError(t, err)
		c := s.newCustomer(testPool.Customer)
		c.calls.schema = calls
		s.customers[testPool.Customer] = c
		d.failFrom(1+rng.IntN(150), func(string) error { return errPower })
		p.work(t, s, rng)
		d.failFrom(0, func(string) error { return errPower })
		_ = s.Close() // as the end of the process does
		d.powerCut(t)
		removeShared(t, dir)
		promised += len(p.leases)

		// The machine starts again.
		again, err := Open(t.Context(), path)
		require.NoError(t, err)
		lost += p.lost(t, again)
		require.NoError(t, lend(again.customers[testPool.Customer].calls, func(c *conn) error {
			got, err := c.text(`PRAGMA integrity_check`)
			require.Equal(t, []string{"ok"}, got)
			halves, err2 := c.text(`SELECT count(*) FROM numbers WHERE slot NOT IN (SELECT slot FROM sessions)`)
			require.Equal(t, []string{"0"}, halves)
			return errors.Join(err, err2)
		}))
		require.NoError(t, again.Close())
	}
	return lost, promised + len(p.calls)
}

// removeShared removes the indexes of the logs, which are memory.
func removeShared(t *testing.T, dir string) {
	t.Helper()
	for name := range contents(t, dir) {
		if filepath.Ext(name) == ".db-shm" {
			require.NoError(t, os.Remove(name))
		}
	}
}

// TestPowerCut: whatever the disk keeps of what was not synced, no lease and no
// call that was reported is lost, and no file is damaged.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	lost, promised := cuts(t, seed, 20, &callsSchema)
	require.Zero(t, lost)
	require.Greater(t, promised, 50)
}

// TestPowerCutHasTeeth: with synchronous=NORMAL, which counters have, the same
// test does find losses; that setting is not for leases.
func TestPowerCutHasTeeth(t *testing.T) {
	t.Parallel()
	normal := callsSchema
	normal.synchronous = "NORMAL"
	for seed := range uint64(5) {
		if lost, _ := cuts(t, seed, 10, &normal); lost > 0 {
			return
		}
	}
	t.Error("50 power cuts lost nothing")
}

// TestPowerCutWhileMaking: a file that was being made is not there or complete.
func TestPowerCutWhileMaking(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		dir := t.TempDir()
		path := filepath.Join(dir, "qooqie.db")
		d := newDisk(t, uint64(n))
		d.failFrom(n, func(string) error { return errPower })
		s, err := open(t.Context(), path, d.name)
		if err == nil {
			_, _ = s.PoolLeases(t.Context(), testPool, testNumbers(1))
			_ = s.Close()
		}
		d.powerCut(t)
		removeShared(t, dir)
		again, err := Open(t.Context(), path)
		require.NoError(t, err, "cut at operation %d", n)
		fill(t, again, testPool.Customer)
		require.NoError(t, again.Close())
	}
}
