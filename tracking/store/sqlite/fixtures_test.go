package sqlite

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

// opened opens a store until the end of the test.
func opened(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// fill gives the customer something of everything, with marks in all texts.
func fill(t *testing.T, s *Store, customer string) {
	t.Helper()
	ctx := t.Context()
	pool := numberpool.PoolID{Customer: customer, Name: "main"}
	n := testNumbers(1)
	if customer != testPool.Customer {
		n = testNumbers(2)[1:]
	}
	_, err := s.PoolLeases(ctx, pool, n)
	require.NoError(t, err)
	_, err = s.GrantLease(ctx, numberpool.Lease{
		Pool: pool, Number: n[0], Generation: 1, Session: numberpool.SessionID([]byte("session-of-" + customer + "000000")[:16]),
		Since: noon, SeenAt: noon, ExpiresAt: noon.Add(time.Minute),
		Attribution: numberpool.Attribution{Source: "source-of-" + customer},
	})
	require.NoError(t, err)
	_, err = s.PutCall(ctx, tracking.Call{
		Customer: customer, Carrier: "twilio", ID: "call-of-" + customer, Dialled: n[0],
		Caller: "caller-of-" + customer, CallerHint: "42", StartedAt: noon,
	}, keepStored)
	require.NoError(t, err)
	require.NoError(t, s.AddCounters(ctx, customer, []tracking.Counter{{
		Day: retention.Date{Year: 2026, Month: 11, Day: 24}, Site: "site", Kind: tracking.PageViews, Key: "page-of-" + customer, Count: 1,
	}}))
}

// keepStored is a merge that changes nothing.
func keepStored(stored, _ tracking.Call) tracking.Call { return stored }

// contents returns all files below dir by their path.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	}))
	return files
}

// everyMethod calls each method and returns the errors.
func everyMethod(ctx context.Context, s *Store) map[string]error {
	errs := make(map[string]error)
	one := testNumbers(1)[0]
	customer := testPool.Customer
	want := numberpool.Lease{Pool: testPool, Number: one, Generation: 1}
	_, errs["PoolLeases"] = s.PoolLeases(ctx, testPool, testNumbers(1))
	_, errs["GrantLease"] = s.GrantLease(ctx, want)
	_, errs["RenewLease"] = s.RenewLease(ctx, want)
	errs["ReleaseLease"] = s.ReleaseLease(ctx, testPool, one, 1, noon)
	errs["EndLeases"] = s.EndLeases(ctx, customer, noon, noon)
	_, errs["NumberHolders"] = s.NumberHolders(ctx, testPool, one, noon, noon)
	_, errs["PutCall"] = s.PutCall(ctx, tracking.Call{Customer: customer}, keepStored)
	_, errs["Calls"] = s.Calls(ctx, customer, noon, 1)
	errs["ForgetCallers"] = s.ForgetCallers(ctx, customer, noon)
	errs["AddCounters"] = s.AddCounters(ctx, customer, []tracking.Counter{{Count: 1}})
	_, errs["Counters"] = s.Counters(ctx, customer, retention.Date{})
	errs["DeleteCounters"] = s.DeleteCounters(ctx, customer, retention.Date{Year: 3000, Month: 1, Day: 1})
	return errs
}

// writeTo runs work as a job that makes the file if need be. It runs where jobs
// run, so it must not end the test; see lend.
func writeTo(f *file, work func(*conn) error) error {
	_, err := write(context.Background(), f, creates, func(c *conn) (struct{}, error) { return struct{}{}, work(c) })
	return err
}

// lend is writeTo with the work done by the caller, who may end the test in it.
func lend(f *file, work func(*conn) error) error {
	lent, back, over := make(chan *conn), make(chan error, 1), make(chan error, 1)
	go func() {
		over <- writeTo(f, func(c *conn) error {
			lent <- c
			return <-back
		})
	}()
	select {
	case err := <-over: // the file could not be opened
		return err
	case c := <-lent:
		defer close(back) // also when work ends the test
		err := work(c)
		back <- err
		return <-over
	}
}
