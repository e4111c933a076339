package xslog

import (
	"context"
	"log/slog"

	expslog "golang.org/x/exp/slog"
)

// handler hands records of log/slog to a handler of golang.org/x/exp/slog.
type handler struct {
	// open is the handler behind the bridge with all groups begun.
	open expslog.Handler
	// closed is the same without the groups at the end that are empty so far. A
	// record without attributes goes there, for an empty group is left out.
	closed expslog.Handler
}

// New returns a handler for log/slog that passes everything on to h: with the
// same context, and with levels as numbers, which mean the same in both
// packages. An error of h is returned as it is. New panics if h is nil.
func New(h expslog.Handler) slog.Handler {
	if h == nil {
		panic("xslog: nil Handler")
	}
	return &handler{open: h, closed: h}
}

// Enabled reports whether the handler behind the bridge wants the level.
func (h *handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.open.Enabled(ctx, expslog.Level(level))
}

// Handle passes a record on. The only errors are those of the handler behind the
// bridge.
func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	record := expslog.NewRecord(r.Time, expslog.Level(r.Level), r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		addTo(&record, a)
		return true
	})
	if record.NumAttrs() == 0 {
		return h.closed.Handle(ctx, record)
	}
	return h.open.Handle(ctx, record)
}

// WithAttrs returns a handler that adds attributes to each record. Values are
// resolved now, once, as the handlers of log/slog do.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	converted := appendAttrs(nil, attrs)
	if len(converted) == 0 {
		return h
	}
	next := h.open.WithAttrs(converted)
	return &handler{open: next, closed: next}
}

// WithGroup returns a handler that puts what comes later into a group.
func (h *handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return &handler{open: h.open.WithGroup(name), closed: h.closed}
}
