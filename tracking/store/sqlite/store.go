package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"

	"github.com/qooqie/qooqie/tracking"
)

// Store keeps leases, calls and counters in SQLite files. Open returns one. Its
// methods do what tracking.Store says and are safe for concurrent use.
//
// Beside the errors that tracking.Store names, every method returns [ErrClosed]
// after Close, and otherwise an error that names the file and wraps, where one
// fits, [ErrNotQooqie], [ErrNewer], [ErrCorrupt], [ErrReadOnly] or [ErrDiskFull].
// A file that can't be locked for some seconds, because another process holds
// it, is an error without a name of its own.
//
// After an error the store goes on by itself: the next call opens the file again.
type Store struct {
	path  string // absolute
	vfs   string
	index *file

	mu        sync.Mutex
	customers map[string]*customer
	closed    bool
	active    sync.WaitGroup // methods that run

	closeOnce sync.Once
	closeErr  error
}

var _ tracking.Store = (*Store)(nil)

// customer has the files of one customer.
type customer struct{ calls, counters *file }

// Open opens the store whose index is the file at path, and makes the file if
// there is none; its directory must exist. Files of customers are opened when
// they are needed. All processes that share the files may call it at once.
//
// Open returns ctx's error, or one that names the file and wraps [ErrNotQooqie],
// [ErrNewer], [ErrCorrupt], [ErrReadOnly] or [ErrDiskFull]. A file that is
// refused for what it is has not been changed. Nothing stays open after an error.
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, "")
}

// open is Open through a named VFS of SQLite.
func open(ctx context.Context, path, vfs string) (*Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	abs, err := resolve(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	s := &Store{
		path: abs, vfs: vfs,
		index:     newFile(abs, vfs, &indexSchema),
		customers: make(map[string]*customer),
	}
	if _, err := write(ctx, s.index, creates, func(*conn) (struct{}, error) { return struct{}{}, nil }); err != nil {
		// The caller may have gone while the file was being opened.
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// resolve returns the one absolute path of the file that path leads to. SQLite
// follows a symbolic link to the index; the directory of the customers has to be
// beside the same file then, or two processes that were given two names would
// share the numbers and not the leases.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	target, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) {
		// There will be a file, in a directory that exists.
		var dir string
		dir, err = filepath.EvalSymlinks(filepath.Dir(abs))
		target = filepath.Join(dir, filepath.Base(abs))
	}
	return target, err
}

// Close waits for the writes that are queued, also for those whose callers have
// gone, empties the logs and closes the files. Later calls of other methods
// return [ErrClosed], and Close returns what it did the first time.
//
// An error wraps [ErrDiskFull] or names another fault of a file; what was
// written is durable nevertheless.
func (s *Store) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.closeOnce.Do(func() {
		s.active.Wait()
		errs := []error{s.index.close()}
		for _, c := range s.customers {
			errs = append(errs, c.calls.close(), c.counters.close())
		}
		s.closeErr = errors.Join(errs...)
	})
	return s.closeErr
}

// enter begins a method on the customer's files, or refuses it when the store is
// closed or ctx has ended. If it returns no error, s.active.Done must follow,
// which is what Close waits for.
func (s *Store) enter(ctx context.Context, id string) (*customer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.active.Add(1)
	c := s.customers[id]
	if c == nil {
		c = s.newCustomer(id)
		s.customers[id] = c
	}
	return c, nil
}

// newCustomer describes the customer's files, and makes none. The directory is
// named by a hash, because an id may have characters that no file name can have,
// "..", or only another case than the next one. 128 bits are no secret; they are
// enough that no two customers meet.
func (s *Store) newCustomer(id string) *customer {
	sum := sha256.Sum256([]byte(id))
	all := s.path + ".d"
	dir := filepath.Join(all, hex.EncodeToString(sum[:16]))
	return &customer{
		calls:    newFile(filepath.Join(dir, "calls.db"), s.vfs, &callsSchema, all, dir),
		counters: newFile(filepath.Join(dir, "counters.db"), s.vfs, &countersSchema, all, dir),
	}
}

// unlessAbsent is err, or nil if there is no file: who has no data has nothing
// to be read or forgotten.
func unlessAbsent(err error) error {
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}
