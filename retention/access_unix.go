//go:build unix

package retention

import (
	"fmt"
	"io/fs"
	"os"
)

// checkAccess refuses what group or others may open.
func checkAccess(path string, info fs.FileInfo, want fs.FileMode) error {
	mode := info.Mode().Perm()
	if mode&0o077 == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s has mode %04o; run: chmod %o '%s'", ErrVaultExposed, path, mode, want, path)
}

// syncDir makes the names in an open directory durable.
func syncDir(dir *os.File) error { return dir.Sync() }
