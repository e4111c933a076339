package xslog_test

import (
	"log/slog"
	"os"

	expslog "golang.org/x/exp/slog"

	"github.com/qooqie/qooqie/tracking/xslog"
)

// A program that still logs through golang.org/x/exp/slog hands its handler to a
// library that takes a logger of log/slog.
func Example() {
	theirs := expslog.NewTextHandler(os.Stdout, &expslog.HandlerOptions{
		ReplaceAttr: func(_ []string, a expslog.Attr) expslog.Attr {
			if a.Key == expslog.TimeKey {
				return expslog.Attr{}
			}
			return a
		},
	})
	logger := slog.New(xslog.New(theirs))
	logger.WithGroup("pool").Warn("nearly empty", "name", "sales", "free", 2)
	// Output: level=WARN msg="nearly empty" pool.name=sales pool.free=2
}
