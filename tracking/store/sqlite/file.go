package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"
)

// file is one SQLite file with its connections: one that writes, owned by the
// goroutine that commits, and a few that read. SQLite lets one connection write
// at a time, so more of them would only wait for each other.
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
	// maxReaders bounds what connections take of memory, some megabytes each
	// after a large read.
	maxReaders = 4
	// maxQueue bounds the jobs that wait. Who comes then waits for a place, and
	// leaves when his context ends.
	maxQueue = 1024
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
// If it is false and there is none, the error is errAbsent: who only reads or
// forgets leaves no trace. Only the goroutine that commits calls it.
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
	if !f.ready.Load() {
		if err := f.settle(); err != nil {
			return err
		}
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

// prepare checks the file and brings it up to date. The check is done once; a
// connection that is opened again after an error finds what the first one found.
func (f *file) prepare(c *conn) error {
	if readOnly, _ := c.ReadOnly("main"); readOnly {
		return ErrReadOnly
	}
	if !f.ready.Load() {
		if err := c.check(); err != nil {
			return err
		}
	}
	if err := c.logged(); err != nil {
		return err
	}
	if err := c.migrate(f.schema.migrations); err != nil {
		return err
	}
	return private(f.path)
}

// inspect reads the header of the file, before SQLite touches it: SQLite would
// repair what another application has left. A file that it refuses is not ours
// or is newer, and has not been changed.
//
// The version in the header is that of the last checkpoint. If a newer program
// has crashed since, only the log knows of its migration, and migrate finds out.
//
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
	// Offset 60 has the user_version and offset 68 the application_id, both
	// big-endian.
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

// close waits for the queue, empties the log and closes the connections. No
// other method may run or follow. The readers go first, or they would keep the
// log; with the last connection SQLite removes it.
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

// reset closes the writing connection, which undoes its transaction. The next
// commit opens another.
func (f *file) reset() {
	if f.writer != nil {
		f.writer.close()
		f.writer = nil
	}
}

// isBusy reports whether another process was in the way.
func isBusy(err error) bool { return errors.Is(err, sqlite3.BUSY) }
