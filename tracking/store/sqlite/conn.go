package sqlite

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"
)

const (
	// busyTimeout is how long a connection waits for another process.
	busyTimeout = 5 * time.Second
	// checkTimeout bounds the check of a file that is opened.
	checkTimeout = time.Second
	// truncateTimeout is how long emptying the log may wait for readers, and
	// hold up other writers.
	truncateTimeout = 50 * time.Millisecond
)

// conn is a connection with its prepared statements. Only one goroutine may use
// it at a time.
type conn struct {
	*sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
}

// dial opens the file at path, which must exist, through the named VFS of
// SQLite ("" is the system's), and sets the connection up.
func dial(path, vfs, synchronous string) (*conn, error) {
	query := url.Values{"modeof": {path}} // the log gets the mode of the file
	if vfs != "" {
		query.Set("vfs", vfs)
	}
	slashed := filepath.ToSlash(path)
	if slashed[0] != '/' {
		slashed = "/" + slashed // C:/qooqie.db
	}
	uri := url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}
	db, err := sqlite3.OpenFlags(uri.String(), sqlite3.OPEN_READWRITE|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: db, stmts: make(map[string]*sqlite3.Stmt)}
	if err := c.configure(synchronous); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// configure sets what belongs to a connection and not to the file. The busy
// timeout comes first, because what follows may meet another process already.
func (c *conn) configure(synchronous string) error {
	if err := c.BusyTimeout(busyTimeout); err != nil {
		return err
	}
	return c.Exec(`
		PRAGMA synchronous = ` + synchronous + `;
		PRAGMA secure_delete = ON;
		PRAGMA trusted_schema = OFF;
		PRAGMA cell_size_check = ON;
		PRAGMA mmap_size = 0;
		PRAGMA temp_store = MEMORY;
		PRAGMA journal_size_limit = 67108864;
		PRAGMA wal_autocheckpoint = 1000;`)
}

// close gives the connection back. Its errors change nothing for the caller:
// what was committed is durable.
func (c *conn) close() {
	for _, s := range c.stmts {
		_ = s.Close()
	}
	_ = c.Conn.Close()
}

// private takes the permissions of others off the shared memory file, which
// SQLite makes at the first use of a connection.
func private(path string) error {
	err := os.Chmod(path+"-shm", 0o600)
	if os.IsNotExist(err) {
		return nil // the VFS has no such file
	}
	return err
}

// prepare returns the statement for the constant text sql with its parameters
// set.
func (c *conn) prepare(sql string, args []any) (*sqlite3.Stmt, error) {
	s := c.stmts[sql]
	if s == nil {
		var err error
		if s, _, err = c.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT); err != nil {
			return nil, err
		}
		c.stmts[sql] = s
	}
	for i, arg := range args {
		if err := bind(s, i+1, arg); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// bind sets one parameter.
func bind(s *sqlite3.Stmt, i int, arg any) error {
	switch v := arg.(type) {
	case int64:
		return s.BindInt64(i, v)
	case string:
		return s.BindText(i, v)
	case []byte:
		return s.BindBlob(i, v)
	case float64:
		return s.BindFloat(i, v)
	}
	panic(fmt.Sprintf("sqlite: no column has type %T", arg))
}

// exec runs a statement that returns no rows, and returns how many it changed.
func (c *conn) exec(sql string, args ...any) (int64, error) {
	s, err := c.prepare(sql, args)
	if err != nil {
		return 0, err
	}
	if err := s.Exec(); err != nil {
		return 0, err
	}
	return c.Changes(), nil
}

// query runs a statement and calls row for each row of its result.
func (c *conn) query(row func(*sqlite3.Stmt) error, sql string, args ...any) error {
	s, err := c.prepare(sql, args)
	if err != nil {
		return err
	}
	for s.Step() {
		if err := row(s); err != nil {
			_ = s.Reset()
			return err
		}
	}
	err = s.Err()
	_ = s.Reset() // repeats the error of Step
	return err
}

// version returns the file's user_version.
func (c *conn) version() (version int, err error) {
	err = c.query(func(s *sqlite3.Stmt) error {
		version = s.ColumnInt(0)
		return nil
	}, `PRAGMA user_version`)
	return version, err
}

// migrate brings the file up to date. Processes that do so at once take turns.
func (c *conn) migrate(migrations []string) (err error) {
	version, err := c.version()
	if err != nil || version == len(migrations) {
		return err
	}
	if version > len(migrations) {
		return ErrNewer
	}
	tx, err := c.BeginImmediate()
	if err != nil {
		return err
	}
	defer tx.End(&err)
	// Another process may have been first.
	if version, err = c.version(); err != nil || version >= len(migrations) {
		return err
	}
	for _, migration := range migrations[version:] {
		if err = c.Exec(migration); err != nil {
			return err
		}
	}
	return c.Exec(fmt.Sprintf(`PRAGMA user_version = %d`, len(migrations)))
}

// check looks for damage, in a file that is too large for checkTimeout only in
// its first part.
func (c *conn) check() error {
	ctx, cancel := context.WithTimeout(context.Background(), checkTimeout)
	defer cancel()
	defer c.SetInterrupt(c.SetInterrupt(ctx))
	err := c.query(func(s *sqlite3.Stmt) error {
		if s.ColumnText(0) != "ok" {
			return ErrCorrupt
		}
		return nil
	}, `PRAGMA quick_check(1)`)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// truncate copies the write-ahead log into the file and empties it. A log that
// somebody reads stays for the next time.
func (c *conn) truncate() error {
	if err := c.BusyTimeout(truncateTimeout); err != nil {
		return err
	}
	_, _, err := c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	if isBusy(err) {
		err = nil
	}
	if reset := c.BusyTimeout(busyTimeout); err == nil {
		err = reset
	}
	return err
}
