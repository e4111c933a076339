package xslog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/slogtest"
	"time"

	"github.com/stretchr/testify/require"
	expslog "golang.org/x/exp/slog"

	"github.com/qooqie/qooqie/tracking/xslog"
)

// bridge returns a logger over a JSON handler of the older package, and where it
// writes.
func bridge(opts *expslog.HandlerOptions) (*slog.Logger, *bytes.Buffer) {
	var buf bytes.Buffer
	return slog.New(xslog.New(expslog.NewJSONHandler(&buf, opts))), &buf
}

// parsed returns the lines of a log as maps.
func parsed(tb testing.TB, log []byte) []map[string]any {
	tb.Helper()
	var all []map[string]any
	for line := range bytes.Lines(log) {
		var m map[string]any
		require.NoError(tb, json.Unmarshal(line, &m), "%s", line)
		all = append(all, m)
	}
	return all
}

// bare returns the one line of a log without time and level.
func bare(tb testing.TB, buf *bytes.Buffer) map[string]any {
	tb.Helper()
	all := parsed(tb, buf.Bytes())
	require.Len(tb, all, 1)
	delete(all[0], "time")
	delete(all[0], "level")
	return all[0]
}

func TestSlogtest(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	slogtest.Run(t, func(*testing.T) slog.Handler {
		buf.Reset()
		return xslog.New(expslog.NewJSONHandler(&buf, nil))
	}, func(t *testing.T) map[string]any {
		all := parsed(t, buf.Bytes())
		require.Len(t, all, 1)
		return all[0]
	})
}

// secret is a value that shows something else of itself.
type secret string

// LogValue implements slog.LogValuer.
func (secret) LogValue() slog.Value { return slog.StringValue("hidden") }

// pair resolves to a group that has a value to resolve.
type pair struct{}

// LogValue implements slog.LogValuer.
func (pair) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("left", secret("x")), slog.Int("right", 2))
}

// nothing resolves to an empty group.
type nothing struct{}

// LogValue implements slog.LogValuer.
func (nothing) LogValue() slog.Value { return slog.GroupValue() }

// older is a LogValuer of the older package.
type older struct{}

// LogValue implements LogValuer of golang.org/x/exp/slog.
func (older) LogValue() expslog.Value { return expslog.StringValue("resolved") }

// faulty panics when it is resolved.
type faulty struct{}

// LogValue implements slog.LogValuer.
func (faulty) LogValue() slog.Value { panic("broken") }

// level is a level of the program's own.
type level int

