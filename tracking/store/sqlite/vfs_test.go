package sqlite

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
	"github.com/stretchr/testify/require"
)

// disk is a VFS over the system's one, with a cache that a power cut empties:
// what was written reaches the real file when it is synced. It counts what is
// done to it, and can be told to fail. Locks and shared memory are the system's.
type disk struct {
	vfs.VFS
	name string

	mu    sync.Mutex
	rng   *rand.Rand
	files map[string]*cached
	// ops counts writes, truncations and syncs. When it reaches failAt, fail
	// decides about that one and those that follow.
	ops, failAt int
	fail        func(op string) error

	syncs, logSyncs atomic.Int64
}

// cached is a file with the writes that are not synced.
type cached struct {
	path    string
	data    []byte // what programs see
	pending []pending
	synced  bool // its name is on the disk
}

// pending is a write, or a truncation to off if data is nil.
type pending struct {
	off  int64
	data []byte
}

var disks atomic.Int64

// newDisk registers a disk until the end of the test.
func newDisk(tb testing.TB, seed uint64) *disk {
	tb.Helper()
	d := &disk{
		VFS: vfs.Find(""), name: fmt.Sprint("disk", disks.Add(1)),
		rng: rand.New(rand.NewPCG(seed, 0)), files: make(map[string]*cached),
	}
	vfs.Register(d.name, d)
	tb.Cleanup(func() { vfs.Unregister(d.name) })
	return d
}

// failFrom lets the n-th operation from now on be decided by fail.
func (d *disk) failFrom(n int, fail func(op string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ops, d.failAt, d.fail = 0, n, fail
}

// op begins an operation that changes the disk. d.mu is held.
func (d *disk) op(kind string) error {
	d.ops++
	if d.fail != nil && d.ops >= d.failAt {
		return d.fail(kind)
	}
	return nil
}

var errPower = fmt.Errorf("the power is off: %w", sqlite3.IOERR_WRITE)

// powerCut keeps of what was not synced whatever chance decides, sector by
// sector, and forgets the rest. The files are then as after a reboot.
func (d *disk) powerCut(tb testing.TB) {
	tb.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for path, f := range d.files {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue // removed by who made it
		}
		if !f.synced && d.rng.IntN(2) == 0 {
			require.NoError(tb, os.Remove(path)) // its name was not on the disk
		} else {
			d.keepSome(tb, f)
		}
	}
	d.files, d.fail = make(map[string]*cached), nil
}

// keepSome writes some sectors of what was not synced, in any order.
func (d *disk) keepSome(tb testing.TB, f *cached) {
	tb.Helper()
	file, err := os.OpenFile(f.path, os.O_RDWR, 0)
	require.NoError(tb, err)
	defer file.Close()
	const sector = 512
	d.rng.Shuffle(len(f.pending), func(i, j int) { f.pending[i], f.pending[j] = f.pending[j], f.pending[i] })
	for _, p := range f.pending {
		if p.data == nil {
			if d.rng.IntN(2) == 0 {
				require.NoError(tb, file.Truncate(p.off))
			}
			continue
		}
		for i := 0; i < len(p.data); i += sector {
			if d.rng.IntN(2) == 0 {
				_, err := file.WriteAt(p.data[i:min(i+sector, len(p.data))], p.off+int64(i))
				require.NoError(tb, err)
			}
		}
	}
}

// Open is of no use: the driver prefers OpenFilename.
func (d *disk) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return vfsutil.WrapOpen(d.VFS, name, flags)
}

// OpenFilename opens a file through the cache, unless it is a temporary one.
func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	_, statErr := os.Stat(name.String())
	f, flags, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil || flags&(vfs.OPEN_MAIN_DB|vfs.OPEN_WAL|vfs.OPEN_MAIN_JOURNAL) == 0 {
		return f, flags, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	path := name.String()
	c := d.files[path]
	if c == nil {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, flags, err
		}
		c = &cached{path: path, data: data, synced: statErr == nil}
		d.files[path] = c
	}
	return &diskFile{File: f, disk: d, cached: c}, flags, nil
}

// Delete removes a file at once. Whatever it held was not needed any more.
func (d *disk) Delete(name string, syncDir bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op("delete"); err != nil {
		return err
	}
	delete(d.files, name)
	return d.VFS.Delete(name, syncDir)
}

// diskFile is an open file of a disk.
type diskFile struct {
	vfs.File
	*cached
	disk *disk
}

func (f *diskFile) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }

func (f *diskFile) ReadAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	n := copy(p, f.data[min(off, int64(len(f.data))):])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *diskFile) WriteAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.op("write"); err != nil {
		return 0, err
	}
	if missing := int(off) + len(p) - len(f.data); missing > 0 {
		f.data = append(f.data, make([]byte, missing)...)
	}
	copy(f.data[off:], p)
	f.pending = append(f.pending, pending{off, slices.Clone(p)})
	return len(p), nil
}

func (f *diskFile) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.op("truncate"); err != nil {
		return err
	}
	f.data = slices.Clone(f.data[:min(size, int64(len(f.data)))])
	f.pending = append(f.pending, pending{off: size})
	return nil
}

// Sync carries out what is pending, in order.
func (f *diskFile) Sync(vfs.SyncFlag) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.op("sync"); err != nil {
		return err
	}
	f.disk.syncs.Add(1)
	if strings.HasSuffix(f.path, "-wal") {
		f.disk.logSyncs.Add(1)
	}
	for _, p := range f.pending {
		var err error
		if p.data == nil {
			err = f.File.Truncate(p.off)
		} else {
			_, err = f.File.WriteAt(p.data, p.off)
		}
		if err != nil {
			return err
		}
	}
	f.pending, f.synced = nil, true
	return nil
}

func (f *diskFile) Size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return int64(len(f.data)), nil
}

// Close loses nothing: the cache is the system's and not the program's.
func (f *diskFile) Close() error { return f.File.Close() }

// TestDiskHasTeeth: the cache that the other tests rely on forgets what was not
// synced, and nothing else.
func TestDiskHasTeeth(t *testing.T) {
	path := t.TempDir() + "/file"
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	d := newDisk(t, 1)
	c := &cached{path: path, data: []byte("old"), synced: true}
	d.files[path] = c
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	defer file.Close()
	f := &diskFile{File: osFile{file: file}, cached: c, disk: d}
	_, err = f.WriteAt([]byte("new"), 0)
	require.NoError(t, err)
	require.NoError(t, f.Sync(0))
	_, err = f.WriteAt(slices.Repeat([]byte("x"), 512*64), 512)
	require.NoError(t, err)
	d.powerCut(t)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "new", string(got[:3]))
	kept := strings.Count(string(got), "x") / 512
	require.Positive(t, kept)
	require.Less(t, kept, 64)
	d.failFrom(1, func(string) error { return errPower })
	require.ErrorIs(t, f.Sync(0), sqlite3.IOERR)
}

// osFile is as much of a vfs.File as TestDiskHasTeeth needs.
type osFile struct {
	vfs.File
	file *os.File
}

func (f osFile) WriteAt(p []byte, off int64) (int, error) { return f.file.WriteAt(p, off) }
