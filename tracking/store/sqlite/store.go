package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"sync"

	"github.com/qooqie/qooqie/tracking"
)

// Store keeps leases, calls and counters in SQLite files. Open returns one. Its
// methods do what tracking.Store says and are safe for concurrent use.
//
// Beside the errors that tracking.Store names, every method returns ErrClosed
// after Close, and otherwise an error that names the file and wraps, where one
// fits, ErrNotQooqie, ErrNewer, ErrCorrupt, ErrReadOnly or ErrDiskFull.
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
// they are needed.
//
// Open returns ctx's error, or one that names the file and wraps ErrNotQooqie,
// ErrNewer, ErrCorrupt, ErrReadOnly or ErrDiskFull. A file that is refused for
// what it is has not been changed.
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, "")
}

// open is Open through a named VFS of SQLite.
func open(ctx context.Context, path, vfs string) (*Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
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

// Close waits for the writes that are queued, empties the logs and closes the
// files. Later calls of other methods return ErrClosed, and Close returns what
// it did the first time.
//
// An error wraps ErrDiskFull or names another fault of a file; what was written
// is durable nevertheless.
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

// enter begins a method on the customer's files. If it returns no error,
// s.active.Done must follow.
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

// newCustomer describes the customer's files. The directory is named by a hash,
// because an id may have characters that no file name can have.
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
