//go:build unix

package main

import (
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// limitEnv is how long a file may become, in bytes, in the server's process.
const limitEnv = "QOOQIE_TEST_FILE_SIZE"

// limitFileSize makes writes fail as on a full disk: with EFBIG in the place of
// ENOSPC, which needs no disk of its own.
func limitFileSize() {
	limit, err := strconv.ParseUint(os.Getenv(limitEnv), 10, 63)
	if err != nil {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		panic(err)
	}
}

// TestFileLimit is TestFullDisk for machines where a test may make no disk: the
// server's files may not grow.
func TestFileLimit(t *testing.T) {
	d := newDiskTest(t, t.TempDir())
	require.NoError(t, d.server.interrupt()) // the files were made while there was room
	// A log with a few pages fits, and no more.
	d.server = startWith(t, []string{limitEnv + "=65536"}, d.dir, d.flags...)
	d.fill("disk I/O error")
	d.requireServed()
	d.server.kill()
	d.server = start(t, d.dir, d.flags...)
	d.requireKept()
}
