package numberpool

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// script is a Store that answers what a test tells it to. The rules of a store
// are tested with real ones; here it is what a Pool makes of the answers.
type script struct {
	load    func() ([]Lease, error)
	grant   func(ctx context.Context, want Lease) (Lease, error)
	renew   func(want Lease) (Lease, error)
	release func(n Number, generation uint64) error

	loads, grants, releases atomic.Int32
}

func (s *script) PoolLeases(context.Context, PoolID, []Number) ([]Lease, error) {
	s.loads.Add(1)
	if s.load == nil {
		return nil, nil
	}
	return s.load()
}

func (s *script) GrantLease(ctx context.Context, want Lease) (Lease, error) {
	s.grants.Add(1)
	if s.grant == nil {
		return want, nil
	}
	return s.grant(ctx, want)
}

func (s *script) RenewLease(_ context.Context, want Lease) (Lease, error) {
	if s.renew == nil {
		return Lease{}, ErrLeaseTaken
	}
	return s.renew(want)
}

func (s *script) ReleaseLease(_ context.Context, _ PoolID, n Number, generation uint64, _ time.Time) error {
	s.releases.Add(1)
	if s.release == nil {
		return nil
	}
	return s.release(n, generation)
}

func (s *script) EndLeases(context.Context, string, time.Time, time.Time) error { return nil }

func (s *script) NumberHolders(_ context.Context, _ PoolID, n Number, from, at time.Time) ([]Lease, error) {
	return []Lease{{Number: n, Since: from, SeenAt: at}}, nil
}

// numbers returns n numbers, +31850000001 and on.
func numbers(n int) []Number {
	list := make([]Number, n)
	for i := range list {
		list[i] = Number{31850000001 + uint64(i)}
	}
	return list
}

func newPool(t *testing.T, s Store, n int) *Pool {
	t.Helper()
	p, err := New(s, Config{ID: PoolID{"customer", "main"}, Numbers: numbers(n)})
	require.NoError(t, err)
	return p
}

// visitor is the i-th session of a test.
func visitor(i byte) Request {
	return Request{Session: SessionID{i}, Attribution: Attribution{Source: "google"}}
}

func TestNewReportsEveryMistake(t *testing.T) {
	n := numbers(1)[0]
	_, err := New(&script{}, Config{Numbers: []Number{n, n, {}}, Hold: time.Second})
	var fields []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var mistake *ConfigError
		require.ErrorAs(t, e, &mistake)
		require.NotEmpty(t, mistake.Reason)
		fields = append(fields, mistake.Field)
	}
	require.Equal(t, []string{"ID", "Numbers", "Numbers", "Hold"}, fields)
	require.NotContains(t, err.Error(), n.E164(), "a text has no more than the ends of a number")
	require.Contains(t, err.Error(), "elements 0 and 1")

	_, err = New(&script{}, Config{ID: PoolID{"c", "p"}})
	require.ErrorContains(t, err, "at least one number")
}

func TestAcquireGivesEachSessionItsOwnNumber(t *testing.T) {
	s := &script{}
	p := newPool(t, s, 3)
	require.Equal(t, DefaultHold, p.Hold())
	got := map[Number]bool{}
	for i := range byte(3) {
		l, err := p.Acquire(t.Context(), visitor(i+1), noon)
		require.NoError(t, err)
		require.Equal(t, uint64(1), l.Generation)
		require.Equal(t, noon.Add(DefaultHold), l.ExpiresAt)
		got[l.Number] = true
	}
	require.Len(t, got, 3)

	_, err := p.Acquire(t.Context(), visitor(9), noon)
	require.ErrorIs(t, err, ErrPoolExhausted)
	require.EqualValues(t, 3, s.grants.Load(), "an exhausted pool asks for no grant")
}

// TestExhaustedAsksOnceASecond: another process may have let a number go, but a
// rush of visitors is no reason to ask for each of them.
func TestExhaustedAsksOnceASecond(t *testing.T) {
	taken := Lease{Number: numbers(1)[0], Generation: 1, ExpiresAt: noon.Add(time.Hour)}
	s := &script{load: func() ([]Lease, error) { return []Lease{taken}, nil }}
	p := newPool(t, s, 1)
	for range 50 {
		_, err := p.Acquire(t.Context(), visitor(1), noon.Add(reloadEvery-1))
		require.ErrorIs(t, err, ErrPoolExhausted)
	}
	require.EqualValues(t, 1, s.loads.Load())

	taken.ExpiresAt = noon // released elsewhere
	l, err := p.Acquire(t.Context(), visitor(1), noon.Add(2*reloadEvery))
	require.NoError(t, err)
	require.Equal(t, uint64(2), l.Generation)
	require.EqualValues(t, 2, s.loads.Load())
}

