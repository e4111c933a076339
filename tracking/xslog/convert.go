package xslog

import (
	"log/slog"
	"time"

	expslog "golang.org/x/exp/slog"
)

// addTo adds an attribute to a record, or what is in it if it is a group without
// a name.
func addTo(r *expslog.Record, a slog.Attr) {
	v := a.Value.Resolve()
	if a.Key == "" && v.Kind() == slog.KindGroup {
		for _, inner := range v.Group() {
			addTo(r, inner)
		}
	} else if converted, ok := attr(a.Key, v); ok {
		r.AddAttrs(converted)
	}
}

// appendAttrs does with a slice what addTo does with a record.
func appendAttrs(dst []expslog.Attr, attrs []slog.Attr) []expslog.Attr {
	for _, a := range attrs {
		v := a.Value.Resolve()
		if a.Key == "" && v.Kind() == slog.KindGroup {
			dst = appendAttrs(dst, v.Group())
		} else if converted, ok := attr(a.Key, v); ok {
			dst = append(dst, converted)
		}
	}
	return dst
}

// attr returns an attribute with a resolved value, unless it is empty or a group
// without content.
func attr(key string, v slog.Value) (expslog.Attr, bool) {
	if v.Kind() != slog.KindGroup {
		return expslog.Attr{Key: key, Value: value(v)}, key != "" || !v.Equal(slog.Value{})
	}
	group := appendAttrs(nil, v.Group())
	return expslog.Attr{Key: key, Value: expslog.GroupValue(group...)}, len(group) > 0
}

// value returns a resolved value that is no group. A value of any other type
// passes as it is, so that handlers can encode it as they do.
func value(v slog.Value) expslog.Value {
	switch v.Kind() {
	case slog.KindBool:
		return expslog.BoolValue(v.Bool())
	case slog.KindDuration:
		return expslog.DurationValue(v.Duration())
	case slog.KindFloat64:
		return expslog.Float64Value(v.Float64())
	case slog.KindInt64:
		return expslog.Int64Value(v.Int64())
	case slog.KindString:
		return expslog.StringValue(v.String())
	case slog.KindTime:
		return timeValue(v.Time())
	case slog.KindUint64:
		return expslog.Uint64Value(v.Uint64())
	}
	if source, ok := v.Any().(*slog.Source); ok && source != nil {
		return expslog.AnyValue(&expslog.Source{Function: source.Function, File: source.File, Line: source.Line})
	}
	return expslog.AnyValue(v.Any())
}

// wideTime is an instant that does not fit into 64 bits of nanoseconds, before
// 1678 or after 2262. It encodes itself as time.Time does.
type wideTime struct{ time.Time }

// timeValue returns a value for an instant. The older package would bend one
// that is far away into one that is near.
func timeValue(t time.Time) expslog.Value {
	if v := expslog.TimeValue(t); v.Time().Equal(t) {
		return v
	}
	return expslog.AnyValue(wideTime{t})
}
