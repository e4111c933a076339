package xslog_test

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	expslog "golang.org/x/exp/slog"

	"github.com/qooqie/qooqie/tracking/xslog"
)

// FuzzBridge holds the bridge against the JSON handler of log/slog: both write
// the same for the same calls.
func FuzzBridge(f *testing.F) {
	f.Add("group", "key", "value", int64(1), 1.5, true, uint8(0))
	f.Add("", "", "", int64(-1), 0.0, false, uint8(255))
	f.Add("g", "", "", int64(0), 0.0, false, uint8(0b11010))
	f.Add("g\xff", "k\n", "\u2028<", int64(1)<<62, -1e300, true, uint8(0b1010))
	f.Fuzz(func(t *testing.T, group, key, text string, number int64, fraction float64, truth bool, shape uint8) {
		var got, want bytes.Buffer
		bridged := slog.New(xslog.New(expslog.NewJSONHandler(&got, nil)))
		direct := slog.New(slog.NewJSONHandler(&want, nil))
		for _, l := range []*slog.Logger{bridged, direct} {
			at := time.Unix(0, number).UTC()
			record := slog.NewRecord(at, slog.Level(number%100), text, 0)
			h := l.Handler()
			if shape&1 != 0 {
				h = h.WithAttrs([]slog.Attr{slog.String(key, text), slog.Group(group)})
			}
			if shape&2 != 0 && group != "" { // a Logger leaves a group without a name out itself
				h = h.WithGroup(group)
			}
			if shape&4 != 0 {
				h = h.WithGroup("second").WithAttrs([]slog.Attr{slog.Any(key, pair{})})
			}
			if shape&8 != 0 {
				record.AddAttrs(slog.Group(group, slog.Int64(key, number), slog.Group("", slog.Bool("b", truth))))
			}
			if shape&16 != 0 {
				record.AddAttrs(slog.Float64(key, fraction), slog.Time("t", at), slog.Duration("d", time.Duration(number)))
			}
			require.NoError(t, h.Handle(t.Context(), record))
		}
		require.Equal(t, want.String(), got.String())
	})
}
