package retention

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// tombstone is what stands in the place of a destroyed data key. It has the name
// of the key, so that the link that would publish a key again finds the name
// taken, whenever it comes.
const tombstone = "qooqie: this key was destroyed\n"

// lost reports whether create failed because somebody else was faster: the name
// is taken, or the winner has already swept our temporary file.
func lost(err error) bool {
	return errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist)
}

// create makes a new random key under the name, unless the name is taken.
//
// Order matters. The directories are durable before the key is visible, and the
// key's content is durable before it has its name. So whoever sees the key only
// has to sync the directory of the customer to rely on it.
func (d *keyDir) create(name string) error {
	if err := d.syncParents(); err != nil {
		return err
	}
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails: it ends the program instead
	temp, err := d.writeTemp(name, d.seal(name, key))
	if err != nil {
		return err
	}
	if err := d.root.Link(temp, name); err != nil {
		_ = d.root.Remove(temp) // it never was a key; a leftover is swept later
		return fmt.Errorf("name a key by a hard link: %w", err)
	}
	if _, err := d.sweep(name); err != nil {
		return err
	}
	return d.sync()
}

// destroy puts the tombstone in the place of the agreement's key. The rename
// unlinks the key. A crash between the link and the sweep of create leaves a
// second name of the same file, so every temporary name has to go as well. One
// that appears after the rename belongs to a key that will never get its name,
// and since nobody begins another once the tombstone stands, the sweeps come to
// an end.
func (d *keyDir) destroy(agreement string) error {
	name, err := dataName(agreement)
	if err != nil {
		return err
	}
	if err := d.syncParents(); err != nil {
		return err
	}
	for range maxAttempts {
		if _, err := d.read(name); !errors.Is(err, ErrKeyDestroyed) {
			err := d.bury(name)
			if errors.Is(err, fs.ErrNotExist) {
				continue // another process took our file for a leftover
			}
			if err != nil {
				return err
			}
		}
		swept, err := d.sweep(name)
		if err != nil {
			return err
		}
		if swept == 0 {
			return d.confirmDestroyed(name)
		}
	}
	return errBusy
}

// bury puts the tombstone under the name, whatever stood there.
func (d *keyDir) bury(name string) error {
	temp, err := d.writeTemp(name, []byte(tombstone))
	if err != nil {
		return err
	}
	if err := d.root.Rename(temp, name); err != nil {
		_ = d.root.Remove(temp) // no secret; a leftover is swept later
		return err
	}
	return nil
}

// confirmDestroyed reads back that the tombstone stands in the key's place, now
// and after a power cut.
func (d *keyDir) confirmDestroyed(name string) error {
	if err := d.sync(); err != nil {
		return err
	}
	_, err := d.read(name)
	if errors.Is(err, ErrKeyDestroyed) {
		return nil
	}
	return fmt.Errorf("not destroyed when read back: %w", cmp.Or(err, errBusy))
}

// read returns the key with the name. It writes nothing, but syncs the
// directory: the process that made the key may not have come to that yet.
func (d *keyDir) read(name string) ([]byte, error) {
	data, err := d.readFile(name)
	if err != nil {
		return nil, err
	}
	if string(data) == tombstone {
		return nil, ErrKeyDestroyed
	}
	if len(data) < keySize || !hmac.Equal(data, d.seal(name, data[:keySize])) {
		return nil, fmt.Errorf("%w: %s has not the content it was written with", ErrVaultDamaged, filepath.Join(d.path, name))
	}
	if err := d.sync(); err != nil {
		return nil, err
	}
	return data[:keySize], nil
}

// readFile returns the content of a file that only its owner may open. Anything
// but a regular file is refused before it is opened, since opening a pipe would
// wait for ever.
func (d *keyDir) readFile(name string) ([]byte, error) {
	path := filepath.Join(d.path, name)
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: %s is no regular file", ErrVaultDamaged, path)
	}
	if err := checkAccess(path, info, fileMode); err != nil {
		return nil, err
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, 4*keySize))
	return data, errors.Join(err, f.Close())
}

// seal returns the content of a key's file: the key, and a code that depends on
// the key and on where it stands. The code reveals a file that was cut off, has
// rotted, or was copied to the place of another.
func (d *keyDir) seal(name string, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte("qooqie key file 1\n" + filepath.Base(d.path) + "/" + name)) // a hash never fails
	return mac.Sum(append(make([]byte, 0, 2*keySize), key...))
}

// writeTemp writes a durable file under a temporary name that belongs to name.
func (d *keyDir) writeTemp(name string, data []byte) (string, error) {
	temp := name + "." + rand.Text() + tempSuffix
	f, err := d.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = d.root.Remove(temp) // a leftover is swept later
		return "", err
	}
	return temp, nil
}

// sweep removes the temporary files of name and returns how many there were. It
// is only called when the name is taken, and then nobody needs them: a process
// that still writes one finds it gone, or the name taken.
func (d *keyDir) sweep(name string) (int, error) {
	names, err := d.list()
	if err != nil {
		return 0, err
	}
	swept := 0
	for _, temp := range names {
		if !strings.HasPrefix(temp, name+".") || !strings.HasSuffix(temp, tempSuffix) {
			continue
		}
		if err := d.root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return swept, err
		}
		swept++
	}
	return swept, nil
}

// sync makes the names in the customer's directory durable.
func (d *keyDir) sync() error {
	f, err := d.root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(syncDir(f), f.Close())
}

// syncPath makes the names in the directory at path durable.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(syncDir(f), f.Close())
}

// syncParents makes the way to the customer's directory durable, also when
// another process has made it and did not come to that.
func (d *keyDir) syncParents() error {
	if err := syncPath(d.vault); err != nil {
		return err
	}
	err := syncPath(filepath.Dir(d.vault))
	if errors.Is(err, fs.ErrPermission) {
		return nil // the vault was made by an operator in a directory that we can't read
	}
	return err
}
