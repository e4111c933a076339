package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
	"github.com/qooqie/qooqie/tracking/store/storetest"
)

// openAt opens the store at path until the end of the test.
func openAt(tb testing.TB, path string) *sqlite.Store {
	tb.Helper()
	s, err := sqlite.Open(tb.Context(), path)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.Close()) })
	return s
}

// openNew opens a new, empty store until the end of the test.
func openNew(tb testing.TB) *sqlite.Store {
	tb.Helper()
	return openAt(tb, filepath.Join(tb.TempDir(), "qooqie.db"))
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) tracking.Store { return openNew(t) })
}

func TestPeers(t *testing.T) {
	storetest.RunPeers(t, func(t *testing.T) (a, b tracking.Store) {
		path := filepath.Join(t.TempDir(), "qooqie.db")
		return openAt(t, path), openAt(t, path)
	})
}

func BenchmarkStore(b *testing.B) {
	storetest.Benchmark(b, func(b *testing.B) tracking.Store {
		b.Helper()
		return openNew(b)
	})
}

// A store is a file and a directory beside it, which are made when they are
// needed.
func ExampleOpen() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "qooqie")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store, err := sqlite.Open(ctx, filepath.Join(dir, "qooqie.db"))
	if err != nil {
		log.Fatal(err)
	}

	number, _ := numberpool.ParseNumber("+31851234567")
	pool, err := numberpool.New(store, numberpool.Config{
		ID: numberpool.PoolID{Customer: "acme", Name: "sales"}, Numbers: []numberpool.Number{number},
	})
	if err != nil {
		log.Fatal(err)
	}
	lease, err := pool.Acquire(ctx, numberpool.Request{Session: numberpool.SessionID{1}},
		time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	fmt.Println(lease.Number, lease.ExpiresAt.Format(time.TimeOnly), err)

	fmt.Println(store.Close())
	_, err = store.Calls(ctx, "acme", time.Time{}, 10)
	fmt.Println(err)
	// Output:
	// +31…67 12:02:00 <nil>
	// <nil>
	// sqlite: the store is closed
}
