package sqlite

import (
	"context"
	"errors"
)

// Group commit: jobs that come while a commit is under way wait, and then share
// the next one. What a commit costs is the sync of the disk, the same for one job
// as for many; so under load the store does as many jobs with each sync as come
// during the one before, and alone a job waits for nobody. There is no timer.

// maxBatch is how many jobs share a commit at most. It bounds how long the first
// of them waits for the last.
const maxBatch = 256

// job is one caller's work inside a shared transaction. After it has been queued
// it belongs to the goroutine that commits, until that has sent to done; err is
// no field for others.
type job struct {
	ctx  context.Context
	need need
	run  func(*conn) error
	err  error
	done chan error // has room for the outcome, also when nobody waits for it
}

// need is what a job demands beside its transaction.
type need uint8

const (
	// creates means that the file is made if there is none.
	creates need = 1 << iota
	// erases means that the log is emptied after the commit.
	erases
)

// write runs fn in a transaction of its own, as seen by fn, and returns its
// value once that is durable. If ctx ends first, fn is skipped, or, when it runs
// already, left to finish: SQLite is never interrupted in a transaction, because
// that undoes the work of all who share it.
//
// ctx's error therefore means that the outcome is not known. Any other error
// means that nothing was written, but for a disk that fails in the commit
// itself: what the system had taken by then may be there after a crash.
func write[T any](ctx context.Context, f *file, n need, fn func(*conn) (T, error)) (T, error) {
	var value, zero T
	j := &job{ctx: ctx, need: n, done: make(chan error, 1), run: func(c *conn) (err error) {
		value, err = fn(c)
		return err
	}}
	if err := f.submit(j); err != nil {
		return zero, err
	}
	return value, nil // only now, for an abandoned job may still write it
}

// submit queues j and waits for its outcome.
func (f *file) submit(j *job) error {
	select {
	case f.slots <- struct{}{}:
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
	f.mu.Lock()
	f.queue = append(f.queue, j)
	if !f.writing {
		f.writing = true
		go f.drain()
	}
	f.mu.Unlock()

	select {
	case err := <-j.done:
		return err
	case <-j.ctx.Done():
	}
	// An outcome that is there is better news than an end.
	select {
	case err := <-j.done:
		return err
	default:
		return j.ctx.Err()
	}
}

// drain commits what is queued, until nothing is. It is started by the first job
// and ends with the last one, so a store that is idle has no goroutine.
func (f *file) drain() {
	for {
		batch := f.next()
		if len(batch) == 0 {
			return
		}
		f.commit(batch)
	}
}

// next takes the jobs of the next commit from the queue. That nothing is queued
// and that nobody drains becomes true in one step, or a job could be left alone.
func (f *file) next() []*job {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := min(len(f.queue), maxBatch)
	if n == 0 {
		f.queue = nil
		f.writing = false
		f.idle.Broadcast()
		return nil
	}
	batch := f.queue[:n:n]
	f.queue = f.queue[n:]
	for range n {
		<-f.slots
	}
	return batch
}

// commit runs the jobs in one transaction and answers their callers. If the
// transaction fails, they all fail: what a job has seen and decided is then no
// longer true.
func (f *file) commit(batch []*job) {
	live := batch[:0]
	for _, j := range batch {
		if err := j.ctx.Err(); err != nil {
			j.done <- err
			continue
		}
		live = append(live, j)
	}
	if len(live) == 0 {
		return
	}
	if err := guard(func() error { return f.transact(live) }); err != nil {
		f.reset()
		for _, j := range live {
			j.err = err
		}
	}
	for _, j := range live {
		if j.err != nil && !errors.Is(j.err, errAbsent) {
			j.err = fileError(f.path, j.err)
		}
		j.done <- j.err
	}
}

// transact runs the jobs, each in a savepoint, and commits. The error is that
// of the whole transaction.
//
// BEGIN IMMEDIATE takes the lock for writing at once. A transaction that begins
// by reading and writes later can find that another process wrote in between,
// and SQLite then refuses it without waiting
// (https://sqlite.org/isolation.html, SQLITE_BUSY_SNAPSHOT).
//
// What a crash leaves: before COMMIT returns, either all jobs or none; after it,
// all of them. Emptying the log changes nothing of that.
func (f *file) transact(jobs []*job) error {
	var n need
	for _, j := range jobs {
		n |= j.need
	}
	if err := f.connect(n&creates != 0); err != nil {
		return err
	}
	c := f.writer
	if _, err := c.exec(`BEGIN IMMEDIATE`); err != nil {
		return err
	}
	for _, j := range jobs {
		// The wait for the lock may have been long. Who has gone meanwhile has
		// been told that the outcome is unknown; this is the better one.
		if j.err = j.ctx.Err(); j.err != nil {
			continue
		}
		j.err = c.savepoint(j.run)
		if c.GetAutocommit() {
			return errors.Join(j.err, errRolledBack)
		}
	}
	if _, err := c.exec(`COMMIT`); err != nil {
		return err
	}
	if n&erases == 0 {
		return nil
	}
	// The jobs are done. Only who wanted the log to be emptied hears of this.
	if err := c.truncate(); err != nil {
		for _, j := range jobs {
			if j.need&erases != 0 && j.err == nil {
				j.err = err
			}
		}
	}
	return nil
}

// errRolledBack means that SQLite has undone a transaction by itself, as it
// does after a full disk or an input/output error.
var errRolledBack = errors.New("the transaction was rolled back")

// savepoint runs a job so that nothing of it is left if it fails, and the others
// of its transaction do not notice: ROLLBACK TO undoes what came after the
// savepoint and keeps the transaction (https://sqlite.org/lang_savepoint.html).
func (c *conn) savepoint(run func(*conn) error) error {
	if _, err := c.exec(`SAVEPOINT job`); err != nil {
		return err
	}
	err := guard(func() error { return run(c) })
	if c.GetAutocommit() {
		return err
	}
	if err != nil {
		if _, undo := c.exec(`ROLLBACK TO job`); undo != nil {
			return errors.Join(err, undo)
		}
	}
	_, release := c.exec(`RELEASE job`)
	return errors.Join(err, release)
}
