//go:build unix

package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoPermission: a directory or a file without permission is named as such.
func TestNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere; TestReadOnlyDirectory has the same without modes")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "qooqie.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, os.Chmod(path, 0o400))
	_, err = Open(t.Context(), path)
	require.ErrorIs(t, err, ErrReadOnly)
	require.NoError(t, os.Chmod(dir, 0o500))
	t.Cleanup(func() { require.NoError(t, os.Chmod(dir, 0o700)) })
	_, err = Open(t.Context(), filepath.Join(dir, "new.db"))
	require.ErrorIs(t, err, ErrReadOnly)
}
