package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"
)

const (
	// busyTimeout is how long a connection waits for another process. It is far
	// longer than a commit takes, so it only ends when that process hangs.
	busyTimeout = 5 * time.Second
	// checkTimeout bounds the check of a file that is opened: a site has to
	// start, and a file of many gigabytes would keep it for minutes.
	checkTimeout = time.Second
	// truncateTimeout is how long emptying the log may wait for readers, and
	// hold up other writers.
	truncateTimeout = 50 * time.Millisecond
)

// configure sets what belongs to a connection and not to the file. All of it is
// described at https://sqlite.org/pragma.html.
//
//   - The busy timeout comes first, because what follows may meet another
//     process already.
//   - synchronous=FULL syncs the log at each commit; with NORMAL "a transaction
//     committed in WAL mode ... might roll back following a power loss", which a
//     number that a visitor has seen must not. EXTRA adds nothing in WAL mode.
//   - secure_delete=ON overwrites what is deleted with zeros. FAST would leave
//     what stands on freed pages.
//   - trusted_schema=OFF and cell_size_check=ON are for a file that somebody has
//     tampered with or damaged: its schema calls no functions, and a page that
//     contradicts itself is an error and not a crash. For the same reason the
//     file is not mapped into memory: an input/output error would be a signal.
//   - temp_store=MEMORY keeps personal data out of temporary files.
//   - wal_autocheckpoint copies the log into the file whenever it has that many
//     pages, and journal_size_limit gives back what a large transaction took.
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

// errNoLog means that a file can't have a write-ahead log, for example because
// the file system has no shared memory.
var errNoLog = errors.New("the file system allows no write-ahead log; choose a path on a local disk")

// version returns the file's user_version.
func (c *conn) version() (version int, err error) {
	err = c.query(func(s *sqlite3.Stmt) error {
		version = s.ColumnInt(0)
		return nil
	}, `PRAGMA user_version`)
	return version, err
}

// logged makes sure that the file is in WAL mode, which stays with the file but
// which any tool can change. The other modes would need more syncs than we ask
// for: in DELETE mode with synchronous=FULL a power cut can bring a journal back
// whose removal was not synced, and undo a commit with it
// (https://sqlite.org/pragma.html#pragma_synchronous, EXTRA).
func (c *conn) logged() error {
	for _, pragma := range []string{`PRAGMA journal_mode`, `PRAGMA journal_mode = WAL`} {
		var mode string
		err := c.query(func(s *sqlite3.Stmt) error {
			mode = s.ColumnText(0)
			return nil
		}, pragma)
		if err != nil || mode == "wal" {
			return err
		}
	}
	return errNoLog
}

// migrate brings the file up to date. Processes that do so at once take turns.
// All migrations are one transaction with the version that says so: after a
// crash the file has the old version or the new one, and nothing in between.
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
	// Another process may have been first, between the look and the lock.
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
// its first part. quick_check leaves out the comparison of tables with their
// indexes, which is what takes the time; a damaged page is found by either.
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

// truncate copies the write-ahead log into the file and empties it: it holds
// pages as they were, with what has been erased since, until it is overwritten
// from its beginning. Other modes than TRUNCATE leave its bytes on the disk
// (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
//
// A log that somebody reads, here or in another process, stays for the next
// time. The wait for him is short, because it holds up all writers.
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
