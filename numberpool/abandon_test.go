package numberpool

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// impatient is an Acquire whose caller leaves before the store answers.
func impatient(t *testing.T, p *Pool, req Request, now time.Time) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := p.Acquire(ctx, req, now)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

// slow makes every write of the store take a second of the bubble.
func slow(store *ledger) { store.delay(func() error { time.Sleep(time.Second); return nil }) }

// TestAbandonedRenewalIsKept: a session that has a lease, shown by an earlier
// response, keeps it when a later request is given up.
func TestAbandonedRenewalIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		first, err := w.pools[0].Acquire(t.Context(), visitor(1), noon)
		require.NoError(t, err)
		slow(w.store)
		for _, p := range w.pools {
			impatient(t, p, visitor(1), noon.Add(time.Second))
			time.Sleep(time.Minute)
			synctest.Wait()
			row := w.store.snapshot()[first.Number]
			require.Equal(t, SessionID{1}, row.Session)
			require.Equal(t, noon.Add(time.Second+DefaultHold), row.ExpiresAt)
		}
	})
}

// TestAbandonedRenewalOfAnotherCampaignIsKept: the same where the store begins
// another assignment, which looks like a new grant to a pool that did not know
// of the first one.
func TestAbandonedRenewalOfAnotherCampaignIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, err := w.pools[1].loaded(t)
		require.NoError(t, err)
		first, err := w.pools[0].Acquire(t.Context(), visitor(1), noon)
		require.NoError(t, err)
		slow(w.store)
		other := visitor(1)
		other.Attribution.Source = "bing"
		impatient(t, w.pools[1], other, noon.Add(time.Second))
		time.Sleep(time.Minute)
		synctest.Wait()
		row := w.store.snapshot()[first.Number]
		require.Equal(t, SessionID{1}, row.Session)
		require.Equal(t, "bing", row.Attribution.Source)
	})
}

// loaded lets the pool load its rows, as its first Acquire does.
func (p *Pool) loaded(t *testing.T) ([]row, error) {
	t.Helper()
	return p.rows, p.load(t.Context(), noon, false)
}

// TestReleaseOfAbandonedGrantIsWaitedFor: the next call of the session is not
// given the lease that is being released.
func TestReleaseOfAbandonedGrantIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		p := w.pools[0]
		slow(w.store)
		impatient(t, p, visitor(1), noon)
		time.Sleep(1200 * time.Millisecond) // granted, and being released

		// At the same instant, so that the store can't tell the two apart, and
		// quicker than the release.
		w.store.delay(nil)
		second, err := p.Acquire(t.Context(), visitor(1), noon)
		require.NoError(t, err)
		time.Sleep(time.Minute)
		synctest.Wait()
		row := w.store.snapshot()[second.Number]
		require.Equal(t, second, row, "what was returned still stands")
	})
}

// TestLateReleaseSparesALaterRequest: the release of a grant that was given up
// comes after another process has renewed that lease for the session.
func TestLateReleaseSparesALaterRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		slow(w.store)
		impatient(t, w.pools[0], visitor(1), noon)
		time.Sleep(1200 * time.Millisecond) // granted, and being released
		w.store.delay(nil)
		shown, err := w.pools[1].Acquire(t.Context(), visitor(1), noon.Add(time.Second))
		require.NoError(t, err)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, shown, w.store.snapshot()[shown.Number])
	})
}

// TestJoinedGrantThatHasEnded: who joins a grant that hangs longer than the hold
// is not given a lease that is over.
func TestJoinedGrantThatHasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newLedger()
		p, err := New(store, Config{ID: PoolID{"c", "p"}, Numbers: numbers(1), Hold: minHold})
		require.NoError(t, err)
		store.delay(func() error { time.Sleep(25 * time.Second); return nil })
		var wg sync.WaitGroup
		wg.Go(func() {
			_, err := p.Acquire(t.Context(), visitor(1), noon)
			require.NoError(t, err)
		})
		time.Sleep(22 * time.Second)
		now := noon.Add(22 * time.Second)
		l, err := p.Acquire(t.Context(), visitor(1), now)
		require.NoError(t, err)
		require.True(t, l.Live(now))
		wg.Wait()
	})
}

// TestUnknownOutcomeIsNotReturned: a grant that the store may have made although
// it reports an error is shown to nobody, and found again by the next request.
func TestUnknownOutcomeIsNotReturned(t *testing.T) {
	s := newLedger()
	p := newPool(t, lossy{s}, 1)
	_, err := p.Acquire(t.Context(), visitor(1), noon)
	require.ErrorIs(t, err, errDown)
	require.Equal(t, SessionID{1}, s.snapshot()[numbers(1)[0]].Session, "it was granted")
	_, err = p.Acquire(t.Context(), visitor(2), noon)
	require.ErrorIs(t, err, ErrPoolExhausted)

	p.store = s
	l, err := p.Acquire(t.Context(), visitor(1), noon.Add(time.Second))
	require.NoError(t, err)
	require.EqualValues(t, 1, l.Generation)
}

// lossy loses the answer to a grant.
type lossy struct{ *ledger }

func (s lossy) GrantLease(ctx context.Context, want Lease) (Lease, error) {
	l, err := s.ledger.GrantLease(ctx, want)
	if err == nil {
		return Lease{}, errDown
	}
	return l, err
}