func TestValues(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 24, 12, 0, 0, 123456789, time.UTC)
	for name, test := range map[string]struct {
		value any
		want  any
	}{
		"string":              {"a\n\"b\"", "a\n\"b\""},
		"empty string":        {"", ""},
		"int":                 {-7, -7.0},
		"uint64":              {uint64(math.MaxUint32), float64(math.MaxUint32)},
		"float":               {1.5, 1.5},
		"bool":                {true, true},
		"duration":            {time.Second, 1e9},
		"time":                {noon, "2026-11-24T12:00:00.123456789Z"},
		"time with a zone":    {noon.In(time.FixedZone("", 3600)), "2026-11-24T13:00:00.123456789+01:00"},
		"zero time":           {time.Time{}, "0001-01-01T00:00:00Z"},
		"time far ahead":      {time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), "9999-12-31T00:00:00Z"},
		"time long ago":       {time.Date(1581, 7, 26, 0, 0, 0, 0, time.UTC), "1581-07-26T00:00:00Z"},
		"error":               {errors.New("broken"), "broken"},
		"nil":                 {nil, nil},
		"slice":               {[]int{1, 2}, []any{1.0, 2.0}},
		"struct":              {struct{ A int }{1}, map[string]any{"A": 1.0}},
		"own integer":         {level(3), 3.0},
		"level":               {slog.LevelWarn, "WARN"},
		"value":               {slog.IntValue(3), 3.0},
		"group":               {[]slog.Attr{slog.Int("a", 1), slog.Any("b", pair{})}, map[string]any{"a": 1.0, "b": map[string]any{"left": "hidden", "right": 2.0}}},
		"LogValuer":           {secret("x"), "hidden"},
		"LogValuer to group":  {pair{}, map[string]any{"left": "hidden", "right": 2.0}},
		"LogValuer, older":    {older{}, "resolved"},
		"source":              {&slog.Source{Function: "f", File: "x.go", Line: 3}, map[string]any{"function": "f", "file": "x.go", "line": 3.0}},
		"source that is none": {(*slog.Source)(nil), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for how, log := range map[string]func(*slog.Logger){
				"in the record": func(l *slog.Logger) { l.Info("m", "k", test.value) },
				"with":          func(l *slog.Logger) { l.With("k", test.value).Info("m") },
			} {
				l, buf := bridge(nil)
				log(l)
				require.Equal(t, map[string]any{"msg": "m", "k": test.want}, bare(t, buf), how)
			}
		})
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	type m = map[string]any
	for name, test := range map[string]struct {
		log  func(*slog.Logger)
		want m
	}{
		"record in a group": {
			func(l *slog.Logger) { l.WithGroup("g").Info("m", "a", 1) },
			m{"g": m{"a": 1.0}},
		},
		"nested, with attributes between": {
			func(l *slog.Logger) { l.With("a", 1).WithGroup("g").With("b", 2).WithGroup("h").Info("m", "c", 3) },
			m{"a": 1.0, "g": m{"b": 2.0, "h": m{"c": 3.0}}},
		},
		"nested, all at once": {
			func(l *slog.Logger) { l.WithGroup("g").WithGroup("h").With("a", 1).Info("m") },
			m{"g": m{"h": m{"a": 1.0}}},
		},
		"empty group at the end": {
			func(l *slog.Logger) { l.With("a", 1).WithGroup("g").WithGroup("h").Info("m") },
			m{"a": 1.0},
		},
		"empty group after one that is not": {
			func(l *slog.Logger) { l.WithGroup("g").With("a", 1).WithGroup("h").Info("m") },
			m{"g": m{"a": 1.0}},
		},
		"group with nothing but empties": {
			func(l *slog.Logger) {
				l.WithGroup("g").Info("m", slog.Attr{}, slog.Group("x"), slog.Group("y", slog.Group("z")), slog.Any("n", nothing{}))
			},
			m{},
		},
		"attributes that are empty end no group": {
			func(l *slog.Logger) { l.WithGroup("g").With(slog.Attr{}, slog.Group("x")).Info("m") },
			m{},
		},
		"group without a name": {
			func(l *slog.Logger) {
				l.WithGroup("").Info("m", slog.Group("", slog.Int("a", 1), slog.Group("", slog.Int("b", 2))))
			},
			m{"a": 1.0, "b": 2.0},
		},
		"group without a name inside": {
			func(l *slog.Logger) { l.Info("m", slog.Group("g", slog.Group("", slog.Int("a", 1)))) },
			m{"g": m{"a": 1.0}},
		},
		"key without a name": {
			func(l *slog.Logger) { l.Info("m", "", 1) },
			m{"": 1.0},
		},
		"more attributes than fit inline": {
			func(l *slog.Logger) {
				l.Info("m", "a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "f", 6, "g", 7, "h", 8, "i", 9, "j", 10)
			},
			m{"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": 5.0, "f": 6.0, "g": 7.0, "h": 8.0, "i": 9.0, "j": 10.0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, buf := bridge(nil)
			test.log(l)
			test.want["msg"] = "m"
			require.Equal(t, test.want, bare(t, buf))
		})
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	l, buf := bridge(&expslog.HandlerOptions{Level: expslog.LevelWarn})
	for _, lv := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn - 1} {
		require.False(t, l.Enabled(t.Context(), lv))
		l.Log(t.Context(), lv, "m")
	}
	require.Empty(t, buf.String())
	want := []string{"WARN", "WARN+1", "ERROR", "ERROR+92"}
	for _, lv := range []slog.Level{slog.LevelWarn, slog.LevelWarn + 1, slog.LevelError, 100} {
		require.True(t, l.Enabled(t.Context(), lv))
		l.Log(t.Context(), lv, "m")
	}
	var got []string
	for _, line := range parsed(t, buf.Bytes()) {
		got = append(got, line["level"].(string))
	}
	require.Equal(t, want, got)
}

