package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

// marks are parts of everything personal that these tests store.
var marks = []string{
	"-of-acme", "-of-bolt", "31850000000", "850000000", "session-of", fmt.Sprintf("%x", "session-of"), "5100", "42\"",
}

// requireNothingPersonal checks the text of an error.
func requireNothingPersonal(t *testing.T, err error) {
	t.Helper()
	text := err.Error()
	// The name of a directory is a hash, in which anything may occur.
	if i := strings.Index(text, ".db.d"+string(filepath.Separator)); i >= 0 {
		text = strings.ReplaceAll(text, text[i+6:i+6+32], "")
	}
	for _, mark := range marks {
		require.NotContains(t, text, mark)
	}
}

// TestErrorsTellNothing: errors of all kinds of failures, of all methods.
func TestErrorsTellNothing(t *testing.T) {
	t.Parallel()
	d := newDisk(t, 7)
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"), d.name)
	require.NoError(t, err)
	fill(t, s, testPool.Customer)
	failures := 0
	for _, code := range []error{sqlite3.IOERR_WRITE, sqlite3.FULL, sqlite3.IOERR_FSYNC, sqlite3.CORRUPT, sqlite3.READONLY, sqlite3.BUSY} {
		for n := range 6 {
			d.failFrom(n, func(string) error { return code })
			for i := range 4 {
				at := noon.Add(time.Duration(i) * time.Second)
				attribution := numberpool.Attribution{Source: fmt.Sprint("source-of-acme", n, i)}
				_, err1 := s.RenewLease(t.Context(), numberpool.Lease{
					Pool: testPool, Number: testNumbers(1)[0], Generation: 1,
					Session: numberpool.SessionID([]byte("session-of-acme0")), SeenAt: at, Attribution: attribution,
				})
				_, err2 := s.PutCall(t.Context(), tracking.Call{
					Customer: "acme", Carrier: "twilio", ID: fmt.Sprint("call-of-acme", n, i), Caller: "caller-of-acme", CallerHint: "42",
				}, keepStored)
				err3 := s.AddCounters(t.Context(), "acme", []tracking.Counter{{Key: "page-of-acme", Count: 1}})
				err4 := s.ForgetCallers(t.Context(), "acme", noon.Add(time.Hour))
				for _, err := range []error{err1, err2, err3, err4} {
					if err != nil {
						failures++
						requireNothingPersonal(t, err)
					}
				}
			}
		}
	}
	require.Greater(t, failures, 100)
	d.failFrom(0, nil)

	// What the rules of the tables say.
	err = s.AddCounters(t.Context(), "acme", []tracking.Counter{
		{Key: "page-of-acme", Count: 1<<63 - 1}, {Key: "page-of-acme", Count: 1<<63 - 1},
	})
	require.Error(t, err)
	requireNothingPersonal(t, err)
	_, err = s.PoolLeases(t.Context(), numberpool.PoolID{Customer: "bolt", Name: "pool-of-bolt"}, testNumbers(1))
	require.ErrorIs(t, err, numberpool.ErrNumberOwned)
	requireNothingPersonal(t, err)
	require.NoError(t, s.Close())
}

// TestErasedBytesAreGone: after EndLeases and ForgetCallers neither the ids nor
// the callers are in any file, also of leases that were granted anew meanwhile.
func TestErasedBytesAreGone(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "qooqie.db"))
	pool := numberpool.PoolID{Customer: "acme", Name: "main"}
	_, err := s.PoolLeases(t.Context(), pool, testNumbers(20))
	require.NoError(t, err)
	for round := range 10 {
		at := noon.Add(time.Duration(round) * time.Hour)
		for i, n := range testNumbers(20) {
			id := numberpool.SessionID([]byte(fmt.Sprintf("sid-%02d-%02d-secret", round, i))[:16])
			_, err := s.GrantLease(t.Context(), numberpool.Lease{
				Pool: pool, Number: n, Generation: uint64(round + 1), Session: id, Since: at, SeenAt: at, ExpiresAt: at.Add(time.Minute),
			})
			require.NoError(t, err)
			_, err = s.PutCall(t.Context(), tracking.Call{
				Customer: "acme", Carrier: "twilio", ID: fmt.Sprint(round, "/", i), Dialled: n,
				Caller: fmt.Sprintf("secret-caller-%d-%d", round, i), StartedAt: at,
			}, keepStored)
			require.NoError(t, err)
		}
	}
	later := noon.Add(100 * time.Hour)
	require.NoError(t, s.EndLeases(t.Context(), "acme", later, later))
	require.NoError(t, s.ForgetCallers(t.Context(), "acme", later))
	for name, data := range contents(t, dir) {
		require.False(t, bytes.Contains(data, []byte("sid-")), "a session is in %s", name)
		require.False(t, bytes.Contains(data, []byte("secret-caller")), "a caller is in %s", name)
	}
	holders, err := s.NumberHolders(t.Context(), pool, testNumbers(1)[0], time.Time{}, later)
	require.NoError(t, err)
	require.Len(t, holders, 1, "intervals are forgotten as asked; the row stays")
	calls, err := s.Calls(t.Context(), "acme", time.Time{}, 1000)
	require.NoError(t, err)
	require.Len(t, calls, 200)
}

// TestReaderKeepsTheLog: while somebody reads, the log can't be emptied. That is
// no error, and the next call does it.
func TestReaderKeepsTheLog(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "qooqie.db"))
	fill(t, s, "acme")
	later := noon.Add(time.Hour)
	calls := s.customers["acme"].calls
	inLog := func() bool {
		return bytes.Contains(contents(t, dir)[calls.path+"-wal"], []byte("caller-of-acme"))
	}
	require.NoError(t, calls.read(t.Context(), func(c *conn) error {
		if err := c.Exec(`BEGIN; SELECT count(*) FROM calls`); err != nil {
			return err
		}
		require.NoError(t, s.ForgetCallers(context.WithoutCancel(t.Context()), "acme", later))
		require.True(t, inLog(), "the test needs a log that is kept")
		return c.Exec(`ROLLBACK`)
	}))
	require.NoError(t, s.ForgetCallers(t.Context(), "acme", later))
	require.False(t, inLog())
}

// TestAbsentCustomerLeavesNoTrace: reading and forgetting make no file.
func TestAbsentCustomerLeavesNoTrace(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "qooqie.db"))
	for name, err := range everyMethod(t.Context(), s) {
		switch name {
		case "PoolLeases", "PutCall", "AddCounters":
			require.NoError(t, err, name)
		case "GrantLease", "RenewLease": // before or after PoolLeases, as it happens
		default:
			require.NoError(t, err, name)
		}
	}
	other := "nobody"
	_, err := s.PoolLeases(t.Context(), numberpool.PoolID{Customer: other, Name: "x"}, nil)
	require.NoError(t, err)
	require.NoError(t, s.EndLeases(t.Context(), other, noon, noon))
	require.NoError(t, s.ForgetCallers(t.Context(), other, noon))
	require.NoError(t, s.DeleteCounters(t.Context(), other, retention.Date{Year: 3000, Month: 1, Day: 1}))
	require.NoError(t, s.AddCounters(t.Context(), other, nil))
	require.NoDirExists(t, filepath.Dir(s.newCustomer(other).calls.path))
}
