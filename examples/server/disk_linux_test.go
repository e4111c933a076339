package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFullDisk fills a small disk to its last byte while the server runs, starts
// the server on the full disk, and makes room again.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("this user can't mount a small disk (%v): run the test as root; TestFileLimit does much the same", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(disk, syscall.MNT_DETACH)) })

	d := newDiskTest(t, disk)
	filler := filepath.Join(disk, "filler")
	fillUp(t, filler)
	d.fill("the disk is full; free some space")
	d.requireServed()
	d.server.kill()

	d.server = start(t, disk, d.flags...)
	for number, v := range d.holders {
		require.Equal(t, number, shown(t, v.get(d.server.url+"/").text), "the cookie is enough")
	}
	require.NoError(t, os.Remove(filler))
	d.requireKept()
}

// fillUp writes a file until the disk is full.
func fillUp(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	chunk := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(chunk)
	}
	require.ErrorIs(t, err, syscall.ENOSPC)
}
