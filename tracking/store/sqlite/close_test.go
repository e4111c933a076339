package sqlite

import (
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
)

// TestCloseDrains: Close waits for jobs whose callers have gone, and what they
// did is there.
func TestCloseDrains(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qooqie.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	fill(t, s, testPool.Customer)
	unlock := lock(t, s.newCustomer(testPool.Customer).calls.path)
	var wg sync.WaitGroup
	end := func() {
		if err := s.EndLeases(t.Context(), testPool.Customer, noon.Add(time.Hour), noon); err != nil {
			t.Error(err)
		}
	}
	c := s.customers[testPool.Customer].calls
	wg.Go(end)
	c.drained() // it waits for the lock
	wg.Go(end)
	c.queued(1) // and this one for the commit before
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	for {
		s.mu.Lock()
		done := s.closed
		s.mu.Unlock()
		if done {
			break
		}
		runtime.Gosched()
	}
	select {
	case err := <-closed:
		t.Error("Close did not wait: ", err)
	default:
	}
	unlock()
	require.NoError(t, <-closed)
	wg.Wait()

	again := opened(t, path)
	rows, err := again.PoolLeases(t.Context(), testPool, nil)
	require.NoError(t, err)
	require.True(t, rows[0].Session.IsZero())
}

// TestIdleStoreHasNoGoroutine: what the batch writer starts ends with the queue.
func TestIdleStoreHasNoGoroutine(t *testing.T) {
	f := newTally(t, "")
	for i := range 3 {
		require.NoError(t, writeTo(f, do(i)))
		for idle := false; !idle; runtime.Gosched() {
			f.mu.Lock()
			idle = !f.writing && f.queue == nil && len(f.slots) == 0
			f.mu.Unlock()
		}
	}
}

// TestTwoHandles: two stores on one path are as two processes.
func TestTwoHandles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qooqie.db")
	a, b := opened(t, path), opened(t, path)
	fill(t, a, testPool.Customer)
	want := numberpool.Lease{
		Pool: testPool, Number: testNumbers(1)[0], Generation: 2, Session: testSession(2),
		Since: noon.Add(time.Minute), SeenAt: noon.Add(time.Minute), ExpiresAt: noon.Add(time.Hour),
	}
	got, err := b.GrantLease(t.Context(), want)
	require.NoError(t, err)
	require.Equal(t, want, got)
	want.Session = testSession(3)
	refused, err := a.GrantLease(t.Context(), want)
	require.ErrorIs(t, err, numberpool.ErrLeaseTaken)
	require.Equal(t, got, refused, "with the row as the other left it")
	_, err = b.PoolLeases(t.Context(), numberpool.PoolID{Customer: "bolt", Name: "x"}, testNumbers(1))
	require.ErrorIs(t, err, numberpool.ErrNumberOwned)
}
