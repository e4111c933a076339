package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// create makes the file, unless another process has it made meanwhile.
func (f *file) create() error {
	err := f.build()
	if err != nil {
		// Whoever finds the file complete removes what others have begun, see
		// settle, and then ours fails for that reason.
		if _, absent := os.Stat(f.path); absent == nil {
			return nil
		}
	}
	return err
}

// newSuffix is what the name of a file under construction has after the file's
// name. Random digits follow.
const newSuffix = ".new-"

// build makes the file under another name and links it into place when it is
// complete and on the disk. So nobody ever sees half a file, and of several
// processes the first one wins: a link, other than a rename, replaces nothing.
//
// A crash before the link leaves an empty store under the other name, and one
// after it leaves two names for the file. Both are put right by settle.
func (f *file) build() error {
	for _, dir := range f.dirs {
		if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	temp, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+newSuffix+"*")
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
	return os.Link(temp.Name(), f.path)
}

// settle is done once before the file is used, whoever has made it. It makes the
// names of the file and of its directories durable, for a commit is worth
// nothing in a file that a power cut takes away with its name. And it removes
// what a crash in build has left: a second name would keep the data when the
// file is removed to erase it.
func (f *file) settle() error {
	dir := filepath.Dir(f.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), filepath.Base(f.path)+newSuffix) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	for _, made := range f.dirs {
		if err := syncDir(filepath.Dir(made)); err != nil {
			return err
		}
	}
	return nil
}

// initialize fills the empty file at path, with everything synced. The log is
// switched on last, while nobody else knows the file, because that needs the
// file for itself: processes that do it at once see BUSY.
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

// syncDir makes the entries of a directory durable. A file that is synced may
// still lose its name: see fsync(2) on "the entry in the directory".
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
