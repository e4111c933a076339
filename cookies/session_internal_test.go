package cookies

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// formOf returns the form of a session with one lease.
func formOf(number, generation uint64) []byte {
	s := Session{ID: [16]byte{1}, Issued: time.Unix(1_800_000_000, 0)}
	s.SetLease(Lease{Pool: 7, Number: number, Generation: generation, End: time.Unix(1_800_000_120, 0)})
	return appendSession(nil, &s)
}

// What only somebody with the key could make is refused as well.
func TestParseSessionRefuses(t *testing.T) {
	t.Parallel()
	good := formOf(31851234567, 5)
	require.True(t, parseSession(good, new(Session)))
	change := func(at int, b byte) []byte {
		changed := bytes.Clone(good)
		changed[at] = b
		return changed
	}
	forms := map[string][]byte{
		"nothing":          nil,
		"version 0":        change(0, 0),
		"version 2":        change(0, 2),
		"unknown flag":     change(1, good[1]|0x80),
		"five leases":      append(change(1, 5), bytes.Repeat(good[2+16+5:], 4)...),
		"a lease too few":  change(1, 2),
		"a lease too many": change(1, 0),
		"more bytes":       append(bytes.Clone(good), 0),
		"no id":            append(append([]byte{1, 1}, make([]byte, 16)...), good[18:]...),
		"padded varint":    append(bytes.Clone(good[:len(good)-1]), good[len(good)-1]|0x80, 0),
		"varint of 11 bytes": append(append([]byte{1, 0, 1}, make([]byte, 15)...),
			0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
	}
	for i := range good {
		forms[strings.Repeat("x", i)] = good[:i]
	}
	for name, form := range forms {
		require.False(t, parseSession(form, new(Session)), name)
	}
}

func TestLongestSessionFits(t *testing.T) {
	t.Parallel()
	s := Session{ID: [16]byte{1}, Issued: time.Unix(-1<<63, 0)}
	for pool := range uint32(maxLeases) {
		s.SetLease(Lease{Pool: pool, Number: 1<<64 - 1, Generation: 1<<64 - 1, End: time.Unix(-1<<63, 0)})
	}
	form := appendSession(nil, &s)
	require.Len(t, form, 2+16+binary.MaxVarintLen64+maxLeases*(4+3*binary.MaxVarintLen64))
	require.LessOrEqual(t, encoding.EncodedLen(len(form)+tagSize), maxValue)
}

func FuzzParseSession(f *testing.F) {
	f.Add(formOf(31851234567, 5))
	f.Add(formOf(1<<64-1, 1<<64-1))
	f.Add(appendSession(nil, &Session{ID: [16]byte{9}}))
	f.Add([]byte{1, 4})
	f.Fuzz(func(t *testing.T, form []byte) {
		var s Session
		if !parseSession(form, &s) {
			return
		}
		require.Equal(t, form, appendSession(nil, &s))
	})
}
