//go:build unix

package retention_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// TestExposed opens the vault to others in every way and expects that it is
// refused until the printed command was obeyed.
func TestExposed(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	ring, key := signingKeys(t, v, "acme"), dataKey(t, v, "acme", "one")
	sign, data := onlyFile(t, v, "sign-"), onlyFile(t, v, "data-")
	for _, test := range []struct {
		path       string
		mode, want fs.FileMode
		sign, data bool // refused
	}{
		{string(v), 0o755, 0o700, true, true},
		{string(v), 0o710, 0o700, true, true},
		{string(v), 0o702, 0o700, true, true},
		{filepath.Dir(sign), 0o750, 0o700, true, true},
		{sign, 0o640, 0o600, true, false},
		{sign, 0o604, 0o600, true, false},
		{data, 0o644, 0o600, false, true},
	} {
		require.NoError(t, os.Chmod(test.path, test.mode))
		_, signErr := v.SigningKeys(t.Context(), "acme")
		_, dataErr := v.DataKey(t.Context(), "acme", "one")
		for err, refused := range map[error]bool{signErr: test.sign, dataErr: test.data} {
			if !refused {
				require.NoError(t, err)
				continue
			}
			require.ErrorIs(t, err, retention.ErrVaultExposed)
			require.ErrorContains(t, err, fmt.Sprintf("run: chmod %o '%s'", test.want, test.path))
		}
		require.NoError(t, os.Chmod(test.path, test.want))
	}
	require.Equal(t, ring, signingKeys(t, v, "acme"))
	require.Equal(t, key, dataKey(t, v, "acme", "one"))

	require.NoError(t, os.Chmod(data, 0o644))
	require.NoError(t, v.DestroyDataKey(t.Context(), "acme", "one"), "an exposed key can be destroyed")
}

// TestPipe puts a named pipe in the place of a key: opening it would wait for a
// writer that never comes.
func TestPipe(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	dataKey(t, v, "acme", "one")
	path := onlyFile(t, v, "data-")
	require.NoError(t, os.Remove(path))
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	done := make(chan error, 1)
	go func() {
		_, err := v.DataKey(t.Context(), "acme", "one")
		done <- err
	}()
	select {
	case err := <-done:
		require.ErrorIs(t, err, retention.ErrVaultDamaged)
	case <-time.After(10 * time.Second):
		t.Fatal("waits for the pipe")
	}
}

// TestDiskFull runs the vault in a process that may write only 20 bytes to a
// file, less than a key file has. No half key may get its name.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	ring, key := signingKeys(t, v, "acme"), dataKey(t, v, "acme", "one")
	before := files(t, v)

	out, err := helper(t, v, "full").Output()
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Len(t, lines, 3)
	for _, line := range lines {
		require.Contains(t, line, syscall.EFBIG.Error())
	}
	require.Equal(t, before, files(t, v), "nothing half written is left")
	require.Equal(t, ring, signingKeys(t, v, "acme"))
	require.Equal(t, key, dataKey(t, v, "acme", "one"))
	dataKey(t, v, "acme", "two")
}

// TestFewFiles runs the vault in a process that may open no, one, two, … files.
func TestFewFiles(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	out, err := helper(t, v, "few files").Output()
	require.NoError(t, err, string(out))
	var failed int
	_, err = fmt.Sscanf(string(out), "failed %d", &failed)
	require.NoError(t, err)
	require.Greater(t, failed, 1, "it ran out of files at different steps")
	for path := range files(t, v) {
		require.NotEqual(t, ".tmp", filepath.Ext(path))
	}
}
