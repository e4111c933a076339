package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking"
)

// mount makes a small file system in memory until the end of the test. Only root
// can do that; what it is for is tested elsewhere without, see newDisk.
func mount(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	return dir
}

// TestReallyFullDisk: SQLite reports a full disk as an input/output error without
// a cause, and withCause finds it.
func TestReallyFullDisk(t *testing.T) {
	dir := mount(t, "size=1m")
	s := opened(t, filepath.Join(dir, "qooqie.db"))
	fill(t, s, testPool.Customer)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ballast"), make([]byte, 200<<10), 0o600))
	put := func(i int) error {
		_, err := s.PutCall(t.Context(), tracking.Call{
			Customer: testPool.Customer, Carrier: "c", ID: fmt.Sprint(i), Caller: string(make([]byte, 8000)), StartedAt: noon,
		}, keepStored)
		return err
	}
	stored := 0
	var err error
	for ; err == nil; stored++ {
		require.Less(t, stored, 1000)
		err = put(stored)
	}
	require.ErrorIs(t, err, ErrDiskFull)
	require.NoError(t, os.Remove(filepath.Join(dir, "ballast")))
	require.NoError(t, put(stored), "it goes on by itself")
	calls, err := s.Calls(t.Context(), testPool.Customer, time.Time{}, 10_000)
	require.NoError(t, err)
	require.Len(t, calls, stored+1)
}

// TestReadOnlyDirectory: a file system that can't be written is named as such,
// for a store that is there and for one that is not.
func TestReadOnlyDirectory(t *testing.T) {
	dir := mount(t, "size=4m")
	path := filepath.Join(dir, "qooqie.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	for _, name := range []string{"qooqie.db", "new.db"} {
		_, err := Open(t.Context(), filepath.Join(dir, name))
		require.ErrorIs(t, err, ErrReadOnly)
		require.ErrorContains(t, err, name)
	}
}
