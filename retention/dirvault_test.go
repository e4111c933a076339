package retention_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// newVault returns a vault whose directory does not exist yet, nor its parent.
func newVault(tb testing.TB) retention.DirVault {
	tb.Helper()
	return retention.DirVault(filepath.Join(tb.TempDir(), "data", "vault"))
}

// files returns the content of all regular files of the vault by path.
func files(tb testing.TB, v retention.DirVault) map[string][]byte {
	tb.Helper()
	found := make(map[string][]byte)
	require.NoError(tb, filepath.WalkDir(string(v), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		found[path] = data
		return err
	}))
	return found
}

// onlyFile returns the path of the only file whose name begins with prefix.
func onlyFile(tb testing.TB, v retention.DirVault, prefix string) string {
	tb.Helper()
	var paths []string
	for path := range files(tb, v) {
		if strings.HasPrefix(filepath.Base(path), prefix) {
			paths = append(paths, path)
		}
	}
	require.Len(tb, paths, 1)
	return paths[0]
}

func signingKeys(tb testing.TB, v retention.DirVault, customer string) [][]byte {
	tb.Helper()
	ring, err := v.SigningKeys(tb.Context(), customer)
	require.NoError(tb, err)
	require.NotEmpty(tb, ring)
	for _, key := range ring {
		require.Len(tb, key, 32)
	}
	return ring
}

func dataKey(tb testing.TB, v retention.DirVault, customer, agreement string) []byte {
	tb.Helper()
	key, err := v.DataKey(tb.Context(), customer, agreement)
	require.NoError(tb, err)
	require.Len(tb, key, 32)
	return key
}

func TestKeysStayAndDiffer(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	names := []string{"acme", "Acme", "../x", "..", "/", "a/b", "acme ", "nul", "ÿ", "\x00", strings.Repeat("long", 1000)}
	seen := make(map[string]string)
	for range 2 {
		for _, customer := range names {
			for kind, key := range map[string][]byte{
				"sign": signingKeys(t, v, customer)[0],
				"one":  dataKey(t, v, customer, "one"),
				"../":  dataKey(t, v, customer, "../"),
			} {
				who := customer + " " + kind
				if before, ok := seen[string(key)]; ok {
					require.Equal(t, before, who)
				}
				seen[string(key)] = who
			}
		}
	}
	require.Len(t, seen, 3*len(names), "each has a key of its own, the same both times")

	entries, err := os.ReadDir(filepath.Dir(string(v)))
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing beside the vault")
	for path := range files(t, v) {
		require.NotContains(t, strings.ToLower(filepath.Base(path)), "acme")
		require.True(t, strings.HasSuffix(path, ".key"), path)
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes; needs a Unix system")
	}
	v := newVault(t)
	signingKeys(t, v, "acme")
	dataKey(t, v, "acme", "one")
	require.NoError(t, v.DestroyDataKey(t.Context(), "acme", "two"))
	require.NoError(t, filepath.WalkDir(filepath.Dir(string(v)), func(path string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := entry.Info()
		require.NoError(t, err)
		want := fs.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		}
		require.Equal(t, want, info.Mode().Perm(), path)
		return nil
	}))
}

func TestArguments(t *testing.T) {
	t.Parallel()
	v, ctx := newVault(t), t.Context()
	calls := map[string]func() error{
		"DirVault": func() error { _, err := retention.DirVault("").SigningKeys(ctx, "acme"); return err },
		"customer": func() error { return v.RotateSigningKey(ctx, "") },
		"agreement": func() error {
			_, err := v.DataKey(ctx, "acme", "")
			return err
		},
	}
	for field, call := range calls {
		mistake := new(retention.FieldError)
		require.ErrorAs(t, call(), &mistake)
		require.Equal(t, field, mistake.Field)
	}
	require.EqualError(t, v.DestroyDataKey(ctx, "acme", ""), "retention: agreement: missing")

	ended, cancel := context.WithCancel(ctx)
	cancel()
	untouched := newVault(t)
	_, err := untouched.SigningKeys(ended, "acme")
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, untouched.DestroyDataKey(ended, "acme", "one"), context.Canceled)
	require.NoDirExists(t, string(untouched))
}

func TestRotate(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	require.NoError(t, v.RotateSigningKey(t.Context(), "acme"), "a customer without keys gets the first one")
	want := signingKeys(t, v, "acme")
	require.Len(t, want, 1)
	for range 12 { // past the number with one more digit
		require.NoError(t, v.RotateSigningKey(t.Context(), "acme"))
		ring := signingKeys(t, v, "acme")
		require.NotContains(t, want, ring[0])
		want = append([][]byte{ring[0]}, want[:min(len(want), 3)]...)
		require.Equal(t, want, ring, "the new key first, then the 3 before it")
	}
	require.Len(t, files(t, v), 4, "older keys are unlinked")
	require.Len(t, signingKeys(t, v, "other"), 1, "no other customer is touched")
}

