package sqlite

import (
	"context"
	"errors"

	"github.com/ncruces/go-sqlite3"
)

// read runs fn on a connection that only reads, at most maxReaders at once. ctx
// interrupts it: a transaction that has written nothing loses nothing. If there
// is no file, the error is errAbsent.
//
// Readers and the writer do not wait for each other; that is what the log is
// for. But a reader keeps the log from being emptied as long as it runs, so fn
// reads into memory and returns, and never calls anything that may wait.
func (f *file) read(ctx context.Context, fn func(*conn) error) error {
	if !f.ready.Load() {
		// The writer opens the file: checks and migrations happen in one place.
		err := f.submit(&job{ctx: ctx, done: make(chan error, 1), run: func(*conn) error { return nil }})
		if err != nil {
			return err
		}
	}
	var c *conn
	select {
	case c = <-f.readers:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := guard(func() (err error) {
		if c == nil {
			if c, err = f.dialReader(); err != nil {
				return err
			}
		}
		defer c.SetInterrupt(c.SetInterrupt(ctx))
		return fn(c)
	})
	if err == nil {
		f.readers <- c
		return nil
	}
	if c != nil && ctx.Err() != nil && (errors.Is(err, sqlite3.INTERRUPT) || isBusy(err)) {
		// The connection is fine. BUSY is what the driver makes of a wait for a
		// lock that ctx has ended.
		f.readers <- c
		return ctx.Err()
	}
	// After any other error another connection is opened: nobody knows what
	// state this one is in.
	if c != nil {
		c.close()
	}
	f.readers <- nil
	return fileError(f.path, err)
}

// dialReader opens a connection that refuses to write. Its file is open for
// writing nevertheless, because even a reader of a log has to lock it
// (https://sqlite.org/wal.html, "Read-Only Databases").
func (f *file) dialReader() (*conn, error) {
	c, err := dial(f.path, f.vfs, f.schema.synchronous)
	if err != nil {
		return nil, err
	}
	if err := c.Exec(`PRAGMA query_only = ON`); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}
