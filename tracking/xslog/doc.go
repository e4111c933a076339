// Package xslog lets a program that logs through golang.org/x/exp/slog give its
// logger to a library that wants one of log/slog. Use [New]:
//
//	handler := expslog.NewJSONHandler(os.Stdout, nil)     // golang.org/x/exp/slog
//	cfg.Logger = slog.New(xslog.New(handler))             // log/slog
//
// Both packages describe the same things with different types, so the bridge
// rebuilds each record: time, level, message, source position and attributes
// with their groups. Where the older handlers differ from what log/slog demands
// of a [log/slog.Handler], the bridge makes up for it: values are resolved, and
// attributes and groups that are empty are left out.
//
// # Concurrency
//
// A bridge has no state that changes, and holds no lock. The JSON and text handlers
// of golang.org/x/exp/slog hold one each while they write, which those derived
// from them by With or WithGroup do not share, as those of log/slog would. Their
// writer must therefore be safe for concurrent use by itself, as an [os.File] is.
package xslog
