package retention

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// openTest returns the directory of a customer in a new vault.
func openTest(t *testing.T) *keyDir {
	t.Helper()
	d, err := DirVault(filepath.Join(t.TempDir(), "vault")).open(t.Context(), "acme")
	require.NoError(t, err)
	t.Cleanup(d.close)
	return d
}

// TestDirectoryRemoved removes the directory between the opening and the work.
// Nothing may be reported as done.
func TestDirectoryRemoved(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a directory that is open")
	}
	d := openTest(t)
	require.NoError(t, os.RemoveAll(d.path))
	_, err := d.ring()
	require.Error(t, err)
	_, err = d.dataKey("one")
	require.ErrorIs(t, err, errBusy)
	require.Error(t, d.rotate())
	require.ErrorIs(t, d.destroy("one"), errBusy)
}

// TestDirectoryExchanged puts another directory in the place of the one that is
// open. Keys must not go to a place that nobody has checked.
func TestDirectoryExchanged(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a directory that is open")
	}
	d := openTest(t)
	require.NoError(t, os.Rename(d.path, d.path+"-moved"))
	require.NoError(t, os.Mkdir(d.path, 0o777))
	_, err := d.dataKey("one")
	require.NoError(t, err)
	entries, err := os.ReadDir(d.path)
	require.NoError(t, err)
	require.Empty(t, entries)
}

// TestNotConfirmed reads back a key where a tombstone should stand.
func TestNotConfirmed(t *testing.T) {
	t.Parallel()
	d := openTest(t)
	_, err := d.dataKey("one")
	require.NoError(t, err)
	name, err := dataName("one")
	require.NoError(t, err)
	require.ErrorIs(t, d.confirmDestroyed(name), errBusy)
	require.ErrorIs(t, d.confirmDestroyed("data-other.key"), os.ErrNotExist)
	require.NoError(t, d.destroy("one"))
	require.NoError(t, d.confirmDestroyed(name))
}

// TestRotationFromAnOldList has a process that read the directory long ago. Its
// number is taken, or was pruned; both times the ring is newer than its call.
func TestRotationFromAnOldList(t *testing.T) {
	t.Parallel()
	d := openTest(t)
	for range 7 {
		require.NoError(t, d.rotate())
	}
	ring, err := d.ring()
	require.NoError(t, err)
	require.ErrorIs(t, d.create(signName(7)), os.ErrExist)
	require.NoError(t, d.create(signName(2)), "the number was pruned")
	again, err := d.ring()
	require.NoError(t, err)
	require.Equal(t, ring, again, "a late key with an old number never comes first")
	require.NoError(t, d.rotate())
	numbers, err := d.signNumbers()
	require.NoError(t, err)
	require.Equal(t, []uint64{8, 7, 6, 5}, numbers, "and goes with the next rotation")
}

// TestSweptWhileWriting takes the temporary file away before it gets its name.
func TestSweptWhileWriting(t *testing.T) {
	t.Parallel()
	d := openTest(t)
	name, err := dataName("one")
	require.NoError(t, err)
	temp, err := d.writeTemp(name, []byte("x"))
	require.NoError(t, err)
	swept, err := d.sweep(name)
	require.NoError(t, err)
	require.Equal(t, 1, swept)
	require.True(t, lost(d.root.Link(temp, name)))
	require.True(t, lost(d.root.Rename(temp, name)))
	require.False(t, lost(os.ErrPermission))
}

func TestSignNumbers(t *testing.T) {
	t.Parallel()
	d := openTest(t)
	for _, name := range []string{
		"sign-000002.key", "sign-000010.key", "sign-1000000.key", "sign-4294967295.key", "sign-18446744073709551615.key",
		"sign-000000.key", "sign-2.key", "sign-0000010.key", "sign--00001.key", "sign-.key", "sign-99999999999999999999.key",
		"data-000003.key", "sign-000004.key.x.tmp", "sign-000005", "000006.key",
	} {
		require.NoError(t, d.root.WriteFile(name, nil, 0o600))
	}
	numbers, err := d.signNumbers()
	require.NoError(t, err)
	require.Equal(t, []uint64{4294967295, 1000000, 10, 2}, numbers)
	require.ErrorIs(t, d.rotate(), errBusy, "no number is left, so nothing was rotated")
}
