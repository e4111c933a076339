package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

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
