package xslog_test

import (
	"io"
	"log/slog"
	"testing"

	expslog "golang.org/x/exp/slog"

	"github.com/qooqie/qooqie/tracking/xslog"
)

// BenchmarkLog shows what the bridge costs beside the handler on its own.
func BenchmarkLog(b *testing.B) {
	ctx := b.Context()
	b.Run("direct", func(b *testing.B) {
		l := expslog.New(expslog.NewJSONHandler(io.Discard, nil)).WithGroup("pool")
		b.ReportAllocs()
		for b.Loop() {
			l.LogAttrs(ctx, expslog.LevelInfo, "leased", expslog.String("name", "sales"),
				expslog.Int("free", 12), expslog.Bool("renewed", true))
		}
	})
	b.Run("bridge", func(b *testing.B) {
		l := slog.New(xslog.New(expslog.NewJSONHandler(io.Discard, nil))).WithGroup("pool")
		b.ReportAllocs()
		for b.Loop() {
			l.LogAttrs(ctx, slog.LevelInfo, "leased", slog.String("name", "sales"),
				slog.Int("free", 12), slog.Bool("renewed", true))
		}
	})
	b.Run("bridge, disabled", func(b *testing.B) {
		l := slog.New(xslog.New(expslog.NewJSONHandler(io.Discard, nil)))
		b.ReportAllocs()
		for b.Loop() {
			l.LogAttrs(ctx, slog.LevelDebug, "leased", slog.String("name", "sales"))
		}
	})
}
