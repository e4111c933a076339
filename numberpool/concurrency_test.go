package numberpool

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// together runs work in n goroutines that start at once.
func together(n int, work func(i int)) {
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-begin
			work(i)
		})
	}
	close(begin)
	wg.Wait()
}

// TestManyVisitorsFewNumbers: of 64 visitors who come to two processes at once,
// 16 get the 16 numbers and 48 hear that there is none.
func TestManyVisitorsFewNumbers(t *testing.T) {
	store := newLedger()
	pools := []*Pool{newPool(t, store, 16), newPool(t, store, 16)}
	var mu sync.Mutex
	got, refused := make(map[Number]SessionID), 0
	together(64, func(i int) {
		l, err := pools[i%2].Acquire(t.Context(), visitor(byte(i+1)), noon)
		mu.Lock()
		defer mu.Unlock()
		if errors.Is(err, ErrPoolExhausted) {
			refused++
			return
		}
		if err != nil || !got[l.Number].IsZero() {
			t.Errorf("session %d: %v, or a number that another has", i, err)
		}
		got[l.Number] = l.Session
	})
	require.Len(t, got, 16)
	require.Equal(t, 48, refused)
}

// TestChurn: visitors come, leave and refuse, on three processes at once. At no
// time does anybody hold a number that another holds.
func TestChurn(t *testing.T) {
	store := newLedger()
	var pools []*Pool
	for range 3 {
		pools = append(pools, newPool(t, store, 8))
	}
	var mu sync.Mutex
	held := make(map[Number]SessionID)
	together(24, func(i int) {
		id := visitor(byte(i + 1))
		for round := range 50 {
			p := pools[(i+round)%len(pools)]
			now := noon.Add(time.Duration(round) * time.Microsecond)
			l, err := p.Acquire(t.Context(), id, now)
			if errors.Is(err, ErrPoolExhausted) {
				continue
			}
			mu.Lock()
			if other, taken := held[l.Number]; err != nil || taken && other != id.Session {
				t.Errorf("session %d in round %d: %v, or a number that another has", i, round, err)
			}
			held[l.Number] = id.Session
			mu.Unlock()
			if round%3 == 0 {
				continue // stays for another page
			}
			mu.Lock()
			delete(held, l.Number) // before the release: from then on it may be another's
			mu.Unlock()
			if err := p.Release(t.Context(), l, now); err != nil {
				t.Error(err)
			}
		}
	})
}

// TestGenerationFences: a late writer, whose number was granted anew, neither
// renews nor ends the new lease.
func TestGenerationFences(t *testing.T) {
	store := newLedger()
	early, late := newPool(t, store, 1), newPool(t, store, 1)
	old, err := early.Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err)
	at := noon.Add(DefaultHold)
	lease, err := late.Acquire(t.Context(), visitor(2), at)
	require.NoError(t, err)
	require.Equal(t, old.Generation+1, lease.Generation)

	req := visitor(1)
	req.Number, req.Generation = old.Number, old.Generation
	_, err = early.Acquire(t.Context(), req, at.Add(time.Second))
	require.ErrorIs(t, err, ErrPoolExhausted)
	require.NoError(t, early.Release(t.Context(), old, at.Add(time.Second)))
	require.Equal(t, lease, store.snapshot()[lease.Number])
}

// TestNumberThatLeftThePool: a session that holds a number which is no longer in
// the configuration gives it back and gets another one.
func TestNumberThatLeftThePool(t *testing.T) {
	store := newLedger()
	before := newPool(t, store, 1)
	old, err := before.Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err)

	after, err := New(store, Config{ID: before.ID(), Numbers: numbers(3)[1:]})
	require.NoError(t, err)
	lease, err := after.Acquire(t.Context(), visitor(1), noon.Add(time.Second))
	require.NoError(t, err)
	require.True(t, after.Has(lease.Number))
	require.True(t, store.snapshot()[old.Number].Session.IsZero())

	// If the store fails in between, no number is shown.
	_, err = before.Acquire(t.Context(), visitor(2), noon.Add(time.Second))
	require.NoError(t, err)
	calls := 0
	store.delay(func() error {
		if calls++; calls > 1 {
			return errDown
		}
		return nil
	})
	_, err = after.Acquire(t.Context(), visitor(2), noon.Add(2*time.Second))
	require.ErrorIs(t, err, errDown)
}

// TestFullPoolKnowsItsHolders: a holder who comes without the cookie is told the
// number he has, also by a process that did not grant it.
func TestFullPoolKnowsItsHolders(t *testing.T) {
	store := newLedger()
	pools := []*Pool{newPool(t, store, 2), newPool(t, store, 2)}
	for i := range byte(2) {
		_, err := pools[0].Acquire(t.Context(), visitor(i+1), noon)
		require.NoError(t, err)
	}
	for i := range byte(2) {
		for _, p := range pools {
			l, err := p.Acquire(t.Context(), visitor(i+1), noon.Add(time.Second))
			require.NoError(t, err)
			require.EqualValues(t, 1, l.Generation)
		}
	}
}

func TestAcquireWithoutSession(t *testing.T) {
	s := &script{}
	_, err := newPool(t, s, 1).Acquire(t.Context(), Request{}, noon)
	require.ErrorIs(t, err, ErrNoSession)
	require.Zero(t, s.grants.Load())
}

func TestAcquireOfAnothersNumber(t *testing.T) {
	store := newLedger()
	_, err := newPool(t, store, 1).Acquire(t.Context(), visitor(1), noon)
	require.NoError(t, err)
	p, err := New(store, Config{ID: PoolID{"other", "main"}, Numbers: numbers(2)})
	require.NoError(t, err)
	_, err = p.Acquire(t.Context(), visitor(2), noon)
	require.ErrorIs(t, err, ErrNumberOwned)
}
