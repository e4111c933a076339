package tracking

import (
	"bytes"
	"context"
	"log"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// throttledLog says each thing once in a while: what goes wrong for one visitor
// goes wrong for all of them.
type throttledLog struct {
	*slog.Logger
	mu   sync.Mutex
	last map[string]time.Time
}

// sayEvery is how often one message is logged at most.
const sayEvery = 10 * time.Second

// newThrottledLog returns a throttledLog to the logger.
func newThrottledLog(l *slog.Logger) *throttledLog {
	return &throttledLog{Logger: l, last: make(map[string]time.Time)}
}

// warn logs the message, a constant, unless it did so shortly before.
func (l *throttledLog) warn(ctx context.Context, now time.Time, message string, attrs ...slog.Attr) {
	l.mu.Lock()
	last, said := l.last[message]
	quiet := said && now.Sub(last).Abs() < sayEvery
	if !quiet {
		l.last[message] = now
	}
	l.mu.Unlock()
	if !quiet {
		l.LogAttrs(ctx, slog.LevelWarn, message, attrs...)
	}
}

// ErrorLog returns a logger for http.Server.ErrorLog. net/http writes the
// visitor's address into its messages, and a panic may print anything; this one
// passes on what happened and, for a panic, where, and nothing of the values.
func ErrorLog(logger *slog.Logger) *log.Logger {
	return log.New(&errorWriter{logger}, "", 0)
}

// errorWriter writes what is safe of net/http's messages to a logger.
type errorWriter struct{ logger *slog.Logger }

// Write logs one message. It returns no error.
func (w *errorWriter) Write(p []byte) (int, error) {
	message, stack, _ := bytes.Cut(p, []byte("\n"))
	var where []slog.Attr
	if frames := fileLines(string(stack)); len(frames) > 0 {
		where = append(where, slog.Any("stack", frames))
	}
	w.logger.LogAttrs(context.Background(), slog.LevelError, "http server: "+kindOf(string(message)), where...)
	return len(p), nil
}

// kindOf returns the part of a message of net/http before the first value in it.
func kindOf(message string) string {
	message = strings.TrimPrefix(message, "http: ")
	end := len(message)
	for _, mark := range []string{" from ", " serving ", ": ", "; ", " \"", "%", "="} {
		if i := strings.Index(message, mark); i >= 0 {
			end = min(end, i)
		}
	}
	// An address can stand where no mark does: stop at the first digit, too.
	if i := strings.IndexAny(message[:end], "0123456789["); i >= 0 {
		end = i
	}
	return strings.TrimSpace(message[:end])
}

// fileLines returns the lines of a stack trace that name a file and a line.
func fileLines(stack string) []string {
	const most = 32
	var lines []string
	for line := range strings.Lines(stack) {
		if !strings.HasPrefix(line, "\t") || len(lines) == most {
			continue
		}
		place, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		lines = append(lines, place)
	}
	return lines
}
