package sqlite

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/stretchr/testify/require"
)

// TestForeignFilesAreLeftAlone: what is not ours, or of the wrong kind, is
// refused and not changed.
func TestForeignFilesAreLeftAlone(t *testing.T) {
	foreign := func(t *testing.T, setup string) []byte {
		t.Helper()
		path := filepath.Join(t.TempDir(), "foreign.db")
		db, err := sqlite3.Open(path)
		require.NoError(t, err)
		require.NoError(t, db.Exec(setup))
		require.NoError(t, db.Close())
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		return data
	}
	ours := filepath.Join(t.TempDir(), "ours.db")
	require.NoError(t, use(ours, &indexSchema, nil))
	header, err := os.ReadFile(ours)
	require.NoError(t, err)
	newer := bytes.Clone(header)
	binary.BigEndian.PutUint32(newer[60:], 99)
	kind := bytes.Clone(header)
	binary.BigEndian.PutUint32(kind[68:], uint32(callsSchema.id))

	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"empty":                         {nil, ErrNotQooqie},
		"a text":                        {[]byte("hello, this is a text of somebody"), ErrNotQooqie},
		"a long text":                   {bytes.Repeat([]byte("hello, "), 1000), ErrNotQooqie},
		"the magic and nothing else":    {[]byte("SQLite format 3\x00"), ErrNotQooqie},
		"99 bytes of ours":              {header[:99], ErrNotQooqie},
		"SQLite without application_id": {foreign(t, `CREATE TABLE numbers (x)`), ErrNotQooqie},
		"another application_id":        {foreign(t, `PRAGMA application_id = 42; CREATE TABLE numbers (x)`), ErrNotQooqie},
		"another kind of ours":          {kind, ErrNotQooqie},
		"a newer version":               {newer, ErrNewer},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "qooqie.db")
			require.NoError(t, os.WriteFile(path, c.data, 0o600))
			_, err := Open(t.Context(), path)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, path, "the text names the file")
			require.Equal(t, map[string][]byte{path: append([]byte{}, c.data...)}, contents(t, dir))
		})
	}
	t.Run("a directory", func(t *testing.T) {
		_, err := Open(t.Context(), t.TempDir())
		require.ErrorIs(t, err, ErrNotQooqie)
	})
	t.Run("no directory", func(t *testing.T) {
		_, err := Open(t.Context(), filepath.Join(t.TempDir(), "missing", "qooqie.db"))
		require.ErrorIs(t, err, fs.ErrNotExist)
	})
}

// TestForeignCustomerFile: the same for a file of a customer, and only that
// customer has the trouble.
func TestForeignCustomerFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qooqie.db")
	s := opened(t, path)
	c := s.newCustomer(testPool.Customer)
	require.NoError(t, os.MkdirAll(filepath.Dir(c.calls.path), 0o700))
	require.NoError(t, os.WriteFile(c.calls.path, []byte("a text"), 0o600))
	_, err := s.PoolLeases(t.Context(), testPool, testNumbers(1))
	require.ErrorIs(t, err, ErrNotQooqie)
	_, err = s.Calls(t.Context(), testPool.Customer, time.Time{}, 1)
	require.ErrorIs(t, err, ErrNotQooqie)
	fill(t, s, "bolt")

	// When it has been moved away, the store goes on by itself.
	require.NoError(t, os.Remove(c.calls.path))
	fill(t, s, testPool.Customer)
}

// TestLogIsSwitchedOnAgain: a tool has taken the file out of WAL mode, in which
// alone the settings are safe.
func TestLogIsSwitchedOnAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.db")
	require.NoError(t, use(path, &growing, nil))
	db, err := sqlite3.Open(path)
	require.NoError(t, err)
	require.NoError(t, db.Exec(`PRAGMA journal_mode = DELETE`))
	require.NoError(t, db.Close())
	require.NoError(t, use(path, &growing, func(c *conn) error {
		got, err := c.text(`PRAGMA journal_mode`)
		require.Equal(t, []string{"wal"}, got)
		return err
	}))
}

// TestSettings: each connection has the settings that the promises rest on, and
// the engine the fixes (the WAL-reset bug, fixed in 3.51.3, and the rollback of
// journals in 3.53.4).
func TestSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.db")
	want := map[string]string{
		"synchronous": "2", "secure_delete": "1", "trusted_schema": "0", "cell_size_check": "1",
		"mmap_size": "0", "temp_store": "2", "journal_mode": "wal", "foreign_keys": "",
		"busy_timeout": "5000", "application_id": "1366389876", "user_version": "4",
	}
	check := func(c *conn) error {
		for pragma, value := range want {
			got, err := c.text(`PRAGMA ` + pragma)
			require.NoError(t, err)
			if value != "" && len(got) > 0 {
				require.Equal(t, []string{value}, got, pragma)
			}
		}
		version, err := c.text(`SELECT sqlite_version() >= '3.53.4' AND length(sqlite_version()) = 6`)
		require.Equal(t, []string{"1"}, version)
		return err
	}
	f := newFile(path, "", &growing)
	require.NoError(t, lend(f, check))
	require.NoError(t, f.read(t.Context(), check))
	require.ErrorContains(t, f.read(t.Context(), func(c *conn) error {
		_, err := c.exec(`DELETE FROM a`)
		return err
	}), "readonly", "a reader does not write")
	require.NoError(t, f.close())
}

// TestClosed: every method of a closed store says so, and Close can be repeated.
func TestClosed(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"))
	require.NoError(t, err)
	fill(t, s, testPool.Customer)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	for name, err := range everyMethod(t.Context(), s) {
		require.ErrorIs(t, err, ErrClosed, name)
	}
}