func TestRotateAtTheSameTime(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	first := signingKeys(t, v, "acme")[0]
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				before, err := v.SigningKeys(t.Context(), "acme")
				if err != nil || len(before) > 4 {
					t.Errorf("%d keys, %v", len(before), err)
				}
				if err := v.RotateSigningKey(t.Context(), "acme"); err != nil {
					t.Error(err)
				}
				after, err := v.SigningKeys(t.Context(), "acme")
				if err != nil || bytes.Equal(before[0], after[0]) {
					t.Errorf("first key still the same, %v", err)
				}
			}
		})
	}
	group.Wait()
	ring := signingKeys(t, v, "acme")
	require.Len(t, ring, 4)
	require.NotContains(t, ring, first)
	require.Len(t, files(t, v), 4)
}

func TestCreateAtTheSameTime(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	const workers = 32
	var signing, data [workers][]byte
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() {
			ring, err := v.SigningKeys(t.Context(), "acme")
			if err != nil || len(ring) != 1 {
				t.Errorf("%d keys, %v", len(ring), err)
				return
			}
			signing[i] = ring[0]
			if data[i], err = v.DataKey(t.Context(), "acme", "one"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range workers {
		require.Equal(t, signing[0], signing[i])
		require.Equal(t, data[0], data[i])
	}
	require.Len(t, files(t, v), 2, "no temporary files are left")
}

func TestDestroy(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	ring := signingKeys(t, v, "acme")
	key, kept := dataKey(t, v, "acme", "one"), dataKey(t, v, "acme", "two")
	for range 2 { // twice is no error
		require.NoError(t, v.DestroyDataKey(t.Context(), "acme", "one"))
		for path, data := range files(t, v) {
			require.NotContains(t, string(data), string(key), path)
		}
		for range 2 {
			gone, err := v.DataKey(t.Context(), "acme", "one")
			require.ErrorIs(t, err, retention.ErrKeyDestroyed)
			require.Nil(t, gone)
		}
	}
	require.Equal(t, kept, dataKey(t, v, "acme", "two"))
	require.Equal(t, ring, signingKeys(t, v, "acme"))

	require.NoError(t, v.DestroyDataKey(t.Context(), "never seen", "one"))
	_, err := v.DataKey(t.Context(), "never seen", "one")
	require.ErrorIs(t, err, retention.ErrKeyDestroyed, "destroyed before it was made")
}

// TestDestroyWhileCreating lets some goroutines ask for a key while others
// destroy it. What counts is that nothing of any key is left afterwards.
func TestDestroyWhileCreating(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	for round := range 20 {
		agreement := strings.Repeat("x", round+1)
		keys := make(chan []byte, 8)
		var group sync.WaitGroup
		for range cap(keys) {
			group.Go(func() {
				key, err := v.DataKey(t.Context(), "acme", agreement)
				if err == nil {
					keys <- key
				} else if !strings.HasSuffix(err.Error(), retention.ErrKeyDestroyed.Error()) {
					t.Error(err)
				}
			})
		}
		for range 2 {
			group.Go(func() {
				if err := v.DestroyDataKey(t.Context(), "acme", agreement); err != nil {
					t.Error(err)
				}
				if _, err := v.DataKey(t.Context(), "acme", agreement); err == nil {
					t.Error("a key after it was destroyed")
				}
			})
		}
		group.Wait()
		close(keys)
		var made []byte
		for key := range keys {
			if made == nil {
				made = key
			}
			require.Equal(t, made, key, "never two keys under one name")
		}
		for path, data := range files(t, v) {
			require.True(t, strings.HasSuffix(path, ".key"), path)
			require.Contains(t, string(data), "destroyed")
		}
	}
}

func TestDeriveKey(t *testing.T) {
	t.Parallel()
	secret := bytes.Repeat([]byte{7}, 32)
	seen := map[string]bool{string(secret): true}
	for _, s := range [][]byte{secret, bytes.Repeat([]byte{8}, 32)} {
		for _, purpose := range []retention.Purpose{retention.ForCookies, retention.ForPseudonyms, retention.ForSealing} {
			key := retention.DeriveKey(s, purpose)
			require.Len(t, key, 32)
			require.Equal(t, key, retention.DeriveKey(s, purpose))
			seen[string(key)] = true
		}
	}
	require.Len(t, seen, 7)
	// Computed apart with Python's hmac: extract with 32 zero bytes as salt,
	// then one block of expand. It must never change, or cookies are lost.
	require.Equal(t, "f87ce48af49efb28ffffd747557b20292bcaa17504cf1bcfebf0642835ef9e9c",
		hex.EncodeToString(retention.DeriveKey(secret, retention.ForCookies)))

	require.Panics(t, func() { retention.DeriveKey(nil, retention.ForCookies) })
	require.Panics(t, func() { retention.DeriveKey(secret[:31], retention.ForCookies) })
	require.Panics(t, func() { retention.DeriveKey(secret, "") })
}

func BenchmarkSigningKeys(b *testing.B) {
	v := newVault(b)
	signingKeys(b, v, "acme")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.SigningKeys(b.Context(), "acme"); err != nil {
			b.Fatal(err)
		}
	}
}