// TestAcquireOvertaken: when other processes are quicker, the pool learns from
// each refusal and goes on to the next number.
func TestAcquireOvertaken(t *testing.T) {
	s := &script{}
	s.grant = func(_ context.Context, want Lease) (Lease, error) {
		if want.Number == numbers(3)[2] {
			return want, nil
		}
		want.Generation, want.Session = 7, SessionID{}
		want.ExpiresAt = noon.Add(time.Hour)
		return want, ErrLeaseTaken
	}
	p := newPool(t, s, 3)
	l, err := p.Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err)
	require.Equal(t, numbers(3)[2], l.Number)
	require.EqualValues(t, 3, s.grants.Load())
}

// TestAcquireNeverSpins: a store that refuses for ever without telling why is
// given up on.
func TestAcquireNeverSpins(t *testing.T) {
	s := &script{grant: func(context.Context, Lease) (Lease, error) { return Lease{}, ErrLeaseTaken }}
	p := newPool(t, s, 4)
	_, err := p.Acquire(t.Context(), visitor(1), noon)
	require.ErrorIs(t, err, ErrPoolExhausted)
}

func TestAcquireRenewsWhatTheSessionProves(t *testing.T) {
	s := &script{renew: func(want Lease) (Lease, error) { return want, nil }}
	p := newPool(t, s, 2)
	req := visitor(1)
	req.Number, req.Generation = numbers(2)[1], 4
	l, err := p.Acquire(t.Context(), req, noon)
	require.NoError(t, err)
	require.Equal(t, req.Number, l.Number)
	require.Zero(t, s.grants.Load())

	// The number is somebody else's by now: the session gets another one.
	s.renew = nil
	l, err = p.Acquire(t.Context(), req, noon)
	require.NoError(t, err)
	require.Equal(t, numbers(2)[0], l.Number, "the renewed one is known to be live")

	// A store that fails is no reason to take a second number.
	s.renew = func(Lease) (Lease, error) { return Lease{}, errDown }
	_, err = p.Acquire(t.Context(), req, noon)
	require.ErrorIs(t, err, errDown)
}

var errDown = errors.New("store down")

func TestAcquireStoreErrors(t *testing.T) {
	s := &script{load: func() ([]Lease, error) { return nil, errDown }}
	p := newPool(t, s, 1)
	_, err := p.Acquire(t.Context(), visitor(1), noon)
	require.ErrorIs(t, err, errDown)

	s.load = nil
	s.grant = func(context.Context, Lease) (Lease, error) { return Lease{}, errDown }
	_, err = p.Acquire(t.Context(), visitor(1), noon)
	require.ErrorIs(t, err, errDown)

	s.grant = nil
	_, err = p.Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err, "the number is still there after a failed grant")
}

func TestAcquireSurvivesAPanickingStore(t *testing.T) {
	s := &script{grant: func(context.Context, Lease) (Lease, error) { panic("+31612345678 called") }}
	p := newPool(t, s, 1)
	_, err := p.Acquire(t.Context(), visitor(1), noon)
	require.ErrorContains(t, err, "panicked with a string")
	require.NotContains(t, err.Error(), "+316")
	s.grant = nil
	_, err = p.Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err)
}

// TestAcquireIsSharedWithinASession: two tabs that open at once get one number.
func TestAcquireIsSharedWithinASession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		go_ := make(chan struct{})
		s := &script{grant: func(_ context.Context, want Lease) (Lease, error) { <-go_; return want, nil }}
		p := newPool(t, s, 8)
		var wg sync.WaitGroup
		got := make([]Number, 5)
		for i := range got {
			wg.Go(func() {
				l, err := p.Acquire(t.Context(), visitor(1), noon)
				require.NoError(t, err)
				got[i] = l.Number
			})
		}
		synctest.Wait()
		close(go_)
		wg.Wait()
		for _, n := range got {
			require.Equal(t, got[0], n)
		}
		require.EqualValues(t, 1, s.grants.Load())
	})
}

