package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/ncruces/go-sqlite3"
)

// Errors of this package, to be compared with errors.Is. The texts name the
// file, and never a telephone number, a session or an attribution.
var (
	// ErrClosed is returned by every method after Close.
	ErrClosed = errors.New("sqlite: the store is closed")
	// ErrNotQooqie means that a file in our place is not ours: it is no SQLite
	// file, or its application_id is another. It is left as it is.
	ErrNotQooqie = errors.New("not a file of this store; move it away or choose another path")
	// ErrNewer means that a later version of this package wrote the file: its
	// user_version is larger than any that is known. It is left as it is.
	ErrNewer = errors.New("written by a newer version of this package; update the program")
	// ErrCorrupt means that the file is damaged.
	ErrCorrupt = errors.New("the file is damaged; stop the program and restore a backup")
	// ErrReadOnly means that the file or its directory can't be written.
	ErrReadOnly = errors.New("no permission to write; change the owner or the mode of the file and its directory")
	// ErrDiskFull means that the write did not happen for lack of space.
	ErrDiskFull = errors.New("the disk is full; free some space, the store goes on by itself")
)

// errAbsent is the outcome of work on a file that does not exist and that the
// work does not need.
var errAbsent = errors.New("no such file yet")

// causes are the sentinels and what SQLite or the system calls them. SQLite's
// codes are at https://sqlite.org/rescode.html. NOTADB is damage here and not a
// foreign file, because inspect has seen our application_id.
var causes = []struct{ sentinel, cause error }{
	{ErrCorrupt, sqlite3.NOTADB},
	{ErrCorrupt, sqlite3.CORRUPT},
	{ErrReadOnly, sqlite3.READONLY},
	{ErrReadOnly, fs.ErrPermission},
	{ErrReadOnly, syscall.EROFS},
	{ErrDiskFull, sqlite3.FULL},
	{ErrDiskFull, syscall.ENOSPC},
}

// fileError names the file in an error, and puts the sentinel in front that
// says what to do.
func fileError(path string, err error) error {
	if errors.Is(err, sqlite3.IOERR) {
		err = withCause(path, err)
	}
	for _, c := range causes {
		if errors.Is(err, c.cause) && !errors.Is(err, c.sentinel) {
			return fmt.Errorf("sqlite: %s: %w (%w)", path, c.sentinel, err)
		}
	}
	return fmt.Errorf("sqlite: %s: %w", path, err)
}

// withCause adds to SQLite's input/output error what the system says of writing
// beside the file. The driver knows the error of the last system call only, and
// that is seldom the one that failed: SQLite cleans up first. So a full disk
// comes as an error without a cause, or with that of another call; asking the
// system again tells the operator what to do. If it has space by now, the error
// stays as it was.
func withCause(path string, err error) error {
	probe, cause := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+newSuffix+"*")
	if cause == nil {
		defer os.Remove(probe.Name())
		defer probe.Close()
		_, cause = probe.Write(make([]byte, 64<<10))
	}
	if cause == nil {
		return err
	}
	return fmt.Errorf("%w: %w", err, cause)
}

// guard turns a panic of work into an error. Work runs on a goroutine with no
// handler above it, and calls functions of other packages. The panic's value
// may hold personal data, so only its type is told.
func guard(work func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic with a %T", v)
		}
	}()
	return work()
}
