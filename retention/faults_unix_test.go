//go:build unix

package retention_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/qooqie/qooqie/retention"
)

// fullDisk limits the size of files, tries everything that writes, and prints
// the errors.
func fullDisk(ctx context.Context, v retention.DirVault) error {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 20, Max: 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	_, dataErr := v.DataKey(ctx, "acme", "two")
	for _, err := range []error{dataErr, v.RotateSigningKey(ctx, "acme"), v.DestroyDataKey(ctx, "acme", "one")} {
		if err == nil {
			return errors.New("no error on a full disk")
		}
		fmt.Println(err)
	}
	return nil
}

// fewFiles does everything with 0, 1, 2, … files that may still be opened, so
// that each step of it fails once. Afterwards it compares the vault with what
// was said.
func fewFiles(ctx context.Context, v retention.DirVault) error {
	limit := syscall.Rlimit{Cur: 64, Max: 64}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	failed := 0
	for free := 0; ; free++ {
		name := strconv.Itoa(free)
		before, err := v.DataKey(ctx, "acme", "old "+name)
		if err != nil {
			return err
		}
		release, err := occupy(free)
		if err != nil {
			return err
		}
		_, createErr := v.SigningKeys(ctx, "customer "+name)
		made, dataErr := v.DataKey(ctx, "acme", "new "+name)
		rotateErr := v.RotateSigningKey(ctx, "acme")
		destroyErr := v.DestroyDataKey(ctx, "acme", "old "+name)
		release()
		for _, err := range []error{createErr, dataErr, rotateErr, destroyErr} {
			if err != nil && !errors.Is(err, syscall.EMFILE) {
				return fmt.Errorf("with %d files: %w", free, err)
			}
		}
		if errors.Join(createErr, dataErr, rotateErr, destroyErr) == nil {
			fmt.Println("failed", failed)
			return nil
		}
		failed++
		if err := consistent(ctx, v, name, before, made, destroyErr); err != nil {
			return fmt.Errorf("with %d files: %w", free, err)
		}
	}
}

// occupy opens files until only the given number can still be opened. The
// returned function closes them.
func occupy(free int) (release func(), err error) {
	var open []*os.File
	for {
		f, err := os.Open(os.DevNull)
		if errors.Is(err, syscall.EMFILE) {
			break
		}
		if err != nil {
			return nil, err
		}
		open = append(open, f)
	}
	for _, f := range open[:free] {
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return func() {
		for _, f := range open[free:] {
			_ = f.Close() // only to have room again
		}
	}, nil
}

// consistent compares the vault with what its methods returned.
func consistent(ctx context.Context, v retention.DirVault, name string, before, made []byte, destroyErr error) error {
	now, err := v.DataKey(ctx, "acme", "new "+name)
	if err != nil || made != nil && !bytes.Equal(made, now) {
		return fmt.Errorf("a key that was returned is not there: %w", err)
	}
	now, err = v.DataKey(ctx, "acme", "old "+name)
	gone := errors.Is(err, retention.ErrKeyDestroyed)
	if !gone && (err != nil || destroyErr == nil || !bytes.Equal(before, now)) {
		return fmt.Errorf("neither destroyed nor as before: %w", err)
	}
	if _, err := v.SigningKeys(ctx, "customer "+name); err != nil {
		return err
	}
	return v.DestroyDataKey(ctx, "acme", "old "+name)
}
