package sqlite

import (
	"cmp"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/qooqie/qooqie/numberpool"
)

// model is what the contract of numberpool.Store says, in plain Go.
type model struct {
	rows      map[numberpool.Number]numberpool.Lease
	intervals []numberpool.Lease // the latest first
}

// put replaces a row; if the assignment is another one, the old one is kept.
func (m *model) put(old, row numberpool.Lease, begins bool) {
	if begins && old.Generation > 0 {
		old.Session = numberpool.SessionID{}
		m.intervals = slices.Insert(m.intervals, 0, old)
	}
	m.rows[row.Number] = row
}

// grant is GrantLease.
func (m *model) grant(want numberpool.Lease) (numberpool.Lease, error) {
	var own []numberpool.Lease
	for _, row := range m.rows {
		if row.Session == want.Session {
			own = append(own, row)
		}
	}
	if len(own) > 0 {
		// Of several the one that ends last, of equals the lowest number.
		slices.SortFunc(own, func(a, b numberpool.Lease) int {
			return cmp.Or(b.ExpiresAt.Compare(a.ExpiresAt), cmp.Compare(a.Number.Digits(), b.Number.Digits()))
		})
		return m.extend(own[0], want), nil
	}
	row := m.rows[want.Number]
	if row.Generation+1 != want.Generation || row.ExpiresAt.After(want.Since) {
		return row, numberpool.ErrLeaseTaken
	}
	m.put(row, want, true)
	return want, nil
}

// renew is RenewLease.
func (m *model) renew(want numberpool.Lease) (numberpool.Lease, error) {
	row := m.rows[want.Number]
	if row.Generation != want.Generation || row.Generation == 0 {
		return numberpool.Lease{}, numberpool.ErrLeaseTaken
	}
	return m.extend(row, want), nil
}

// extend renews a row.
func (m *model) extend(old, want numberpool.Lease) numberpool.Lease {
	row := old
	begins := want.Attribution != (numberpool.Attribution{}) && want.Attribution != row.Attribution
	if begins {
		row.Since, row.Attribution = want.SeenAt, want.Attribution
	}
	row.Session, row.SeenAt = want.Session, want.SeenAt
	if want.ExpiresAt.After(row.ExpiresAt) {
		row.ExpiresAt = want.ExpiresAt
	}
	m.put(old, row, begins)
	return row
}

// release is ReleaseLease.
func (m *model) release(n numberpool.Number, generation uint64, at time.Time) {
	row := m.rows[n]
	if row.Generation == generation && row.Live(at) && !row.SeenAt.After(at) {
		row.Session, row.ExpiresAt = numberpool.SessionID{}, at
		m.rows[n] = row
	}
}

// end is EndLeases.
func (m *model) end(now, forget time.Time) {
	for n, row := range m.rows {
		if !row.Live(now) {
			row.Session = numberpool.SessionID{}
			m.rows[n] = row
		}
	}
	m.intervals = slices.DeleteFunc(m.intervals, func(l numberpool.Lease) bool { return l.SeenAt.Before(forget) })
}

// drawLease is a lease that somebody asks for: any session, any generation that
// is near the row's, instants in any order.
func (m *model) drawLease(t *rapid.T) numberpool.Lease {
	n := testNumbers(3)[rapid.IntRange(0, 2).Draw(t, "number")]
	at := noon.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "at")) * time.Second)
	return numberpool.Lease{
		Pool: testPool, Number: n, Session: testSession(rapid.IntRange(1, 4).Draw(t, "session")),
		Generation: m.rows[n].Generation + uint64(rapid.IntRange(0, 2).Draw(t, "generation")),
		Since:      at, SeenAt: at, ExpiresAt: at.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "hold")) * time.Second),
		Attribution: numberpool.Attribution{Source: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "source")},
	}
}

// TestStoreAgainstModel: two handles do together what the contract says, in any
// order of calls.
func TestStoreAgainstModel(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	handles := [2]*Store{opened(t, filepath.Join(dir, "qooqie.db")), opened(t, filepath.Join(dir, "qooqie.db"))}
	rapid.Check(t, func(t *rapid.T) {
		ctx := t.Context()
		s := func(t *rapid.T) *Store { return handles[rapid.IntRange(0, 1).Draw(t, "handle")] }
		m := &model{rows: make(map[numberpool.Number]numberpool.Lease)}
		_, err := handles[0].PoolLeases(ctx, testPool, testNumbers(3))
		require.NoError(t, err)
		require.NoError(t, writeTo(handles[0].customers[testPool.Customer].calls, func(c *conn) error {
			return c.Exec(`UPDATE numbers SET generation = 0, source = '', since = -62135596800000000,
				seen_at = -62135596800000000, expires_at = -62135596800000000; UPDATE sessions SET session = zeroblob(16); DELETE FROM intervals`)
		}))
		for _, n := range testNumbers(3) {
			m.rows[n] = numberpool.Lease{Pool: testPool, Number: n}
		}
		same := func(want numberpool.Lease, wantErr error, got numberpool.Lease, err error) {
			require.ErrorIs(t, err, wantErr)
			require.Equal(t, want, got)
		}
		t.Repeat(map[string]func(*rapid.T){
			"grant": func(t *rapid.T) {
				ask := m.drawLease(t)
				got, err := s(t).GrantLease(ctx, ask)
				want, wantErr := m.grant(ask)
				same(want, wantErr, got, err)
			},
			"renew": func(t *rapid.T) {
				ask := m.drawLease(t)
				got, err := s(t).RenewLease(ctx, ask)
				want, wantErr := m.renew(ask)
				same(want, wantErr, got, err)
			},
			"release": func(t *rapid.T) {
				ask := m.drawLease(t)
				require.NoError(t, s(t).ReleaseLease(ctx, testPool, ask.Number, ask.Generation, ask.SeenAt))
				m.release(ask.Number, ask.Generation, ask.SeenAt)
			},
			"end": func(t *rapid.T) {
				now, forget := m.drawLease(t).SeenAt, m.drawLease(t).SeenAt
				require.NoError(t, s(t).EndLeases(ctx, testPool.Customer, now, forget))
				m.end(now, forget)
			},
			"": func(t *rapid.T) {
				rows, err := s(t).PoolLeases(ctx, testPool, nil)
				require.NoError(t, err)
				require.Len(t, rows, 3)
				for _, row := range rows {
					require.Equal(t, m.rows[row.Number], row)
				}
				for _, n := range testNumbers(3) {
					m.requireHolders(t, s(t), n)
				}
			},
		})
	})
}

// requireHolders checks NumberHolders, in any order where all instants are equal.
func (m *model) requireHolders(t *rapid.T, s *Store, n numberpool.Number) {
	from, at := m.drawLease(t).SeenAt, m.drawLease(t).SeenAt
	got, err := s.NumberHolders(t.Context(), testPool, n, from, at)
	require.NoError(t, err)
	var want []numberpool.Lease
	row := m.rows[n]
	row.Session = numberpool.SessionID{}
	for _, l := range append([]numberpool.Lease{row}, m.intervals...) {
		if l.Number == n && l.Generation > 0 && !l.Since.After(at) && !l.SeenAt.Before(from) {
			want = append(want, l)
		}
	}
	slices.SortStableFunc(want, func(a, b numberpool.Lease) int {
		return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(b.Generation, a.Generation))
	})
	require.Equal(t, want, got)
}
