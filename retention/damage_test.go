package retention_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// TestDamage changes key files. Each change must be noticed, must not be
// repaired by a new key, and must not stop the destruction of a data key.
func TestDamage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		damage func(t *testing.T, path string, data []byte)
	}{
		{"empty", func(t *testing.T, path string, _ []byte) { write(t, path, nil) }},
		{"cut off", func(t *testing.T, path string, data []byte) { write(t, path, data[:len(data)-1]) }},
		{"only the key", func(t *testing.T, path string, data []byte) { write(t, path, data[:32]) }},
		{"longer", func(t *testing.T, path string, data []byte) { write(t, path, append(data, 0)) }},
		{"much longer", func(t *testing.T, path string, _ []byte) { write(t, path, make([]byte, 1<<20)) }},
		{"zeros", func(t *testing.T, path string, data []byte) { write(t, path, make([]byte, len(data))) }},
		{"a bit of the key", func(t *testing.T, path string, data []byte) { data[0] ^= 1; write(t, path, data) }},
		{"a bit of the code", func(t *testing.T, path string, data []byte) { data[63] ^= 128; write(t, path, data) }},
		{"key of another", func(t *testing.T, path string, _ []byte) { write(t, path, foreign(t, path)) }},
		{"half a tombstone", func(t *testing.T, path string, _ []byte) { write(t, path, []byte("qooqie: this")) }},
		{"a directory", func(t *testing.T, path string, _ []byte) {
			require.NoError(t, os.Remove(path))
			require.NoError(t, os.Mkdir(path, 0o700))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			v := newVault(t)
			signingKeys(t, v, "acme")
			dataKey(t, v, "acme", "one")
			for _, prefix := range []string{"sign-", "data-"} {
				path := onlyFile(t, v, prefix)
				data, err := os.ReadFile(path)
				require.NoError(t, err)
				test.damage(t, path, data)
			}
			before := files(t, v)
			for range 2 {
				_, err := v.SigningKeys(t.Context(), "acme")
				require.ErrorIs(t, err, retention.ErrVaultDamaged)
				_, err = v.DataKey(t.Context(), "acme", "one")
				require.ErrorIs(t, err, retention.ErrVaultDamaged)
			}
			require.Equal(t, before, files(t, v), "nothing is repaired")

			if test.name != "a directory" {
				require.NoError(t, v.DestroyDataKey(t.Context(), "acme", "one"))
				_, err := v.DataKey(t.Context(), "acme", "one")
				require.ErrorIs(t, err, retention.ErrKeyDestroyed)
				return
			}
			require.Error(t, v.DestroyDataKey(t.Context(), "acme", "one"), "what is no file is not removed")
			require.Equal(t, before, files(t, v))
		})
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, data, 0o600))
}

// foreign returns the content of a good file of the same kind from another
// customer's directory.
func foreign(t *testing.T, path string) []byte {
	t.Helper()
	other := newVault(t)
	signingKeys(t, other, "other")
	dataKey(t, other, "other", "one")
	data, err := os.ReadFile(onlyFile(t, other, filepath.Base(path)[:5]))
	require.NoError(t, err)
	return data
}

// TestLeftovers has what crashes leave: files that never got their name, and a
// second name of a file that did.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	signingKeys(t, v, "acme")
	key := dataKey(t, v, "acme", "one")
	sign, data := onlyFile(t, v, "sign-"), onlyFile(t, v, "data-")
	ring := signingKeys(t, v, "acme")
	require.NoError(t, os.Link(data, data+".LINK.tmp"))
	require.NoError(t, os.Link(sign, sign+".LINK.tmp"))
	write(t, data+".HALF.tmp", key[:7])
	write(t, filepath.Join(filepath.Dir(sign), "sign-000009.key.HALF.tmp"), []byte("x"))
	write(t, filepath.Join(filepath.Dir(sign), "sign-9.key"), []byte("not a name that we give"))

	require.Equal(t, ring, signingKeys(t, v, "acme"), "ignored")
	require.Equal(t, key, dataKey(t, v, "acme", "one"), "ignored")

	require.NoError(t, v.DestroyDataKey(t.Context(), "acme", "one"))
	for path, content := range files(t, v) {
		require.False(t, bytes.Contains(content, key) || bytes.Contains(content, key[:7]), "part of the key is left in %s", path)
	}
	for range 8 {
		require.NoError(t, v.RotateSigningKey(t.Context(), "acme"))
	}
	for path, content := range files(t, v) {
		require.NotContains(t, string(content), string(ring[0]), path)
		require.NotEqual(t, ".tmp", filepath.Ext(path))
	}
}

// TestWrongPlaces has vaults that can't work; the reason must reach the caller.
func TestWrongPlaces(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	for _, place := range []string{file, filepath.Join(file, "vault"), filepath.Join(t.TempDir(), "nul\x00")} {
		v := retention.DirVault(place)
		_, err := v.SigningKeys(t.Context(), "acme")
		require.ErrorContains(t, err, "retention: signing keys: ")
		pathError := new(fs.PathError)
		require.ErrorAs(t, err, &pathError)
		require.Error(t, v.RotateSigningKey(t.Context(), "acme"))
		require.Error(t, v.DestroyDataKey(t.Context(), "acme", "one"), "not destroyed is never called destroyed")
	}

	v := newVault(t)
	signingKeys(t, v, "acme")
	customer := filepath.Dir(onlyFile(t, v, "sign-"))
	require.NoError(t, os.RemoveAll(customer))
	write(t, customer, nil)
	_, err := v.SigningKeys(t.Context(), "acme")
	require.ErrorIs(t, err, retention.ErrVaultDamaged)
}

func TestSymbolicLinks(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege on Windows")
	}
	v := newVault(t)
	key := dataKey(t, v, "acme", "one")
	path := onlyFile(t, v, "data-")

	linked := filepath.Join(t.TempDir(), "linked")
	require.NoError(t, os.Symlink(string(v), linked))
	require.Equal(t, key, dataKey(t, retention.DirVault(linked), "acme", "one"), "the vault itself may be a link")

	outside := filepath.Join(t.TempDir(), "outside")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	write(t, outside, data)
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Symlink(outside, path))
	_, err = v.DataKey(t.Context(), "acme", "one")
	require.ErrorIs(t, err, retention.ErrVaultDamaged, "a key may not")
	require.NoError(t, v.DestroyDataKey(t.Context(), "acme", "one"))
	require.Equal(t, data, files(t, retention.DirVault(filepath.Dir(outside)))[outside], "what the link points to stays")

	customer := filepath.Dir(path)
	require.NoError(t, os.Rename(customer, customer+"-moved"))
	require.NoError(t, os.Symlink(customer+"-moved", customer))
	_, err = v.DataKey(t.Context(), "acme", "two")
	require.ErrorIs(t, err, retention.ErrVaultDamaged, "nor may a customer's directory")
}
