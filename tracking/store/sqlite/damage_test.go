package sqlite

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
)

// sample makes a closed store with data, and returns its path and the path of
// the customer's file of calls.
func sample(t *testing.T) (path, calls string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "qooqie.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	fill(t, s, testPool.Customer)
	// Enough pages that damage is not always in the first.
	for i := range 40 {
		at := noon.Add(time.Duration(i+1) * time.Hour)
		_, err := s.GrantLease(t.Context(), numberpool.Lease{
			Pool: testPool, Number: testNumbers(1)[0], Generation: uint64(i + 2), Session: testSession(i),
			Since: at, SeenAt: at, ExpiresAt: at.Add(time.Minute),
			Attribution: numberpool.Attribution{Source: "source-of-acme", Name: string(bytes.Repeat([]byte("n"), 400))},
		})
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	return path, s.newCustomer(testPool.Customer).calls.path
}

// tryAll uses the store at path as a site does, and returns the errors.
func tryAll(t *testing.T, path string) error {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		return err
	}
	var errs []error
	for _, err := range everyMethod(t.Context(), s) {
		if !errors.Is(err, numberpool.ErrLeaseTaken) && !errors.Is(err, numberpool.ErrUnknownNumber) {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, s.Close())...)
}

// TestTruncatedFile: a file that lacks its end is refused, at whatever page it
// was cut, and not one byte of it is changed.
func TestTruncatedFile(t *testing.T) {
	t.Parallel()
	path, calls := sample(t)
	whole, err := os.ReadFile(calls)
	require.NoError(t, err)
	for size := len(whole)/4096*4096 - 4096; size > 0; size -= 3 * 4096 {
		for _, cut := range []int{size, size - 3900} {
			require.NoError(t, os.WriteFile(calls, whole[:cut], 0o600))
			err := tryAll(t, path)
			require.ErrorIs(t, err, ErrCorrupt, "%d of %d bytes", cut, len(whole))
			require.ErrorContains(t, err, calls)
			left, err := os.ReadFile(calls)
			require.NoError(t, err)
			require.Equal(t, whole[:cut], left)
		}
	}
	require.NoError(t, os.WriteFile(calls, whole, 0o600))
	require.NoError(t, tryAll(t, path))
}

// TestBrokenFile: whatever bytes are overwritten, there is an error or there is
// none, but never a crash, and never a word of the data in the text.
func TestBrokenFile(t *testing.T) {
	t.Parallel()
	path, calls := sample(t)
	whole, err := os.ReadFile(calls)
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 25 {
		broken := bytes.Clone(whole)
		at := rng.IntN(len(broken) - 64)
		for i := range 64 {
			broken[at+i] = byte(rng.Uint32())
		}
		require.NoError(t, os.WriteFile(calls, broken, 0o600))
		if err := tryAll(t, path); err != nil {
			found++
			requireNothingPersonal(t, err)
		}
	}
	require.Positive(t, found, "damage that was noticed; bytes of a text are none")
}

// TestBrokenPages: pages that are all zeros or all ones are damage.
func TestBrokenPages(t *testing.T) {
	path, calls := sample(t)
	whole, err := os.ReadFile(calls)
	require.NoError(t, err)
	for _, fill := range []byte{0, 0xff} {
		for page := 4096; page < 5*4096; page += 4096 {
			broken := bytes.Clone(whole)
			copy(broken[page:], bytes.Repeat([]byte{fill}, 4096))
			require.NoError(t, os.WriteFile(calls, broken, 0o600))
			require.ErrorIs(t, tryAll(t, path), ErrCorrupt)
		}
	}
}

// TestBrokenHeader: a page size that can't be, in a file that is ours, is damage
// and not somebody else's file: nobody shall move it away.
func TestBrokenHeader(t *testing.T) {
	path, calls := sample(t)
	whole, err := os.ReadFile(calls)
	require.NoError(t, err)
	whole[16], whole[17] = 0x12, 0x34
	require.NoError(t, os.WriteFile(calls, whole, 0o600))
	err = tryAll(t, path)
	require.ErrorIs(t, err, ErrCorrupt)
	require.NotErrorIs(t, err, ErrNotQooqie)
}

// TestBrokenLog: a log that makes no sense is not used; what the file has is
// there.
func TestBrokenLog(t *testing.T) {
	path, calls := sample(t)
	for _, log := range [][]byte{nil, []byte("no log"), bytes.Repeat([]byte{0xff}, 100_000)} {
		require.NoError(t, os.WriteFile(calls+"-wal", log, 0o600))
		require.NoError(t, tryAll(t, path))
	}
}

// TestWrongValues: rows that the schema allows and the types do not are an error
// that does not tell the value.
func TestWrongValues(t *testing.T) {
	path, calls := sample(t)
	require.NoError(t, use(calls, &callsSchema, func(c *conn) error {
		_, err := c.exec(`UPDATE intervals SET number = 98765`)
		_, err2 := c.exec(`UPDATE calls SET dialled = 98765`)
		return errors.Join(err, err2)
	}))
	s := opened(t, path)
	_, err := s.Calls(t.Context(), testPool.Customer, time.Time{}, 10)
	require.ErrorIs(t, err, numberpool.ErrNumber)
	require.NotContains(t, err.Error(), "98765")
}
