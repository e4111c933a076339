package sqlite

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/stretchr/testify/require"
)

// growing is a schema that has had several versions.
var growing = schema{id: 0x51717474, synchronous: "FULL", migrations: []string{
	`CREATE TABLE a (x INTEGER NOT NULL) STRICT; INSERT INTO a VALUES (1)`,
	`ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT ''; UPDATE a SET y = 'two'`,
	`CREATE TABLE b (z INTEGER NOT NULL) STRICT; INSERT INTO b SELECT x + 2 FROM a`,
	`INSERT INTO b VALUES (4)`,
}}

// until is a schema as it was at a version.
func (s schema) until(version int) *schema {
	s.migrations = s.migrations[:version]
	return &s
}

// use makes or opens a file and closes it again. work may be nil.
func use(path string, s *schema, work func(*conn) error) error {
	f := newFile(path, "", s)
	if work == nil {
		work = func(*conn) error { return nil }
	}
	err := lend(f, work)
	if closed := f.close(); err == nil {
		err = closed
	}
	return err
}

// text returns the result of a query as lines.
func (c *conn) text(sql string) (lines []string, err error) {
	err = c.query(func(s *sqlite3.Stmt) error {
		var fields []string
		for i := range s.ColumnCount() {
			fields = append(fields, s.ColumnText(i))
		}
		lines = append(lines, strings.Join(fields, "|"))
		return nil
	}, sql)
	return lines, err
}

// requireGrown checks that the file has the last version of growing.
func requireGrown(t *testing.T, path string) {
	t.Helper()
	require.NoError(t, use(path, &growing, func(c *conn) error {
		version, err := c.version()
		require.NoError(t, err)
		require.Equal(t, 4, version)
		got, err := c.text(`SELECT x, y, (SELECT group_concat(z) FROM b) FROM a`)
		require.Equal(t, []string{"1|two|3,4"}, got)
		return err
	}))
}

// TestMigrateFromEveryVersion: a file of any earlier version is brought up to
// date, each migration once, and the one before refuses it from then on.
func TestMigrateFromEveryVersion(t *testing.T) {
	t.Parallel()
	for version := range len(growing.migrations) {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.db")
			require.NoError(t, use(path, growing.until(version), nil))
			requireGrown(t, path)
			requireGrown(t, path) // and again

			before, err := os.ReadFile(path)
			require.NoError(t, err)
			require.ErrorIs(t, use(path, growing.until(version), nil), ErrNewer)
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, before, after, "a newer file is left as it is")
		})
	}
}

// TestReleasedVersionsOpen: the same for the schemas that there are.
func TestReleasedVersionsOpen(t *testing.T) {
	for _, s := range []*schema{&indexSchema, &callsSchema, &countersSchema} {
		path := filepath.Join(t.TempDir(), "file.db")
		var want []string
		for version := range len(s.migrations) + 1 {
			require.NoError(t, os.RemoveAll(path))
			require.NoError(t, use(path, s.until(version), nil))
			require.NoError(t, use(path, s, func(c *conn) error {
				got, err := c.text(`SELECT name, sql FROM sqlite_schema ORDER BY name`)
				if want == nil {
					want = got
				}
				require.NotEmpty(t, got)
				require.Equal(t, want, got, "from version %d", version)
				return err
			}))
		}
	}
}

// TestNewerOnlyInTheLog: a newer program has crashed after its migration, so the
// header still has the old version.
func TestNewerOnlyInTheLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.db")
	require.NoError(t, use(path, growing.until(2), nil))
	f := newFile(path, "", &growing)
	err := writeTo(f, func(*conn) error { return nil })
	require.NoError(t, err)
	header, err := os.ReadFile(path)
	require.NoError(t, err)
	require.EqualValues(t, 2, header[63], "the test needs a version that is not in the file yet")
	require.ErrorIs(t, use(path, growing.until(2), nil), ErrNewer)
	require.NoError(t, f.close())
	requireGrown(t, path)
}

// TestMigrationIsAtomic: a migration that fails leaves the version before all of
// them, and the next program goes on from there.
func TestMigrationIsAtomic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.db")
	require.NoError(t, use(path, growing.until(1), nil))
	broken := growing.until(3)
	broken.migrations = append(broken.migrations[:2:2], `CREATE TABLE a (x INTEGER)`)
	require.ErrorContains(t, use(path, broken, nil), "already exists")
	require.NoError(t, use(path, growing.until(1), func(c *conn) error {
		got, err := c.text(`SELECT * FROM a`)
		require.Equal(t, []string{"1"}, got, "without the column of the second")
		return err
	}))
	requireGrown(t, path)
}

// migrateChild opens a file of growing.
func migrateChild(args []string, in *bufio.Reader) error {
	if err := ready(in); err != nil {
		return err
	}
	return use(args[0], &growing, nil)
}

// TestProcessesMigrateAtOnce: each migration is done once, by one of them.
func TestProcessesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for version := range len(growing.migrations) {
		path := filepath.Join(dir, fmt.Sprint(version))
		require.NoError(t, use(path, growing.until(version), nil))
		var all []*child
		for range 3 {
			c := start(t, "migrate", path)
			require.Equal(t, "ready", c.line())
			all = append(all, c)
		}
		for _, c := range all {
			c.begin(t)
		}
		for _, c := range all {
			require.Empty(t, c.line())
			require.NoError(t, c.cmd.Wait())
		}
		requireGrown(t, path)
	}
}
