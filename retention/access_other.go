//go:build !unix

package retention

import (
	"io/fs"
	"os"
)

// checkAccess refuses nothing: without Unix permissions the mode does not say
// who may open a file. On Windows that is decided by the access control list
// that the directory inherits.
func checkAccess(string, fs.FileInfo, fs.FileMode) error { return nil }

// syncDir does nothing: elsewhere a directory can't be synced, and the file
// system's journal keeps names in order (NTFS).
func syncDir(*os.File) error { return nil }
