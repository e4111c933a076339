package sqlite

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/stretchr/testify/require"
)

// soon is a context that ends after a moment.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

// nothing is a job.
func nothing(*conn) (struct{}, error) { return struct{}{}, nil }

// TestContextsEndEveryWait: wherever a caller waits, he leaves when his context
// ends, and the file works as before.
func TestContextsEndEveryWait(t *testing.T) {
	for name, wait := range map[string]func(t *testing.T, f *file) error{
		"for a place in the queue": func(t *testing.T, f *file) error {
			for range maxQueue {
				f.slots <- struct{}{}
			}
			defer func() {
				for range maxQueue {
					<-f.slots
				}
			}()
			_, err := write(soon(t), f, creates, nothing)
			return err
		},
		"for the commit before": func(t *testing.T, f *file) error {
			defer f.busy(t)()
			_, err := write(soon(t), f, creates, nothing)
			return err
		},
		"for the lock of another process": func(t *testing.T, f *file) error {
			defer lock(t, f.path)()
			_, err := write(soon(t), f, creates, nothing)
			return err
		},
		"for its own job": func(t *testing.T, f *file) error {
			gate := make(chan struct{})
			defer close(gate)
			_, err := write(soon(t), f, creates, func(*conn) (int, error) { <-gate; return 0, nil })
			return err
		},
		"for a reader": func(t *testing.T, f *file) error {
			var wg sync.WaitGroup
			gate, begun := make(chan struct{}), make(chan struct{})
			for range maxReaders {
				wg.Go(func() {
					err := f.read(t.Context(), func(*conn) error { begun <- struct{}{}; <-gate; return nil })
					if err != nil {
						t.Error(err)
					}
				})
				<-begun
			}
			defer wg.Wait()
			defer close(gate)
			return f.read(soon(t), func(*conn) error { return nil })
		},
		"for the first opening": func(t *testing.T, f *file) error {
			defer f.busy(t)()
			f.ready.Store(false)
			return f.read(soon(t), func(*conn) error { return nil })
		},
		"for a long query": func(t *testing.T, f *file) error {
			return f.read(soon(t), func(c *conn) error {
				return c.query(func(*sqlite3.Stmt) error { return nil },
					`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`)
			})
		},
		"for a lock as a reader": func(t *testing.T, f *file) error {
			ctx := soon(t)
			return f.read(ctx, func(*conn) error {
				<-ctx.Done()
				return sqlite3.BUSY // as the driver makes of it
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newTally(t, "")
			require.ErrorIs(t, wait(t, f), context.DeadlineExceeded)
			require.NoError(t, writeTo(f, do(1)))
			require.Equal(t, []string{"1"}, f.doneJobs(t))
		})
	}
}

// TestOpenObeysItsContext: Open leaves nothing behind when it is given up.
func TestOpenObeysItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qooqie.db")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ended, path)
	require.ErrorIs(t, err, context.Canceled)
	require.NoFileExists(t, path)

	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	unlock := lock(t, path)
	time.AfterFunc(200*time.Millisecond, unlock) // Open waits for its writer to end
	_, err = Open(soon(t), path)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	unlock()
	require.Equal(t, []string{"qooqie.db"}, names(t, filepath.Dir(path), ""), "no log is left open")
}

// TestEndedContext: every method sees an ended context before it does anything.
func TestEndedContext(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "qooqie.db"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range everyMethod(ctx, s) {
		require.ErrorIs(t, err, context.Canceled, name)
	}
	require.Empty(t, s.customers)
}
