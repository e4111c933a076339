package sqlite

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// TestTwoNamesOneStore: a symbolic link leads to the same customers, or two
// processes would lease one number twice.
func TestTwoNamesOneStore(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "real"), 0o700))
	path, link := filepath.Join(dir, "real", "qooqie.db"), filepath.Join(dir, "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	require.NoError(t, os.Symlink(filepath.Join(dir, "real"), filepath.Join(dir, "linked")))
	a := opened(t, path)
	fill(t, a, testPool.Customer)
	for _, other := range []string{link, filepath.Join(dir, "linked", "qooqie.db")} {
		b := opened(t, other)
		rows, err := b.PoolLeases(t.Context(), testPool, testNumbers(1))
		require.NoError(t, err)
		require.EqualValues(t, 1, rows[0].Generation)
		_, err = b.GrantLease(t.Context(), numberpool.Lease{
			Pool: testPool, Number: testNumbers(1)[0], Generation: 1, Session: testSession(9), Since: noon, ExpiresAt: noon.Add(1),
		})
		require.ErrorIs(t, err, numberpool.ErrLeaseTaken)
	}
	// A path that does not exist yet, in a directory that is a link.
	c := opened(t, filepath.Join(dir, "linked", "new.db"))
	fill(t, c, "bolt")
	require.DirExists(t, filepath.Join(dir, "real", "new.db.d"))
}

// TestModes: nobody else can read anything, whatever the umask.
func TestModes(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "qooqie.db"))
	fill(t, s, testPool.Customer)
	_, err := s.Calls(t.Context(), testPool.Customer, time.Time{}, 1)
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		require.NoError(t, err)
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		require.Equal(t, want, info.Mode().Perm(), path)
		return nil
	}))
	require.Len(t, contents(t, dir), 9, "three files, each with a log and its index")
}

// TestCustomersAreApart: what belongs to a customer is in his files and in no
// other, and without them he has nothing, which is what erasure rests on.
func TestCustomersAreApart(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "qooqie.db")
	s := opened(t, path)
	for _, customer := range []string{"acme", "bolt", "../acme", "ACME"} {
		if customer == "acme" || customer == "bolt" {
			fill(t, s, customer)
			continue
		}
		require.NoError(t, s.AddCounters(t.Context(), customer, []tracking.Counter{{Count: 1, Key: "page-of-" + customer}}))
	}
	require.NoError(t, s.Close())
	for name, data := range contents(t, dir) {
		own := filepath.Dir(name) == filepath.Dir(s.newCustomer("acme").calls.path)
		for _, kind := range []string{"session", "source", "call", "caller", "page"} {
			if bytes.Contains(data, []byte(kind+"-of-acme")) {
				require.True(t, own, "%s has a %s of acme", name, kind)
			}
			require.False(t, own && bytes.Contains(data, []byte(kind+"-of-bolt")), name)
		}
	}
	entries, err := os.ReadDir(path + ".d")
	require.NoError(t, err)
	require.Len(t, entries, 4, "each id has a directory, and all are below this one")

	require.NoError(t, os.RemoveAll(filepath.Dir(s.newCustomer("acme").calls.path)))
	again := opened(t, path)
	calls, err := again.Calls(t.Context(), "acme", time.Time{}, 10)
	require.NoError(t, err)
	require.Empty(t, calls)
	rows, err := again.PoolLeases(t.Context(), testPool, testNumbers(1))
	require.NoError(t, err, "the number is still his")
	require.Zero(t, rows[0].Generation)
}

// TestLeftoversAreRemoved: a crash while a file was made leaves parts, or even a
// second name of the file, which would outlive its erasure.
func TestLeftoversAreRemoved(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "qooqie.db")
	s := opened(t, path)
	fill(t, s, testPool.Customer)
	require.NoError(t, s.Close())
	calls := s.newCustomer(testPool.Customer).calls.path
	for _, of := range []string{path, calls} {
		require.NoError(t, os.Link(of, of+newSuffix+"123"))
		require.NoError(t, os.WriteFile(of+newSuffix+"456-journal", []byte("x"), 0o600))
	}
	keep := filepath.Join(dir, "qooqie.db.news")
	require.NoError(t, os.WriteFile(keep, nil, 0o600))

	again := opened(t, path)
	fill(t, again, testPool.Customer)
	for name := range contents(t, dir) {
		require.NotContains(t, name, newSuffix)
	}
	require.FileExists(t, keep)
}

// TestLostRace: a process that makes a file which another finishes first uses
// that one, whatever became of its own.
func TestLostRace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.db")
	f := newFile(path, "", &growing)
	require.NoError(t, use(path, &growing, nil))
	require.NoError(t, f.create())
	require.Equal(t, []string{"file.db"}, names(t, filepath.Dir(path), "file.db"))

	f.dirs = []string{filepath.Join(path, "below a file")}
	require.Error(t, f.build())
	require.NoError(t, f.create())
}
