package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"
)

// file is one SQLite file with its connections: one that writes, owned by the
// goroutine that commits, and a few that read.
type file struct {
	path   string
	vfs    string
	dirs   []string // made with the file, the outermost first
	schema *schema

	ready   atomic.Bool // the file exists and was checked
	readers chan *conn  // one element for each connection; nil is not open yet

	slots chan struct{} // bounds queue
	mu    sync.Mutex
	idle  *sync.Cond // writing became false
	// queue holds the jobs that wait for a commit.
	queue   []*job
	writing bool  // a goroutine runs drain
	writer  *conn // nil until it is needed, and after an error
}

const (
	maxReaders = 4
	maxQueue   = 1024
)

// newFile describes a file. It touches no disk.
func newFile(path, vfs string, s *schema, dirs ...string) *file {
	f := &file{
		path: path, vfs: vfs, schema: s, dirs: dirs,
		readers: make(chan *conn, maxReaders),
		slots:   make(chan struct{}, maxQueue),
	}
	f.idle = sync.NewCond(&f.mu)
	for range maxReaders {
		f.readers <- nil
	}
	return f
}

// connect opens the writing connection, and makes the file if create is true.
// If it is false and there is none, the error is errAbsent.
func (f *file) connect(create bool) error {
	if f.writer != nil {
		return nil
	}
	err := f.inspect()
	if errors.Is(err, fs.ErrNotExist) {
		if !create {
			return errAbsent
		}
		err = f.create()
	}
	if err != nil {
		return err
	}
	c, err := dial(f.path, f.vfs, f.schema.synchronous)
	if err != nil {
		return err
	}
	if err := f.prepare(c); err != nil {
		c.close()
		return err
	}
	f.writer = c
	f.ready.Store(true)
	return nil
}

// prepare checks the file and brings it up to date.
func (f *file) prepare(c *conn) error {
	if readOnly, _ := c.ReadOnly("main"); readOnly {
		return ErrReadOnly
	}
	if !f.ready.Load() {
		if err := c.check(); err != nil {
			return err
		}
	}
	if err := c.migrate(f.schema.migrations); err != nil {
		return err
	}
	return private(f.path)
}

// inspect reads the header of the file, before SQLite touches it: SQLite would
// repair what another application has left.
// The format is described at https://sqlite.org/fileformat2.html#the_database_header.
func (f *file) inspect() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return ErrNotQooqie
	}
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer file.Close()
	var header [100]byte
	if _, err := io.ReadFull(file, header[:]); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrNotQooqie
	} else if err != nil {
		return err
	}
	if !bytes.HasPrefix(header[:], []byte("SQLite format 3\x00")) ||
		binary.BigEndian.Uint32(header[68:]) != uint32(f.schema.id) {
		return ErrNotQooqie
	}
	if int64(binary.BigEndian.Uint32(header[60:])) > int64(len(f.schema.migrations)) {
		return ErrNewer
	}
	return nil
}

// create makes the file under another name and links it into place when it is
// complete and on the disk. So nobody ever sees half a file, and of several
// processes the first one wins.
func (f *file) create() error {
	for _, dir := range f.dirs {
		if err := makeDir(dir); err != nil {
			return err
		}
	}
	dir := filepath.Dir(f.path)
	temp, err := os.CreateTemp(dir, filepath.Base(f.path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return err
	}
	if err := f.initialize(temp.Name()); err != nil {
		return err
	}
	if err := os.Link(temp.Name(), f.path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(dir)
}

// initialize fills the empty file at path. The log is switched on last, while
// nobody else knows the file, because that can't be shared.
func (f *file) initialize(path string) error {
	c, err := dial(path, f.vfs, "FULL")
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.Exec(fmt.Sprintf(`PRAGMA application_id = %d`, f.schema.id)); err != nil {
		return err
	}
	if err := c.migrate(f.schema.migrations); err != nil {
		return err
	}
	return c.Exec(`PRAGMA journal_mode = WAL`)
}

// makeDir makes a directory, unless it is there.
func makeDir(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// syncDir makes the entries of a directory durable.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // has no such call
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// close waits for the queue, empties the log and closes the connections. No
// other method may run or follow.
func (f *file) close() error {
	f.mu.Lock()
	for f.writing {
		f.idle.Wait()
	}
	f.mu.Unlock()
	for range maxReaders {
		if c := <-f.readers; c != nil {
			c.close()
		}
	}
	if f.writer == nil {
		return nil
	}
	err := f.writer.truncate()
	f.reset()
	if err != nil {
		return fileError(f.path, err)
	}
	return nil
}

// reset closes the writing connection. The next commit opens another.
func (f *file) reset() {
	if f.writer != nil {
		f.writer.close()
		f.writer = nil
	}
}

// isBusy reports whether another process was in the way.
func isBusy(err error) bool { return errors.Is(err, sqlite3.BUSY) }
