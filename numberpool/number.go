package numberpool

import (
	"log/slog"
	"strconv"
)

// Number is a telephone number in international form (ITU-T E.164): 7 to 15
// digits, the first of which is not 0. Numbers are comparable. The zero Number
// is none.
//
// A tracking number together with an instant points at one visitor, so String,
// LogValue, GoString and MarshalText show only its ends. E164 gives the number
// itself.
type Number struct{ digits uint64 }

const (
	minNumber = 1_000_000           // 7 digits
	maxNumber = 999_999_999_999_999 // 15 digits, E.164 §6.2.1
)

// ParseNumber reads a number written as "+" and 7 to 15 digits, without
// separators: the one spelling that E164 returns. Anything else is [ErrNumber].
func ParseNumber(s string) (Number, error) {
	if len(s) < 8 || len(s) > 16 || s[0] != '+' || s[1] == '0' {
		return Number{}, ErrNumber
	}
	var digits uint64
	for _, c := range []byte(s[1:]) {
		if c < '0' || c > '9' {
			return Number{}, ErrNumber
		}
		digits = digits*10 + uint64(c-'0')
	}
	return Number{digits}, nil
}

// NumberFromDigits is the inverse of Number.Digits. A value with fewer than 7
// or more than 15 digits is [ErrNumber].
func NumberFromDigits(digits uint64) (Number, error) {
	if digits < minNumber || digits > maxNumber {
		return Number{}, ErrNumber
	}
	return Number{digits}, nil
}

// Digits returns the digits of the E.164 form, without "+", as one integer. The
// zero Number has 0.
func (n Number) Digits() uint64 { return n.digits }

// E164 returns the number as "+" and its digits, or "" for the zero Number.
func (n Number) E164() string {
	if n.IsZero() {
		return ""
	}
	var buf [16]byte
	return string(strconv.AppendUint(append(buf[:0], '+'), n.digits, 10))
}

// IsZero reports whether n is no number.
func (n Number) IsZero() bool { return n.digits == 0 }

// String returns a shortened form for people, such as "+31…67".
func (n Number) String() string {
	s := n.E164()
	if s == "" {
		return "none"
	}
	return s[:3] + "…" + s[len(s)-2:]
}

// LogValue is String, so that a log never holds the whole number.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.String()) }

// GoString is String, for %#v.
func (n Number) GoString() string { return n.String() }

// MarshalText is String, so that JSON never holds the whole number. There is no
// way back from it. It never returns an error.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// SessionID names a session: 16 random bytes, never derived from the device.
// The zero SessionID is none.
type SessionID [16]byte

// IsZero reports whether id is no session.
func (id SessionID) IsZero() bool { return id == SessionID{} }

// String hides the id, so that no log or error carries it by accident.
func (id SessionID) String() string {
	if id.IsZero() {
		return "none"
	}
	return "session"
}

// LogValue is String.
func (id SessionID) LogValue() slog.Value { return slog.StringValue(id.String()) }

// GoString is String, for %#v.
func (id SessionID) GoString() string { return id.String() }

// MarshalText is String, so that JSON never holds the id. It never returns an
// error.
func (id SessionID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }
