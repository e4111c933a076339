package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// tally is a file whose only table counts what jobs did.
var tally = schema{id: 0x51717475, synchronous: "FULL", migrations: []string{
	`CREATE TABLE done (job INTEGER PRIMARY KEY) STRICT`,
}}

// newTally makes a file of jobs on a disk.
func newTally(t *testing.T, vfs string) *file {
	t.Helper()
	f := newFile(filepath.Join(t.TempDir(), "tally.db"), vfs, &tally)
	require.NoError(t, writeTo(f, func(*conn) error { return nil }))
	t.Cleanup(func() { require.NoError(t, f.close()) })
	return f
}

// do is a job that leaves its number.
func do(i int) func(*conn) error {
	return func(c *conn) error {
		_, err := c.exec(`INSERT INTO done VALUES (?)`, int64(i))
		return err
	}
}

// done returns the numbers that jobs have left.
func (f *file) doneJobs(t *testing.T) (jobs []string) {
	t.Helper()
	require.NoError(t, f.read(t.Context(), func(c *conn) (err error) {
		jobs, err = c.text(`SELECT job FROM done ORDER BY job`)
		return err
	}))
	return jobs
}

// busy holds the file's writer inside a job until the returned function is
// called, which waits for the job's end.
func (f *file) busy(t *testing.T) (release func()) {
	t.Helper()
	begun, gate, over := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		over <- writeTo(f, func(*conn) error {
			close(begun)
			<-gate
			return nil
		})
	}()
	<-begun
	return func() {
		close(gate)
		require.NoError(t, <-over)
	}
}

// queued waits until n jobs are queued.
func (f *file) queued(n int) {
	for {
		f.mu.Lock()
		enough := len(f.queue) >= n
		f.mu.Unlock()
		if enough {
			return
		}
		runtime.Gosched()
	}
}

// TestGroupCommit: jobs that come during a commit share the next one, with one
// sync of the log for all of them.
func TestGroupCommit(t *testing.T) {
	d := newDisk(t, 1)
	f := newTally(t, d.name)
	require.NoError(t, writeTo(f, do(-1))) // the first one also syncs the log's header
	release := f.busy(t)
	before := d.logSyncs.Load()
	var wg sync.WaitGroup
	for i := range maxBatch {
		wg.Go(func() {
			if err := writeTo(f, do(i)); err != nil {
				t.Error(err)
			}
		})
	}
	f.queued(maxBatch)
	release()
	wg.Wait()
	require.EqualValues(t, 1, d.logSyncs.Load()-before, "commits for %d jobs", maxBatch)
	require.Len(t, f.doneJobs(t), maxBatch+1)
}

// TestOneBadJob: a job that fails or panics leaves nothing, and the others of its
// commit do not notice.
func TestOneBadJob(t *testing.T) {
	f := newTally(t, "")
	errJob := errors.New("no")
	jobs := map[string]struct {
		run  func(*conn) error
		want string
	}{
		"ok 1": {do(1), ""},
		"fails after a write": {func(c *conn) error {
			return errors.Join(do(2)(c), errJob)
		}, "no"},
		"panics after a write": {func(c *conn) error {
			_ = do(3)(c)
			panic("session-of-somebody")
		}, "panic with a string"},
		"panics in the middle of a query": {func(c *conn) error {
			_ = do(4)(c)
			return c.query(func(*sqlite3.Stmt) error { panic(errJob) }, `SELECT 1 UNION SELECT 2`)
		}, "panic with a *errors.errorString"},
		"breaks a rule": {func(c *conn) error {
			return errors.Join(do(5)(c), do(5)(c))
		}, "UNIQUE constraint failed"},
		"has a type that no column has": {func(c *conn) error {
			_, err := c.exec(`INSERT INTO done VALUES (?)`, "6")
			return errors.Join(do(7)(c), err, func() error { _, err := c.exec(`SELECT ?`, 'x'); return err }())
		}, "panic with a string"},
		"ok 2": {do(9), ""},
	}
	release := f.busy(t)
	var wg sync.WaitGroup
	for name, j := range jobs {
		wg.Go(func() {
			err := writeTo(f, j.run)
			if (err == nil) != (j.want == "") {
				t.Errorf("%s: %v", name, err)
			}
			if err != nil {
				require.ErrorContains(t, err, j.want, name)
				require.NotContains(t, err.Error(), "somebody")
			}
		})
	}
	f.queued(len(jobs))
	release()
	wg.Wait()
	require.Equal(t, []string{"1", "9"}, f.doneJobs(t))
	// The connection is as good as before: nothing pins the log.
	_, err := write(t.Context(), f, erases, func(*conn) (struct{}, error) { return struct{}{}, nil })
	require.NoError(t, err)
}

