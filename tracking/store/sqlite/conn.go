package sqlite

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
)

// conn is a connection with its prepared statements. Only one goroutine may use
// it at a time.
//
// Statements belong to their connection and are found by their text, so texts
// are constants: a text with values in it would be kept for ever, and would put
// them into the messages of syntax errors.
type conn struct {
	*sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
}

// dial opens the file at path, which must exist, through the named VFS of
// SQLite ("" is the system's), and sets the connection up. Without
// SQLITE_OPEN_CREATE a file that has been removed is an error and not an empty
// store; create alone makes files.
//
// The path goes into a URI, because that is where SQLite takes its parameters
// from, and so its "?", "#" and "%" have to be escaped
// (https://sqlite.org/uri.html).
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

// close gives the connection back. Its errors change nothing for the caller:
// what was committed is durable.
func (c *conn) close() {
	for _, s := range c.stmts {
		_ = s.Close()
	}
	_ = c.Conn.Close()
}

// private takes the permissions of others off the shared memory file, which
// SQLite makes at the first use of a connection with the mode that the umask
// leaves. It holds numbers of pages and no content; still nobody else has to do
// with it.
func private(path string) error {
	err := os.Chmod(path+"-shm", 0o600)
	if os.IsNotExist(err) {
		return nil // the VFS has no such file
	}
	return err
}

// prepare returns the statement for the constant text sql with its parameters
// set. PERSISTENT tells SQLite that it will be kept, so that it takes no memory
// that is meant for short use.
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

// bind sets one parameter. The types are those that columns have; another one is
// a mistake in this package, which the first test of the statement finds.
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
	// A statement that is not reset keeps its read transaction open, and with
	// it the log; also when row panics. The error of Reset repeats Step's.
	defer func() { _ = s.Reset() }()
	for s.Step() {
		if err := row(s); err != nil {
			return err
		}
	}
	return s.Err()
}
