package retention

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	dirMode  fs.FileMode = 0o700
	fileMode fs.FileMode = 0o600

	keySuffix  = ".key"
	tempSuffix = ".tmp"
	signPrefix = "sign-"
	dataPrefix = "data-"
)

// keyDir is the directory of one customer in a vault. It is held open, so that
// it can't be exchanged for another directory while it is used, and os.Root
// follows no symbolic link out of it.
type keyDir struct {
	vault string
	path  string
	root  *os.Root
}

// open returns the directory of the customer, which it makes if need be. No name
// given by somebody else becomes part of a path, only its hash does.
func (v DirVault) open(ctx context.Context, customer string) (*keyDir, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if v == "" {
		return nil, &FieldError{Field: "DirVault", Reason: "names no directory"}
	}
	if customer == "" {
		return nil, &FieldError{Field: "customer", Reason: missing}
	}
	vault, err := v.openVault()
	if err != nil {
		return nil, err
	}
	defer func() { _ = vault.Close() }() // nothing is written through it that is not synced
	return openKeyDir(vault, hashName(customer))
}

// openVault opens the vault's directory, makes it if it is missing, and refuses
// it if it is open to others. It may be a symbolic link, which is the operator's
// choice; nothing in it may.
func (v DirVault) openVault() (*os.Root, error) {
	path := filepath.Clean(string(v))
	root, err := os.OpenRoot(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeDir(path); err != nil {
			return nil, err
		}
		root, err = os.OpenRoot(path)
	}
	if err != nil {
		return nil, err
	}
	info, err := root.Stat(".")
	if err == nil {
		err = checkAccess(path, info, dirMode)
	}
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return root, nil
}

// openKeyDir opens the directory with the name in the vault, makes it if it is
// missing, and refuses it if it is none or open to others.
func openKeyDir(vault *os.Root, name string) (*keyDir, error) {
	d := &keyDir{vault: vault.Name(), path: filepath.Join(vault.Name(), name)}
	info, err := vault.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := vault.Mkdir(name, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		info, err = vault.Lstat(name)
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%w: %s is no directory", ErrVaultDamaged, d.path)
	}
	if err := checkAccess(d.path, info, dirMode); err != nil {
		return nil, err
	}
	d.root, err = vault.OpenRoot(name)
	return d, err
}

// makeDir makes the directory and all parents that are missing. Somebody else
// may make them at the same time.
func makeDir(path string) error {
	err := os.Mkdir(path, dirMode)
	parent := filepath.Dir(path)
	if errors.Is(err, fs.ErrNotExist) && parent != path {
		if err := makeDir(parent); err != nil {
			return err
		}
		err = os.Mkdir(path, dirMode)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncPath(parent)
}

func (d *keyDir) close() {
	_ = d.root.Close() // all that was written has been synced before
}

// dataKey returns the data key of the agreement and makes it if there was none.
func (d *keyDir) dataKey(agreement string) ([]byte, error) {
	name, err := dataName(agreement)
	if err != nil {
		return nil, err
	}
	for range maxAttempts {
		key, err := d.read(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return key, err
		}
		if err := d.create(name); err != nil && !lost(err) {
			return nil, err
		}
	}
	return nil, errBusy
}

// ring returns the newest signing keys and makes the first one.
func (d *keyDir) ring() ([][]byte, error) {
	for range maxAttempts {
		numbers, err := d.signNumbers()
		if err != nil {
			return nil, err
		}
		if len(numbers) == 0 {
			if err := d.create(signName(1)); err != nil && !lost(err) {
				return nil, err
			}
			continue
		}
		ring, err := d.readRing(numbers[:min(len(numbers), maxRing)])
		if !errors.Is(err, fs.ErrNotExist) { // else a rotation has pruned one of them
			return ring, err
		}
	}
	return nil, errBusy
}

func (d *keyDir) readRing(numbers []uint64) ([][]byte, error) {
	ring := make([][]byte, 0, len(numbers))
	for _, number := range numbers {
		key, err := d.read(signName(number))
		if err != nil {
			return nil, err
		}
		ring = append(ring, key)
	}
	return ring, nil
}

// rotate makes the signing key with the next number and removes the ones that
// no longer count. If another process makes that number first, the ring has a
// key newer than this call, and that is all that was asked for.
func (d *keyDir) rotate() error {
	before, err := d.signNumbers()
	if err != nil {
		return err
	}
	next := uint64(1)
	if len(before) > 0 {
		next = before[0] + 1
	}
	if err := d.create(signName(next)); err != nil && !lost(err) {
		return err
	}
	after, err := d.signNumbers()
	if err != nil {
		return err
	}
	if len(after) == 0 || after[0] < next {
		return errBusy
	}
	for _, number := range after[min(len(after), maxRing):] {
		if err := d.discard(signName(number)); err != nil {
			return err
		}
	}
	return d.sync()
}

// discard unlinks a key and every temporary name it may still have.
func (d *keyDir) discard(name string) error {
	if err := d.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, err := d.sweep(name)
	return err
}

// signNumbers returns the numbers of all signing keys, newest first.
func (d *keyDir) signNumbers() ([]uint64, error) {
	names, err := d.list()
	if err != nil {
		return nil, err
	}
	var numbers []uint64
	for _, name := range names {
		digits := strings.TrimSuffix(strings.TrimPrefix(name, signPrefix), keySuffix)
		number, err := strconv.ParseUint(digits, 10, 32) // far from where adding one overflows
		if err == nil && number > 0 && signName(number) == name {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	return numbers, nil
}

// list returns the names of all files in the directory.
func (d *keyDir) list() ([]string, error) {
	f, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	names, err := f.Readdirnames(-1)
	return names, errors.Join(err, f.Close())
}

// hashName returns a file name for any text, the same on every file system.
func hashName(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// dataName returns the name of the file of an agreement's data key.
func dataName(agreement string) (string, error) {
	if agreement == "" {
		return "", &FieldError{Field: "agreement", Reason: missing}
	}
	return dataPrefix + hashName(agreement) + keySuffix, nil
}

// signName returns the name of the file of a signing key. The zeros are only for
// the eye: numbers are compared as numbers.
func signName(number uint64) string {
	return fmt.Sprintf("%s%06d%s", signPrefix, number, keySuffix)
}