// TestMergePanics: the same through the store. Nothing is stored.
func TestMergePanics(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "qooqie.db"))
	fill(t, s, testPool.Customer)
	before, err := s.Calls(t.Context(), testPool.Customer, time.Time{}, 10)
	require.NoError(t, err)
	event := before[0]
	event.State = tracking.Finished
	_, err = s.PutCall(t.Context(), event, func(tracking.Call, tracking.Call) tracking.Call { panic(event) })
	require.ErrorContains(t, err, "panic with a tracking.Call")
	after, err := s.Calls(t.Context(), testPool.Customer, time.Time{}, 10)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// TestAbandonedJob: who leaves while his job waits is told so, and the job is
// not done; who leaves while it runs is told the same, and it is.
func TestAbandonedJob(t *testing.T) {
	f := newTally(t, "")
	release := f.busy(t)
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := write(ctx, f, creates, func(c *conn) (int, error) { return 1, do(1)(c) })
		left <- err
	}()
	f.queued(1)
	cancel()
	require.ErrorIs(t, <-left, context.Canceled)
	release()
	require.NoError(t, writeTo(f, do(2)))
	require.Equal(t, []string{"2"}, f.doneJobs(t))

	ctx, cancel = context.WithCancel(t.Context())
	begun, gate := make(chan struct{}), make(chan struct{})
	go func() {
		_, err := write(ctx, f, creates, func(c *conn) (int, error) {
			close(begun)
			<-gate
			return 1, do(3)(c)
		})
		left <- err
	}()
	<-begun
	cancel()
	require.ErrorIs(t, <-left, context.Canceled, "the caller does not wait for it")
	close(gate)
	require.NoError(t, writeTo(f, do(4)))
	require.Equal(t, []string{"2", "3", "4"}, f.doneJobs(t))
}

// TestLeftDuringTheWaitForTheLock: a job whose caller left while another process
// had the lock is not done when the lock comes.
func TestLeftDuringTheWaitForTheLock(t *testing.T) {
	f := newTally(t, "")
	unlock := lock(t, f.path)
	ctx, cancel := context.WithCancel(t.Context())
	left, stays := make(chan error, 1), make(chan error, 1)
	release := make(chan struct{})
	go func() {
		_, err := write(ctx, f, creates, func(c *conn) (int, error) { close(release); return 1, do(1)(c) })
		left <- err
	}()
	f.drained()
	cancel()
	require.ErrorIs(t, <-left, context.Canceled)
	go func() { stays <- writeTo(f, do(2)) }()
	f.queued(1)
	unlock()
	require.NoError(t, <-stays)
	require.Equal(t, []string{"2"}, f.doneJobs(t))
}

// drained waits until a commit has taken all jobs from the queue.
func (f *file) drained() {
	for {
		f.mu.Lock()
		taken := f.writing && len(f.queue) == 0
		f.mu.Unlock()
		if taken {
			return
		}
		runtime.Gosched()
	}
}

// lock is what another process does that writes: it has the lock until the
// returned function is called.
func lock(t *testing.T, path string) (unlock func()) {
	t.Helper()
	c, err := dial(path, "", "FULL")
	require.NoError(t, err)
	require.NoError(t, c.Exec(`BEGIN IMMEDIATE`))
	return sync.OnceFunc(c.close)
}