func TestSource(t *testing.T) {
	t.Parallel()
	l, buf := bridge(&expslog.HandlerOptions{AddSource: true})
	_, file, line, _ := runtime.Caller(0)
	l.Info("m")
	source := bare(t, buf)["source"].(map[string]any)
	require.Equal(t, file, source["file"])
	require.EqualValues(t, line+1, source["line"])
	require.Contains(t, source["function"], "TestSource")
}

func TestDerivedHandlersAreApart(t *testing.T) {
	t.Parallel()
	l, buf := bridge(nil)
	parent := l.WithGroup("g").With("a", 1)
	one, two := parent.With("b", 1), parent.With("c", 2)
	one.Info("one")
	two.Info("two")
	parent.Info("parent")
	var got []any
	for _, line := range parsed(t, buf.Bytes()) {
		got = append(got, line["g"])
	}
	require.Equal(t, []any{
		map[string]any{"a": 1.0, "b": 1.0}, map[string]any{"a": 1.0, "c": 2.0}, map[string]any{"a": 1.0},
	}, got)
}

// recorder is a handler of the older package that keeps what it is given.
type recorder struct {
	ctx    []context.Context
	record expslog.Record
	err    error
}

// Enabled implements expslog.Handler.
func (r *recorder) Enabled(ctx context.Context, _ expslog.Level) bool {
	r.ctx = append(r.ctx, ctx)
	return true
}

// Handle implements expslog.Handler.
func (r *recorder) Handle(ctx context.Context, record expslog.Record) error {
	r.ctx, r.record = append(r.ctx, ctx), record
	return r.err
}

// WithAttrs implements expslog.Handler.
func (r *recorder) WithAttrs([]expslog.Attr) expslog.Handler { return r }

// WithGroup implements expslog.Handler.
func (r *recorder) WithGroup(string) expslog.Handler { return r }

func TestContextRecordAndError(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, 1)
	failure := errors.New("disk full")
	behind := &recorder{err: failure}
	h := xslog.New(behind)
	require.True(t, h.Enabled(ctx, slog.LevelInfo))
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	record := slog.NewRecord(at, slog.LevelError, "m", 42)
	record.AddAttrs(slog.Int("a", 1))
	require.Same(t, failure, h.Handle(ctx, record))
	require.Equal(t, []context.Context{ctx, ctx}, behind.ctx)
	require.Equal(t, at, behind.record.Time)
	require.Equal(t, expslog.LevelError, behind.record.Level)
	require.Equal(t, "m", behind.record.Message)
	require.EqualValues(t, 42, behind.record.PC)
	require.Equal(t, 1, behind.record.NumAttrs())
}

func TestWithResolvesOnce(t *testing.T) {
	t.Parallel()
	behind := &recorder{}
	calls := 0
	l := slog.New(xslog.New(behind)).With("k", counted{&calls})
	l.Info("m")
	l.Info("m")
	require.Equal(t, 1, calls)
}

// counted counts how often it is resolved.
type counted struct{ calls *int }

// LogValue implements slog.LogValuer.
func (c counted) LogValue() slog.Value {
	*c.calls++
	return slog.IntValue(*c.calls)
}

func TestFaultyLogValuer(t *testing.T) {
	t.Parallel()
	l, buf := bridge(nil)
	l.Info("m", "k", faulty{}, "after", 1)
	line := bare(t, buf)
	require.Contains(t, line["k"], "panicked")
	require.EqualValues(t, 1, line["after"])
}

func TestTextHandler(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	slog.New(xslog.New(expslog.NewTextHandler(&buf, nil))).
		WithGroup("g").Info("m", "far", time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), "s", secret("x"))
	require.True(t, strings.HasSuffix(buf.String(), "msg=m g.far=9999-12-31T00:00:00Z g.s=hidden\n"), buf.String())
}

func TestNewNil(t *testing.T) {
	t.Parallel()
	require.PanicsWithValue(t, "xslog: nil Handler", func() { xslog.New(nil) })
}

// lockedWriter is a writer for several handlers at once.
type lockedWriter struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	var w lockedWriter
	l := slog.New(xslog.New(expslog.NewJSONHandler(&w, nil))).WithGroup("g")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				l.With("a", i).Info("m", "b", pair{})
				l.Info("m")
			}
		})
	}
	wg.Wait()
	with := 0
	for _, line := range parsed(t, w.buf.Bytes()) {
		if line["g"] != nil {
			with++
		}
	}
	require.Equal(t, 400, with)
}
