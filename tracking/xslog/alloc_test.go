//go:build !race

package xslog_test

import (
	"io"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	expslog "golang.org/x/exp/slog"

	"github.com/qooqie/qooqie/tracking/xslog"
)

// TestAllocations stays away from the race detector, under which pools drop what
// they should keep.
func TestAllocations(t *testing.T) {
	direct := expslog.New(expslog.NewJSONHandler(io.Discard, nil))
	bridged := slog.New(xslog.New(expslog.NewJSONHandler(io.Discard, nil)))
	ctx := t.Context()
	base := testing.AllocsPerRun(200, func() {
		direct.LogAttrs(ctx, expslog.LevelInfo, "m", expslog.String("a", "b"), expslog.Int("c", 1))
	})
	more := testing.AllocsPerRun(200, func() {
		bridged.LogAttrs(ctx, slog.LevelInfo, "m", slog.String("a", "b"), slog.Int("c", 1))
	})
	require.LessOrEqual(t, more, base, "the bridge adds none")
}
