//go:build !unix

package retention_test

import (
	"context"
	"errors"

	"github.com/qooqie/qooqie/retention"
)

func fullDisk(context.Context, retention.DirVault) error {
	return errors.New("sizes can't be limited on this system")
}

func fewFiles(context.Context, retention.DirVault) error {
	return errors.New("open files can't be limited on this system")
}