// TestAbandonedGrantIsReleased: a visitor who was shown the swap target because
// the store was slow must not hold a number.
func TestAbandonedGrantIsReleased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{}
		s.grant = func(ctx context.Context, want Lease) (Lease, error) {
			time.Sleep(time.Second) // in the bubble
			require.NoError(t, ctx.Err(), "a grant is not cancelled by its caller")
			return want, nil
		}
		var released uint64
		s.release = func(_ Number, generation uint64) error { released = generation; return nil }
		p := newPool(t, s, 1)

		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := p.Acquire(ctx, visitor(1), noon)
		require.ErrorIs(t, err, context.DeadlineExceeded)

		_, err = p.Acquire(t.Context(), visitor(2), noon)
		require.ErrorIs(t, err, ErrPoolExhausted, "the outcome is not known yet")

		time.Sleep(2 * time.Second)
		synctest.Wait()
		require.EqualValues(t, 1, s.releases.Load())
		require.EqualValues(t, 1, released)
		l, err := p.Acquire(t.Context(), visitor(2), noon)
		require.NoError(t, err)
		require.EqualValues(t, 2, l.Generation)
	})
}

// TestGrantStaysWhileSomebodyWaits: one tab gives up, the other gets the number.
func TestGrantStaysWhileSomebodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{grant: func(_ context.Context, want Lease) (Lease, error) {
			time.Sleep(time.Second)
			return want, nil
		}}
		p := newPool(t, s, 1)
		impatient, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			_, err := p.Acquire(impatient, visitor(1), noon)
			require.ErrorIs(t, err, context.DeadlineExceeded)
		})
		wg.Go(func() {
			_, err := p.Acquire(t.Context(), visitor(1), noon)
			require.NoError(t, err)
		})
		wg.Wait()
		synctest.Wait()
		require.Zero(t, s.releases.Load())
	})
}

// TestHungStoreHoldsFewGoroutines: however many visitors come, a store that does
// not answer holds one grant for each number and no more.
func TestHungStoreHoldsFewGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{grant: func(ctx context.Context, _ Lease) (Lease, error) { <-ctx.Done(); return Lease{}, ctx.Err() }}
		p := newPool(t, s, 4)
		for i := range byte(100) {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			_, err := p.Acquire(ctx, visitor(i+1), noon)
			require.Error(t, err)
			cancel()
		}
		require.EqualValues(t, 4, s.grants.Load())
		time.Sleep(2 * grantTimeout)
		synctest.Wait()
	})
}

func TestRelease(t *testing.T) {
	s := &script{}
	p := newPool(t, s, 1)
	l, err := p.Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err)
	require.NoError(t, p.Release(t.Context(), l, noon))
	again, err := p.Acquire(t.Context(), visitor(2), noon)
	require.NoError(t, err)
	require.Equal(t, l.Number, again.Number)
	require.Equal(t, l.Generation+1, again.Generation)

	s.release = func(Number, uint64) error { return errDown }
	require.ErrorIs(t, p.Release(t.Context(), again, noon), errDown)
}

func TestLeasesHasEveryNumber(t *testing.T) {
	known := Lease{Number: numbers(3)[1], Generation: 5}
	s := &script{load: func() ([]Lease, error) {
		return []Lease{known, {Number: Number{31859999999}, Generation: 1}}, nil
	}}
	leases, err := newPool(t, s, 3).Leases(t.Context())
	require.NoError(t, err)
	require.Len(t, leases, 3, "a number that is no longer the pool's is left out")
	require.Equal(t, known, leases[1])
	require.Zero(t, leases[0].Generation)

	s.load = func() ([]Lease, error) { return nil, errDown }
	_, err = newPool(t, s, 3).Leases(t.Context())
	require.ErrorIs(t, err, errDown)
}

func TestHoldersAsksForTheWindow(t *testing.T) {
	holders, err := newPool(t, &script{}, 1).Holders(t.Context(), numbers(1)[0], noon)
	require.NoError(t, err)
	require.Equal(t, noon.Add(-Window), holders[0].Since)
	require.Equal(t, noon, holders[0].SeenAt)
}

func TestIsAndHas(t *testing.T) {
	p := newPool(t, &script{}, 2)
	n := numbers(3)
	require.True(t, p.Is([]Number{n[1], n[0]}))
	require.False(t, p.Is(n))
	require.True(t, p.Has(n[0]))
	require.False(t, p.Has(n[2]))
	require.Equal(t, PoolID{"customer", "main"}, p.ID())
}
