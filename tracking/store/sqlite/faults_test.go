package sqlite

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
)

// TestEveryOperationFailsOnce: whichever write, truncation or sync fails, the
// caller hears of it or it did not matter, nothing that was reported is lost, and
// the store goes on by itself.
func TestEveryOperationFailsOnce(t *testing.T) {
	for code, want := range map[error]error{sqlite3.IOERR_WRITE: sqlite3.IOERR, sqlite3.FULL: ErrDiskFull} {
		d := newDisk(t, 3)
		s, err := open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"), d.name)
		require.NoError(t, err)
		fill(t, s, testPool.Customer)
		generation, failed := uint64(1), 0
		grant := func() error {
			at := noon.Add(time.Duration(generation) * time.Hour)
			_, err := s.GrantLease(t.Context(), numberpool.Lease{
				Pool: testPool, Number: testNumbers(1)[0], Generation: generation + 1, Session: testSession(int(generation)),
				Since: at, SeenAt: at, ExpiresAt: at.Add(time.Minute), Attribution: numberpool.Attribution{Source: fmt.Sprint(at)},
			})
			if err == nil {
				generation++
			}
			return err
		}
		for n := range 12 {
			once := false
			d.failFrom(n, func(string) error {
				if once {
					return nil
				}
				once = true
				return code
			})
			// The second one empties the log, in the middle of which it fails.
			err := grant()
			if forget := s.EndLeases(t.Context(), testPool.Customer, noon, noon); err == nil {
				err = forget
			}
			if err != nil {
				failed++
				require.ErrorIs(t, err, want)
			}
			d.failFrom(0, nil)
			rows, err := s.PoolLeases(t.Context(), testPool, nil)
			require.NoError(t, err)
			require.GreaterOrEqual(t, rows[0].Generation, generation)
			generation = rows[0].Generation
			require.NoError(t, grant())
		}
		require.Greater(t, failed, 5)
		require.NoError(t, s.Close())
	}
}

// TestFullDisk: while there is no space, writes fail with the sentinel, reads go
// on, and afterwards everything does.
func TestFullDisk(t *testing.T) {
	d := newDisk(t, 4)
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"), d.name)
	require.NoError(t, err)
	fill(t, s, testPool.Customer)
	d.failFrom(0, func(op string) error {
		if op == "write" {
			return sqlite3.FULL
		}
		return nil
	})
	want := numberpool.Lease{
		Pool: testPool, Number: testNumbers(1)[0], Generation: 2, Session: testSession(1),
		Since: noon.Add(time.Hour), ExpiresAt: noon.Add(2 * time.Hour),
	}
	for range 3 {
		_, err = s.GrantLease(t.Context(), want)
		require.ErrorIs(t, err, ErrDiskFull)
		holders, err := s.NumberHolders(t.Context(), testPool, want.Number, noon.Add(-time.Hour), noon)
		require.NoError(t, err)
		require.Len(t, holders, 1)
	}
	d.failFrom(0, nil)
	_, err = s.GrantLease(t.Context(), want)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

// TestCloseReportsAFault: the log could not be emptied, and that is said; what
// was written is there.
func TestCloseReportsAFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qooqie.db")
	d := newDisk(t, 5)
	s, err := open(t.Context(), path, d.name)
	require.NoError(t, err)
	fill(t, s, testPool.Customer)
	d.failFrom(0, func(op string) error { return sqlite3.FULL })
	err = s.Close()
	require.ErrorIs(t, err, ErrDiskFull)
	require.Equal(t, err, s.Close(), "and said again")
	d.failFrom(0, nil)
	again := opened(t, path)
	rows, err := again.PoolLeases(t.Context(), testPool, nil)
	require.NoError(t, err)
	require.EqualValues(t, 1, rows[0].Generation)
}

// TestMakingFails: no file is left when there is no space for one, and a later
// call makes it.
func TestMakingFails(t *testing.T) {
	for n := range 12 {
		dir := t.TempDir()
		d := newDisk(t, 6)
		d.failFrom(n, func(string) error { return sqlite3.FULL })
		path := filepath.Join(dir, "qooqie.db")
		s, err := open(t.Context(), path, d.name)
		if err == nil {
			d.failFrom(0, nil)
			require.NoError(t, s.Close())
			continue
		}
		require.ErrorIs(t, err, ErrDiskFull)
		d.failFrom(0, nil)
		s, err = open(t.Context(), path, d.name)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		require.Equal(t, []string{"qooqie.db"}, names(t, dir, ""))
	}
}
